"""What every built page must keep: pure checks, HTML in, problems out.

The tests apply them to the built site (tests/test_site.py); nothing here reads a file.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from itertools import pairwise
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag

# What makes a browser ask for something when a page is opened; a link to follow does not.
ASKING = (
    ("script", "src"), ("img", "src"), ("img", "srcset"), ("source", "src"), ("source", "srcset"),
    ("iframe", "src"), ("embed", "src"), ("object", "data"), ("video", "src"), ("video", "poster"),
    ("audio", "src"), ("track", "src"), ("input", "src"), ("use", "href"), ("image", "href"),
    ("form", "action"), ("base", "href"),
)  # fmt: skip
# Links of these kinds tell where things are; a browser does not load them.
DATA = {"application/json", "application/ld+json"}  # scripts that nothing runs
TELLING = {"canonical", "prev", "next", "search", "license", "author", "alternate", "cite-as"}
OWN = {"'self'", "'none'", "file:"}
ALT_LENGTH = 25  # shorter than any sentence that says what a figure shows
# Where the tab key stops while nothing is opened and the contents are closed. On a figure that
# tells its values a script sets a slider.
CLOSED = "details:not([open]) > :not(summary)"
STOPS = (
    ":is(a[href], button, input, select, textarea, summary, [data-values])"
    f':not([tabindex="-1"], #menu *, .on-page *, {CLOSED}, {CLOSED} *)'
)


def _elsewhere(address: str) -> bool:
    parts = urlsplit(address.strip())
    return bool(parts.scheme or parts.netloc)


def requests_elsewhere(page: BeautifulSoup) -> Iterator[str]:
    """Anything that would be fetched from another origin, data: and inline addresses included."""
    for name, attribute in ASKING:
        for tag in page.find_all(name):
            if _elsewhere(str(tag.get(attribute, ""))):
                yield f"<{name} {attribute}={tag[attribute]!r}>"
    for style in page.find_all("style"):
        yield from css_elsewhere(style.get_text())
    for link in page.find_all("link"):
        kinds = set(link.get_attribute_list("rel"))
        if kinds & {"preconnect", "dns-prefetch"}:
            yield f"<link rel={kinds}>"
        if not kinds & TELLING and _elsewhere(str(link.get("href", ""))):
            yield f"<link href={link['href']!r}>"


def css_elsewhere(css: str) -> Iterator[str]:
    """Imports, and addresses that lead out of the site."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    yield from re.findall(r"@import[^;]*", css)
    for address in re.findall(r"url\(\s*['\"]?([^'\")]+)", css):
        if _elsewhere(address):
            yield f"url({address})"


def _inline_scripts(page: BeautifulSoup) -> Iterator[str]:
    for script in page.find_all("script"):
        if not script.get("src") and script.get("type") not in DATA:
            yield script.get_text()


def _digest(script: str) -> str:
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"


def policy_problems(page: BeautifulSoup) -> Iterator[str]:
    """A strict content security policy, stated before any script, and nothing that it refuses.

    An inline script or style is allowed by its digest; no digest is named of which there is none.
    """
    policy = page.find("meta", attrs={"http-equiv": "Content-Security-Policy"})
    if not isinstance(policy, Tag):
        yield "no content security policy"
        return
    if any(isinstance(tag, Tag) for tag in policy.find_all_previous(["script", "link"])):
        yield "something is loaded before the policy holds"
    inline = {
        "script": {_digest(text): text for text in _inline_scripts(page)},
        "style": {_digest(tag.get_text()): tag.get_text() for tag in page.find_all("style")},
    }
    directives = {d.split()[0]: d.split()[1:] for d in str(policy["content"]).split(";")}
    if directives.get("default-src") != ["'none'"]:
        yield "default-src is not 'none'"
    for name, sources in directives.items():
        told = OWN | inline.get(name.removesuffix("-src"), {}).keys()
        yield from (f"{name} allows {source}" for source in sources if source not in told)
    for kind, texts in inline.items():
        named = directives.get(f"{kind}-src", [])
        yield from (f"inline {kind}: {text[:60]!r}" for d, text in texts.items() if d not in named)
    for tag in page.find_all(True):
        for attribute in tag.attrs:
            if attribute == "style" or attribute.startswith("on"):
                yield f"<{tag.name} {attribute}={tag[attribute]!r}>"


def outline_problems(page: BeautifulSoup) -> Iterator[str]:
    """Language, title, description, one main heading, and no level left out."""
    html = page.find("html")
    if not isinstance(html, Tag) or html.get("lang") != "en-GB":
        yield "the language is not marked as en-GB"
    if page.title is None or not page.title.get_text(strip=True):
        yield "no title"
    description = page.find("meta", attrs={"name": "description"})
    if not isinstance(description, Tag) or len(str(description["content"])) < 20:
        yield "no description"
    levels = [int(tag.name[1]) for tag in page.find_all(re.compile(r"^h[1-6]$"))]
    if levels.count(1) != 1:
        yield f"{levels.count(1)} main headings"
    for above, below in pairwise(levels):
        if below > above + 1:
            yield f"a heading of level {below} follows one of level {above}"


def picture_problems(page: BeautifulSoup) -> Iterator[str]:
    """Every picture says in words what it shows, and keeps its place while it loads."""
    for image in page.find_all("img"):
        alt = str(image.get("alt", ""))
        # Beside words that say as much, a picture that adds nothing is rightly silent.
        silent = image.find_parent(class_="card-picture") is not None and image.has_attr("alt")
        if not silent and (len(alt) < ALT_LENGTH or re.search(r"\.(svg|png)\b", alt)):
            yield f"{image.get('src')}: alt text {alt!r}"
        if not (image.get("width") and image.get("height")):
            yield f"{image.get('src')}: no width and height"


def table_problems(page: BeautifulSoup) -> Iterator[str]:
    """Every table has column heads; every table of figures has a caption."""
    for table in page.find_all("table"):
        where = str(table.get("id") or table.get_text(" ", strip=True)[:40])
        if not table.select("thead th"):
            yield f"{where}: no column heads"
        heads = table.select(".exhibit th, th[scope]") if table.find_parent("figure") else []
        yield from (f"{where}: a head without scope" for th in heads if not th.get("scope"))
        label = str(table.get("aria-labelledby", ""))
        named = bool(page.find(id=label)) if label else bool(table.find("caption"))
        if table.find_parent("figure") and not named:
            yield f"{where}: no caption"


def id_problems(page: BeautifulSoup) -> Iterator[str]:
    """An id names one place."""
    counts = Counter(str(tag["id"]) for tag in page.find_all(id=True))
    yield from (f"id {name!r} occurs {n} times" for name, n in counts.items() if n > 1)


def tab_stops(page: BeautifulSoup) -> int:
    """How often the tab key stops on a page whose contents are closed, before scripts add to it."""
    return len(page.select(STOPS))
