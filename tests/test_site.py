"""The built site: it asks nothing of anyone, every page is whole and light, every link arrives."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup

from tools import page_checks as pages
from tools.contents import reading_order
from tools.notebooks import ROOT

# Bytes, uncompressed. TEXT: what a page loads to be read, every face of the typeface included; a
# page of Jupyter Book's own theme takes 2.4 million before its first word. WHOLE: with all its
# figures, which are loaded as the reader comes to them.
TEXT = 500_000
WHOLE = 1_250_000
STOPS = 50  # of the tab key on a chapter whose contents are closed
SENT = 150_000  # of the page, its styles and scripts, compressed as servers do
# Long tables, to be searched on one page; the words
# of the whole book, which the search looks through (a quarter of that when compressed).
LONGER = {"ledger": 1_500_000, "downloads": 800_000, "search": 900_000}
# Kept beside what pages load: downloads, the licence of the typefaces, the README's picture.
KEPT = (
    "_static/exhibits/",
    "_static/downloads/",
    "_static/fonts/OFL.txt",
    "_static/vendor/LICENSE.txt",
    "_static/readme-figure.svg",
)

Check = Callable[[BeautifulSoup], Iterator[str]]
CHECKS: list[Check] = [
    pages.requests_elsewhere,
    pages.policy_problems,
    pages.outline_problems,
    pages.picture_problems,
    pages.table_problems,
    pages.id_problems,
]


def _none(problems: list[str]) -> None:
    # Without a traceback: it would print every page.
    if problems:
        pytest.fail("\n".join(sorted(set(problems))), pytrace=False)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_every_page_holds(built: dict[str, BeautifulSoup], check: Check) -> None:
    problems = [f"{name}: {told}" for name, page in built.items() for told in check(page)]
    _none(problems)


def test_what_is_shown_has_its_style(built: dict[str, BeautifulSoup]) -> None:
    shown = "table, figure, form.ask, .filter, .permalink, .citation, button.copy"
    styled = {name for name, page in built.items() if "figure.exhibit" in str(page.style)}
    assert styled < built.keys()
    _none([f"{name} has no style for it" for name in built.keys() - styled
           if built[name].select_one(shown)])  # fmt: skip


def test_no_style_leads_elsewhere(site: Path) -> None:
    problems = [
        f"{path.name}: {told}"
        for path in site.rglob("*.css")
        for told in pages.css_elsewhere(path.read_text("utf-8"))
    ]
    _none(problems)


def test_no_script_of_the_book_asks_for_anything(site: Path) -> None:
    own = ROOT / "book" / "_static"
    # A method may be called fetch; the function stands alone.
    asking = re.compile(
        r"(?<![.\w])fetch\((?!.*\) \{)|XMLHttpRequest|sendBeacon|import\(|WebSocket|https?://"
    )
    problems = [f"{p.name}: {hit}" for p in own.rglob("*.js") for hit in asking.findall(_code(p))]
    _none(problems)


def _code(path: Path) -> str:
    text = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)
    return re.sub(r"^\s*//.*$", "", text, flags=re.MULTILINE)


def test_every_internal_link_arrives(site: Path, built: dict[str, BeautifulSoup]) -> None:
    ids = {n: {str(tag["id"]) for tag in page.find_all(id=True)} for n, page in built.items()}
    problems = []
    for name, page in built.items():
        for link in page.find_all("a", href=True):
            parts = urlsplit(str(link["href"]))
            if parts.scheme or parts.netloc:
                continue
            path = (site / name).parent / unquote(parts.path) if parts.path else site / name
            if not path.resolve().is_file():
                problems.append(f"{name}: {link['href']}: no such file")
                continue
            target = path.resolve().relative_to(site.resolve()).as_posix()
            if parts.fragment and unquote(parts.fragment) not in ids.get(target, set()):
                problems.append(f"{name}: {link['href']}: no such place")
    _none(problems)


def test_pages_are_numbered_as_the_contents_say(built: dict[str, BeautifulSoup]) -> None:
    for page in reading_order(ROOT):
        number = built[f"{page.docname}.html"].select_one("h1 .section-number")
        assert (number.get_text().strip(" .") if number else "") == page.number, page.docname


def test_the_tab_key_is_soon_through_a_chapter(built: dict[str, BeautifulSoup]) -> None:
    numbered = [f"{page.docname}.html" for page in reading_order(ROOT) if page.number]
    stops = {name: pages.tab_stops(built[name]) for name in numbered}
    _none([f"{name}: {count} tab stops" for name, count in stops.items() if count > STOPS])


def test_the_tab_key_does_not_stop_at_what_is_closed() -> None:
    closed = "<details><summary>2</summary><a href='#x'>no</a><p><button>no</button></p></details>"
    opened = closed.replace("<details>", "<details open>").replace("no", "yes")
    html = f"<a href='#a'>1</a><a>no</a><a href='#b' tabindex='-1'>no</a>{closed}"
    assert pages.tab_stops(BeautifulSoup(html, "html.parser")) == 2
    assert pages.tab_stops(BeautifulSoup(opened, "html.parser")) == 3


def test_titles_and_descriptions_tell_pages_apart(built: dict[str, BeautifulSoup]) -> None:
    content = {n: p for n, p in built.items() if n.startswith("book/")}
    for kind in ("title", "description"):
        told: dict[str, list[str]] = {}
        for name, page in content.items():
            told.setdefault(_told(page, kind), []).append(name)
        alike = {text: names for text, names in told.items() if len(names) > 1}
        _none([f"{names} have the same {kind}: {text}" for text, names in alike.items()])


def _told(page: BeautifulSoup, kind: str) -> str:
    if kind == "title":
        return page.title.get_text() if page.title else ""
    tag = page.select_one('meta[name="description"]')
    return str(tag["content"]) if tag else ""


def test_every_page_is_light(site: Path, built: dict[str, BeautifulSoup]) -> None:
    problems = []
    for name, page in built.items():
        files = _loaded(site, name, page)
        text = sum(path.stat().st_size for path in files if "exhibits" not in path.parts)
        whole = sum(path.stat().st_size for path in files)
        sent = sum(
            len(gzip.compress(path.read_bytes()))
            for path in files
            if path.suffix in {".html", ".css", ".js"} and "exhibits" not in path.parts
        )
        if sent > SENT:
            problems.append(f"{name} loads {sent:,} bytes compressed; limit {SENT:,}")
        limit = LONGER.get(Path(name).stem, TEXT)
        if text > limit:
            problems.append(f"{name} loads {text:,} bytes before its figures; limit {limit:,}")
        if whole > max(limit, WHOLE):
            problems.append(f"{name} loads {whole:,} bytes with its figures; limit {WHOLE:,}")
    _none(problems)


def _loaded(site: Path, name: str, page: BeautifulSoup) -> set[Path]:
    """The page and all that it loads, the fonts that its styles name included."""
    here = (site / name).parent
    addresses = [str(t["src"]) for t in page.select("script[src], img[src]")]
    addresses += [a for t in page.select("script[data-then]") for a in str(t["data-then"]).split()]
    addresses += [str(t["href"]) for t in page.select('link[rel="stylesheet"], link[rel="icon"]')]
    files = {site / name} | {(here / urlsplit(a).path).resolve() for a in addresses}
    styles = {path.parent: path.read_text("utf-8") for path in files if path.suffix == ".css"}
    styles[here] = "".join(style.get_text() for style in page.find_all("style"))
    for folder, text in styles.items():
        urls = re.findall(r"url\(\"?([^\")]+)", text)
        files |= {(folder / url).resolve() for url in urls}
    return files


def test_the_site_holds_nothing_that_no_page_loads(
    site: Path, built: dict[str, BeautifulSoup]
) -> None:
    loaded = {path.resolve() for name, page in built.items() for path in _loaded(site, name, page)}
    idle = [
        name
        for path in sorted((site / "_static").rglob("*"))
        if path.is_file() and path.resolve() not in loaded
        if not (name := path.relative_to(site).as_posix()).startswith(KEPT)
    ]
    _none([f"{name} is in the site but loaded by no page" for name in idle])


# As `printf 'let a = 1' | openssl dgst -sha256 -binary | base64` prints it.
ONE = "'sha256-LAfYd7pbFUgwfQu8b4q135PeTG2z+/coPEUYCd74eCQ='"
POLICY = "<meta http-equiv='Content-Security-Policy' content=\"default-src 'none'{}\">"
NAMED = POLICY.format(f"; script-src 'self' {ONE}")


@pytest.mark.parametrize(
    ("check", "html"),
    [
        (pages.requests_elsewhere, "<script src='https://cdn.example/x.js'></script>"),
        (pages.requests_elsewhere, "<link rel='stylesheet' href='//fonts.example/x.css'>"),
        (pages.requests_elsewhere, "<style>a { background: url(https://x.example/a) }</style>"),
        (pages.requests_elsewhere, "<link rel='preconnect' href='/x'>"),
        (pages.requests_elsewhere, "<img src='data:image/png;base64,AA=='>"),
        (pages.policy_problems, "<p>no policy</p>"),
        (pages.policy_problems, POLICY.format("; script-src https://cdn.example")),
        (pages.policy_problems, POLICY.format("; script-src 'unsafe-inline'")),
        (pages.policy_problems, "<script src='x.js'></script>" + POLICY.format("")),
        (pages.policy_problems, POLICY.format("") + "<script>let a = 1</script>"),
        (pages.policy_problems, NAMED + "<script>let b = 1</script>"),
        (pages.policy_problems, NAMED + "<p>no script</p>"),
        (pages.policy_problems, POLICY.format("") + "<style>a { color: red }</style>"),
        (pages.policy_problems, NAMED + "<style>let a = 1</style>"),
        (pages.policy_problems, POLICY.format("") + "<p style='color: red'>x</p>"),
        (pages.policy_problems, POLICY.format("") + "<p onclick='x()'>x</p>"),
        (pages.outline_problems, "<html><h1>No language</h1></html>"),
        (pages.outline_problems, "<html lang='en-GB'><title>t</title><h1>a</h1><h1>b</h1></html>"),
        (pages.outline_problems, "<html lang='en-GB'><title>t</title><h1>a</h1><h3>b</h3></html>"),
        (pages.picture_problems, "<img src='a.svg' alt='' width='1' height='1'>"),
        (pages.picture_problems, "<img src='a.svg' alt='../_images/0a1b2c3d4e5f60718293.png'>"),
        (pages.table_problems, "<table><tr><td>1</td></tr></table>"),
        (pages.table_problems, "<figure><table><thead><th>a</th></thead></table></figure>"),
        (pages.id_problems, "<p id='a'></p><p id='a'></p>"),
    ],
)  # fmt: skip
def test_each_check_sees_what_it_is_for(check: Check, html: str) -> None:
    assert list(check(BeautifulSoup(html, "html.parser")))


@pytest.mark.parametrize("kind", ["script", "style"])
def test_what_stands_in_the_page_is_allowed_by_its_digest(kind: str) -> None:
    page = POLICY.format(f"; {kind}-src 'self' {ONE}") + f"<{kind}>let a = 1</{kind}>"
    assert not list(pages.policy_problems(BeautifulSoup(page, "html.parser")))


@pytest.mark.parametrize("css", ["@import 'x.css';", "a { background: url(https://x.example/a) }"])
def test_the_style_check_sees_what_it_is_for(css: str) -> None:
    assert list(pages.css_elsewhere(css))
    assert not list(pages.css_elsewhere("/* url(https://x) */ a { src: url('fonts/a.woff2') }"))
