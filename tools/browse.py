"""Open every page in a browser and use it as readers do; say what fails.

    python -m tools.browse                  # the built site in _build/html
    python -m tools.browse FOLDER --shots SHOTS

Needs Chromium or Chrome on the path; nothing is downloaded. Every page is opened from a local
server in light and dark at the width of a desktop and of a phone: accessibility (axe-core, WCAG 2.2
A and AA and best practices, in the dark the rules on colours, with everything folded opened),
sideways scroll, errors. Every page is opened from its folder too. A request to anything but the
site fails the run; so do a search without its result, a place that a link to it misses, a keyboard
stop without visible focus, a chapter that the keyboard is long in, and a stated figure that does
not explain itself.
"""

from __future__ import annotations

import argparse
import os
import sys
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import product
from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Browser, Locator, Page, Position

from tools import pointing
from tools.browser import Problems, comes, opened, program, report, told, within
from tools.notebooks import ROOT
from tools.queries import QUERIES
from tools.words import folder

LIBRARY = Path(axe_playwright_python.__file__).parent / "axe.min.js"
# axe-core makes some hundred thousand colours, and each keeps what is private to it in weak maps,
# one a field: a third of its time goes into collecting them. A hidden property keeps the same.
HIDDEN = """(() => {
  class Hidden {
    #key = Symbol();
    has(owner) { return this.#key in owner; }
    get(owner) { return owner[this.#key]; }
    set(owner, value) { owner[this.#key] = value; return this; }
    add(owner) { return this.set(owner, true); }
    delete(owner) { return this.has(owner) && delete owner[this.#key]; }
  }
  return [Hidden, Hidden];
})()"""
AXE = f"""((WeakMap, WeakSet) => {{{LIBRARY.read_text(encoding="utf-8")}
}}).apply(window, {HIDDEN});"""
# It works out what each of some thousand elements is coloured by anew from the same words, in two
# thirds of its time. The colours are the same ones.
ONCE = """() => {
  const colour = axe.commons.color.Color.prototype, parse = colour.parseString, known = new Map();
  colour.parseString = function (words) {
    if (!known.has(words)) {
      parse.call(this, words);
      known.set(words, [this.r, this.g, this.b, this.alpha]);
    }
    [this.r, this.g, this.b, this.alpha] = known.get(words);
    return this;
  };
}"""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# In the dark the page is the same but for its colours.
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
WIDTHS = {"desktop": (1280, 900), "phone": (390, 844)}
CHAPTER = "book/stock.html"  # where tips and modes are tried
# A page, how its field is set, the field, a value, and what the answer must hold.
ASKED = [
    ("survey", "fill", "silent", "0", "No majority"),
    ("survey", "fill", "silent", "145", "A majority"),
    ("vintages", "select", "country", "Serbia", "1,064,614"),
    ("conventions", "fill", "day", "2004-09-22", "26"),
]
STOPS = 400  # of the keyboard on one page; a longer page repeats itself
# Of a chapter, beside those in its contents. On a phone more tables scroll; each that does is one.
CHAPTER_STOPS = {"desktop": 50, "phone": 55}

# Boxes that scroll become stops for the keyboard once they are laid out, so that the next frame is
# waited for.
UNFOLD = """() => new Promise((resolve) => {
  document.querySelectorAll("details").forEach((fold) => (fold.open = true));
  requestAnimationFrame(() => requestAnimationFrame(resolve));
})"""
# What the search page would show first.
FIRST = "(query) => PLACES[find(query)[0]?.id]?.[0] ?? 'nothing'"
MARKED = "stock-share", "stock-views"  # figures of points and of bars there
# A mark of the first figure that can be asked, and the cells of its row.
# A place in the first mark, near the end of a bar, and the row that it stands for.
MARK = """([figure, sheet]) => {
  const [x, y, row, wide] = VALUES[figure][sheet][0];
  return [x + 0.8 * wide, y, VALUES[figure].rows[row]];
}"""
PLACES = """() => [...document.querySelectorAll(":is(article, main) [id]")]
  .filter((place) => place.checkVisibility()).map((place) => place.id)"""
# A scroll that takes its time has come to rest when it moves no more.
ARRIVED = """async (place) => {
  const rest = () => new Promise((resolve) => setTimeout(resolve, 100));
  for (let before = NaN; before !== scrollY; await rest()) before = scrollY;
  const { top } = document.getElementById(place).getBoundingClientRect();
  return top > -2 && top < innerHeight;
}"""
FOCUS = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const style = getComputedStyle(e), box = e.getBoundingClientRect();
  const ringed = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  e.dataset.stop ??= String(document.querySelectorAll("[data-stop]").length);
  const name = `<${e.tagName.toLowerCase()}> ${(e.ariaLabel ?? e.textContent).trim().slice(0, 40)}`;
  const contents = Boolean(e.closest("#menu, .on-page"));
  return { stop: e.dataset.stop, name, ringed, inside, contents };
}"""


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The site's address while a local server gives it out."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            pass  # a browser that turns to the next page hangs up on pictures of the last

    server = Server(("127.0.0.1", 0), partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()


def accessibility(page: Page, runs: Sequence[str] | Mapping[str, object]) -> Iterator[str]:
    """What axe-core finds with everything folded opened.

    Args:
        page: opened.
        runs: which rules, as axe-core has it for `runOnly`.
    """
    page.evaluate(UNFOLD)
    page.evaluate(AXE)
    page.evaluate(ONCE)
    options = {"runOnly": runs, "resultTypes": ["violations"]}
    result = page.evaluate("(options) => axe.run(document, options)", options)
    for found in result["violations"]:
        where = "; ".join(" ".join(map(str, node["target"])) for node in found["nodes"][:3])
        yield f"{found['id']} ({len(found['nodes'])}): {found['help']}: {where}"


def sideways(page: Page) -> int:
    """By how many pixels the page is wider than the window."""
    wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    return int(page.evaluate(wider))


def stops(page: Page) -> list[dict[str, Any]]:
    """Walk through the page with the tabulator; what `FOCUS` tells of each stop."""
    visited: dict[str, dict[str, Any]] = {}
    for _ in range(STOPS):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        if focus is None or focus["stop"] in visited:
            break
        visited[focus["stop"]] = focus
    return list(visited.values())


def unseen(visited: list[dict[str, Any]]) -> Iterator[str]:
    """Stops whose focus cannot be seen."""
    yield from (stop["name"] for stop in visited if not (stop["ringed"] and stop["inside"]))
    if len(visited) < 5:
        yield f"only {len(visited)} stops"


def too_many(page: Page, visited: list[dict[str, Any]], most: int) -> Iterator[str]:
    """The stops of a chapter beside those in its contents, if they are more than that."""
    count = sum(not stop["contents"] for stop in visited)
    if count > most and page.locator("h1 .section-number").count():
        yield f"{count}; expected at most {most}"


def missed_places(page: Page) -> Iterator[str]:
    """Places far down the page that a link to them does not bring into the window."""
    places = page.evaluate(PLACES)
    for place in dict.fromkeys([*places[:: 1 + len(places) // 3], *places[-1:]]):
        page.evaluate("(place) => (location.hash = place)", place)
        if not page.evaluate(ARRIVED, place):
            yield f"#{place}"


def search_results(page: Page, base: str) -> Iterator[str]:
    """A reader who types a word on the first page gets results that lead to a page."""
    page.goto(f"{base}/book/index.html")
    page.fill(".side input[name=q]", "migrant")
    page.press(".side input[name=q]", "Enter")
    page.wait_for_url("**/search.html?q=migrant")
    page.locator("#search-results li a").first.click()
    page.wait_for_url("**/book/*.html*")
    if page.locator("article h1").count() != 1:
        yield f"the first result leads to {page.url}, which is no page of the book"


def misses(page: Page, base: str) -> Iterator[str]:
    """Queries whose first result is not one that a reader wants."""
    page.goto(f"{base}/search.html")
    page.evaluate("() => ready.then(() => true)")
    for query, wanted in QUERIES.items():
        found = str(page.evaluate(FIRST, query))
        if not found.startswith(tuple(wanted)):
            yield f"“{query}” finds {found} first, not {' or '.join(wanted)}"


def answers(page: Page, base: str) -> Iterator[str]:
    """What readers may put to a page is answered, and stays in the address."""
    for name, choose, field, value, wanted in ASKED:
        page.goto(f"{base}/book/{name}.html")
        form = page.locator("form.ask")
        control = form.locator(f"[name={field}]")
        control.fill(value) if choose == "fill" else control.select_option(value)
        page.reload()
        answer = form.locator("output")
        if not comes(page, answer.filter(has_text=wanted).count):
            said = answer.inner_text()
            yield f"{name}: asked for {value}, the page says {said!r}, without {wanted!r}"


def tip_problems(page: Page, touch: Page, address: str) -> Iterator[str]:
    """The source of a stated figure shows on hover, focus and touch, and Escape closes it."""
    for each in (page, touch):
        each.goto(address)
    link, tip = page.locator("article p a.stated").first, page.locator("#tip")
    link.hover()
    if not comes(page, tip.is_visible):
        yield "no source on hover"
    page.keyboard.press("Escape")
    if not comes(page, tip.is_hidden):
        yield "Escape does not close it"
    page.mouse.move(0, 0)
    link.focus()
    if not comes(
        page, lambda: tip.is_visible() and link.get_attribute("aria-describedby") == "tip"
    ):
        yield "no source on focus"
    touched = touch.locator("article p a.stated").first
    touched.tap()
    if not comes(touch, touch.locator("#tip").is_visible) or touch.url != address:
        yield "no source on touch"
    touched.tap()
    if not comes(touch, lambda: "ledger.html#" in touch.url):
        yield "a second touch does not follow the link"


def value_problems(page: Page, touch: Page, address: str) -> Iterator[str]:
    """A figure's marks tell rows of its data on hover, on touch and by the keys, in words too."""
    for (each, sheet), figure in product(((page, "page"), (touch, "phone")), MARKED):
        each.goto(address)
        yield from told_by(each, sheet, figure)


def told_by(page: Page, sheet: str, figure: str) -> Iterator[str]:
    """What one figure does not tell, where its drawing for that sheet is shown."""
    which = f"{figure}, {sheet}"
    drawing = page.locator(f"#{figure} .exhibit-drawing")
    box, slider = drawing.locator(".exhibit-value"), drawing.locator("input")
    slider.focus()
    page.keyboard.press("ArrowRight")
    comes(page, box.is_visible)
    said = str(slider.get_attribute("aria-valuetext"))
    seen = texts(box)
    if not seen or not all(text in said for text in seen):
        yield f"{which}: the keys show {seen} and say {said!r}"
    page.keyboard.press("Escape")
    if not comes(page, box.is_hidden):
        yield f"{which}: Escape does not close a value"
    frame = drawing.locator("img").bounding_box()
    if frame is None:
        yield f"{which}: its drawing is not shown"
        return
    x, y, row = page.evaluate(MARK, [figure, sheet])
    at: Position = {"x": frame["width"] * x / 1000, "y": frame["height"] * y / 1000}
    if sheet == "page":
        drawing.locator("img").hover(position=at)
    else:
        drawing.locator("img").tap(position=at)
    if not comes(page, lambda: box.is_visible() and set(row) & set(texts(box))):
        yield f"{which}: a mark of {row} shows {texts(box) if box.is_visible() else []}"


def texts(box: Locator) -> list[str]:
    """The values that a box beside a figure tells."""
    return box.locator("dd").all_inner_texts()


def mode_problems(page: Page, address: str) -> Iterator[str]:
    """Dark, once chosen, holds on the next page."""
    page.goto(address)
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.click(".mode-switch")
    chosen = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.reload()
    kept = page.evaluate("getComputedStyle(document.body).backgroundColor")
    if before == chosen or kept != chosen:
        yield f"light {before}, chosen {chosen}, on the next page {kept}"


def contents_problems(page: Page, address: str) -> Iterator[str]:
    """The contents, once closed, are closed on the next page, and open again."""
    page.goto(address)
    menu = page.locator("#menu")
    page.click(".menu-switch")
    if not comes(page, menu.is_hidden):
        yield "they do not close"
    page.reload()
    if menu.is_visible():
        yield "closed, they are open on the next page"
    page.click(".menu-switch")
    if not comes(page, menu.is_visible):
        yield "closed, they do not open"


def look_through(
    browser: Browser, base: str, pages: list[str], shots: Path | None, scheme: str, name: str
) -> Problems:
    """Every page in one colour scheme at one width."""
    problems: Problems = defaultdict(list)
    width, height = WIDTHS[name]
    size = {"width": width, "height": height}
    # A reader who has nothing against motion; whoever uses a page below has.
    reader = {"viewport": size, "color_scheme": scheme, "reduced_motion": "no-preference"}
    with opened(browser, base, problems, **reader) as page:
        for path in pages:
            which = f"{path} ({scheme}, {name})"
            page.goto(f"{base}/{path}")
            page.evaluate("document.fonts.ready")
            if shots:
                file = f"{Path(path).stem}-{name}-{scheme}.png"
                page.screenshot(path=shots / file, full_page=True)
            if scheme == "light":
                problems["place missed"] += [f"{which}: {place}" for place in missed_places(page)]
                visited = stops(page)
                problems["focus unseen"] += [f"{which}: {stop}" for stop in unseen(visited)]
                problems["stops of the keyboard"] += [
                    f"{which}: {told}" for told in too_many(page, visited, CHAPTER_STOPS[name])
                ]
            problems["accessibility"] += [
                f"{which}: {found}"
                for found in accessibility(page, RULES if scheme == "light" else COLOURS)
            ]
            if (over := sideways(page)) > 0:
                problems["sideways scroll"].append(f"{which}: {over} pixels")
    return problems


# What is tried on a site from its folder, and from a server besides.
LOCAL: dict[str, Callable[[Page, str], Iterator[str]]] = {
    "results of the search": search_results, "first results": misses, "questions": answers,
    "narrowed tables": pointing.narrowing, "former addresses": pointing.arriving,
}  # fmt: skip
CHECKS = LOCAL | {"links to copy": pointing.copying, "embedded figures": pointing.framing}


def use(browser: Browser, base: str, pages: list[str]) -> Problems:
    """Loading every page, searching, tips and modes, from one base address."""
    problems: Problems = defaultdict(list)
    with opened(browser, base, problems) as page:
        for path in pages:
            page.goto(f"{base}/{path}")
        for kind, check in CHECKS.items() if base.startswith("http") else LOCAL.items():
            problems[kind] += told(check(page, base))
    chapter = f"{base}/{CHAPTER}"
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
    with (
        opened(browser, base, problems, color_scheme="light") as page,
        opened(browser, base, problems, **phone) as touch,
    ):
        problems["tips"] += told(tip_problems(page, touch, chapter))
        problems["values of figures"] += told(value_problems(page, touch, chapter))
        problems["modes"] += told(mode_problems(page, chapter))
        problems["contents"] += told(contents_problems(page, chapter))
    return problems


def main() -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(description="Use the built site in a browser.")
    parser.add_argument("site", nargs="?", type=Path, default=ROOT / "_build" / "html")
    parser.add_argument("--shots", type=folder, help="keep a picture of every page here")
    arguments = parser.parse_args()
    site = arguments.site.resolve()
    if not (site / "book" / "index.html").is_file():
        parser.error(f"no built site in {site}; run `make book` first")
    browser = program()
    pages = [path.relative_to(site).as_posix() for path in sorted(site.glob("book/*.html"))]
    pages += ["search.html", f"embed/{pointing.FRAMED}.html"]
    # One more than there are cores: whoever uses a page as readers do waits a good deal.
    workers = 1 + (os.cpu_count() or 1)
    with served(site) as address, ThreadPoolExecutor(max_workers=workers) as pool:
        tasks: list[Callable[[Browser], Problems]] = [
            partial(
                look_through, base=address, pages=pages, shots=arguments.shots, scheme=s, name=n
            )
            for s in ("light", "dark")
            for n in WIDTHS
        ]
        tasks += [partial(use, base=base, pages=pages) for base in (address, site.as_uri())]
        results = list(pool.map(partial(within, browser), tasks))
    return report(results, f"{len(pages)} pages, light and dark, desktop and phone")


if __name__ == "__main__":
    sys.exit(main())
