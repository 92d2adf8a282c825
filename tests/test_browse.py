"""What `make browse` calls a problem, on a small site made for it: whole, and with faults."""

from __future__ import annotations

import shutil
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tools import browse, browser, pointing

pytestmark = pytest.mark.slow
ROW = "world-migrant-stock-2000-a-58-98"
PAGES = ("audit", "findings", "index", "ledger", "references", "stock", "survey")
# A page that has all that readers use, in as few words as it takes.
PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>NAME</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<style>
  :focus { outline: 3px solid }
  iframe, img, input { max-width: 90vw }
  .permalink { display: inline-block; width: 24px; height: 24px }
  .menu-switch { min-height: 24px }
  .dark { background: #000; color: #fff }
</style></head>
<body>
<nav class="side"><button class="menu-switch">Contents</button>
<form id="menu" action="../search.html"><input name="q" aria-label="Search"></form></nav>
<main><article>
<h1>NAME</h1>
<p><button class="mode-switch">Dark</button>
<a class="stated" href="ledger.html#ROW">175 million</a></p>
<p id="tip" role="tooltip" hidden>A/58/98, para. 8</p>
<form class="ask"><input name="silent" aria-label="Silent"> <output></output></form>
<form class="filter"><input name="words" aria-label="Words"> <span class="filter-status">2</span>
</form>
<table><tbody><tr id="ROW"><th scope="row">
A stated figure <a class="permalink" href="#ROW">#</a></th></tr>
</tbody></table>
<p class="citation"><a class="permalink" href="#tip">#</a></p>
<figure class="exhibit" id="embedded"><a class="permalink" href="#embedded">#</a>
  <div class="exhibit-drawing"><img width="200" height="100" alt="Two million in 2000."
    src="data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==">
  <input type="range" aria-label="Row"><dl class="exhibit-value" hidden></dl></div>
  <details class="exhibit-embed"><summary>Embed</summary>
  <code style="overflow-wrap: anywhere"></code></details>
</figure>
<p id="copied" role="status"></p>
</article></main>
<script>SCRIPT</script>
</body></html>
"""
SCRIPT = """
const VALUES = { embedded: { page: [[500, 500, 0, 0]], phone: [[500, 500, 0, 0]],
  rows: [["2 m"]] } };
const pick = (words, within = document) => within.querySelector(words);
const address = new URLSearchParams(location.search);
const keep = (name, value) => {
  address.set(name, value);
  history.replaceState(null, "", "?" + address + location.hash);
};
const tip = pick("#tip"), stated = pick("a.stated");
let closed = true, touched = false;
const told = () => { tip.hidden = false; stated.setAttribute("aria-describedby", "tip"); };
for (const event of ["mouseenter", "focus"]) stated.addEventListener(event, told);
stated.addEventListener("blur", () => { tip.hidden = true; });
stated.addEventListener("mouseleave", () => { tip.hidden ||= !touched; });
stated.addEventListener("touchstart", () => { closed = tip.hidden; touched = true; });
stated.addEventListener("click", (e) => { if (closed) e.preventDefault(); });
addEventListener("keydown", (e) => { if (e.key === "Escape") tip.hidden = box.hidden = true; });

pick(".mode-switch").onclick = () => { localStorage.dark = 1; document.body.className = "dark"; };
if (localStorage.dark) document.body.className = "dark";

const menu = pick("#menu");
menu.hidden = localStorage.closed === "true";
pick(".menu-switch").onclick = () => { menu.hidden = localStorage.closed = !menu.hidden; };

const silent = pick("[name=silent]"), words = pick("[name=words]");
const answer = () => { pick("output").textContent = silent.value === "0" ? "No" : "A majority"; };
silent.oninput = () => { keep("silent", silent.value); answer(); };
const narrow = () => {
  const row = pick("#ROW");
  row.hidden = !row.textContent.includes(words.value) && location.hash !== "#ROW";
  pick(".filter-status").textContent = words.value ? "1 of 2" : "2";
};
words.oninput = () => { keep("words", words.value); narrow(); };
silent.value = address.get("silent") ?? "";
words.value = address.get("words") ?? "";
answer();
narrow();

const box = pick(".exhibit-value"), slider = pick("[type=range]");
const show = () => {
  box.innerHTML = "<dt>Persons</dt><dd>" + VALUES.embedded.rows[0][0] + "</dd>";
  box.hidden = false;
  slider.setAttribute("aria-valuetext", VALUES.embedded.rows[0].join());
};
slider.onkeydown = (e) => { if (e.key === "ArrowRight") show(); };
pick(".exhibit-drawing img").onmousemove = show;

for (const link of document.querySelectorAll(".permalink"))
  link.onclick = async (e) => {
    e.preventDefault();
    await navigator.clipboard.writeText(location.href.split("?")[0] + link.getAttribute("href"));
    pick("#copied").textContent = "Link copied";
  };
const framed = new URL("../embed/embedded.html", location);
pick(".exhibit-embed code").textContent =
  `<iframe src="${framed}" title="Shown" style="width: 100%; height: 90px; border: 0"></iframe>`;
"""
SEARCH = """<!DOCTYPE html><html lang="en"><title>Search</title><link rel="icon" href="data:,">
<ol id="search-results"><li><a href="book/stock.html">Stock</a></ol>
<script>
const PLACES = [["book/stock.html#ROW", "A row"]], ready = Promise.resolve();
const find = (query) => (query === "migrants" ? [{ id: 0 }] : []);
</script></html>"""
EMBEDDED = """<!DOCTYPE html><html lang="en"><title>Shown</title>
<style>
  html { height: 90px } .phone { display: none }
  @media (width < 500px) { .phone { display: block } .page { display: none } }
</style>
<div class="page"><svg width="9" height="9"/></div>
<div class="phone"><svg width="9" height="9"/></div>
<p class="exhibit-source">A/58/98</p></html>"""
OLD = """<!DOCTYPE html><html lang="en"><title>Old</title><link rel="icon" href="data:,">
<script>location.replace("stock.html#ROW");</script></html>"""


def make(folder: Path, script: str = SCRIPT, **replaced: str) -> Path:
    """The site in a folder.

    Args:
        folder: where its pages go.
        script: that of its pages.
        replaced: another text for a page, by its name.
    """
    files = {f"book/{name}.html": PAGE.replace("NAME", name) for name in PAGES}
    files |= {"search.html": SEARCH, "embed/embedded.html": EMBEDDED, "book/old.html": OLD}
    places = {Path(name).stem: name for name in files}
    files |= {places[name]: text for name, text in replaced.items()}
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        text = text.replace("SCRIPT", script).replace("ROW", ROW)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    found = next(filter(None, map(shutil.which, browser.BROWSERS)), None)
    # No Python package brings a browser, and `make test` is to hold without one; `.ci/run`
    # installs it.
    if found is None:
        pytest.skip("needs Chromium or Chrome on the path")
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=found, args=browser.FLAGS)


@pytest.fixture(autouse=True)
def asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is asked of the book, asked of the small site."""
    monkeypatch.setattr(browse, "MARKED", ("embedded",))
    monkeypatch.setattr(browse, "ASKED", [("survey", "fill", "silent", "0", "No")])
    monkeypatch.setattr(browse, "QUERIES", {"migrants": ["book/stock.html"]})
    monkeypatch.setattr(pointing, "NARROWED", [("ledger", "words", "figure")])
    monkeypatch.setattr(pointing, "FRAMED", "embedded")
    monkeypatch.setattr(pointing, "redirects", lambda: {"book/old.html": f"book/stock.html#{ROW}"})
    monkeypatch.setattr(pointing, "COPIED", [("stock", "tbody .permalink")])


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Short waits, where what is waited for never comes."""
    monkeypatch.setattr(browser, "PATIENCE", 400)


Use = Callable[[Path], browser.Problems]


@pytest.fixture
def used(chromium: Browser) -> Use:
    """What is found where a site is used, from a server."""

    def found(site: Path) -> browser.Problems:
        with browse.served(site) as address:
            problems = browse.use(chromium, address, ["book/stock.html"])
            return {kind: _without(address, told) for kind, told in problems.items() if told}

    return found


def _without(address: str, told: list[str]) -> list[str]:
    return [each.replace(address, "SITE") for each in told]


def test_a_site_without_a_fault_is_told_of_nothing(
    chromium: Browser, used: Use, tmp_path: Path
) -> None:
    site = make(tmp_path)
    assert used(site) == {}
    with browse.served(site) as address:
        pages = ["book/stock.html"]
        seen = browse.look_through(chromium, address, pages, tmp_path, "dark", "phone")
    assert not any(seen.values()), seen
    assert (tmp_path / "stock-phone-dark.png").read_bytes().startswith(b"\x89PNG")


def test_a_site_without_its_scripts_is_told_of_all_that_readers_miss(
    used: Use, hasty: None, tmp_path: Path
) -> None:
    site = make(
        tmp_path, script="", search=SEARCH.partition("<script>")[0], old="<title>Old</title>"
    )
    found = used(site)
    rest, old = "the rest is not checked: ", "book/old.html"
    copied = found.pop("links to copy")
    assert found.pop("tips") == ["no source on hover", "no source on focus", "no source on touch"]
    assert {kind: told[0] for kind, told in found.items()} == {
        "first results": f"{rest}Page.evaluate: ReferenceError: ready is not defined",
        "questions": "survey: asked for 0, the page says '', without 'No'",
        "narrowed tables": "ledger: words 'figure' leaves 2",
        "former addresses": f"{old} leads to SITE/{old}, not to book/stock.html#{ROW}",
        "embedded figures": "the snippet does not name the address of the site: ",
        "values of figures": "embedded, page: the keys show [] and say 'None'",
        "contents": "they do not close",
        "modes": "light {0}, chosen {0}, on the next page {0}".format("rgba(0, 0, 0, 0)"),
    }  # fmt: skip
    assert copied[1:] == ["stock: that it is copied is not told"]


def test_a_page_is_told_of_what_cannot_be_read_or_reached(
    chromium: Browser, tmp_path: Path
) -> None:
    faults = {
        "<h1>": '<div style="width: 1000px"><img src="x.gif"></div><script>boom()</script><h1>',
        ":focus { outline: 3px solid }": ":focus { outline: 0 }",
        "<h1>NAME": '<h1><img alt="" src="https://elsewhere.example/x.png">NAME',
    }
    page = PAGE
    for whole, fault in faults.items():
        page = page.replace(whole, fault)
    site = make(tmp_path, stock=page, survey="<title>Bare</title>")
    pages = ["book/stock.html", "book/survey.html"]
    with browse.served(site) as address:
        found = browse.look_through(chromium, address, pages, None, "light", "phone")
    stock, survey = (f"{name} (light, phone)" for name in pages)
    assert found["an error in a script"] == [f"{address}/{pages[0]}: boom is not defined"]
    assert set(found["a request leaves the site"]) == {"https://elsewhere.example/x.png"}
    assert any("status of 404" in told for told in found["the console complains"])
    assert found["focus unseen"][0] == f"{stock}: <button> Contents"
    assert found["focus unseen"][-1] == f"{survey}: only 0 stops"
    # A margin of 8 pixels, and a window of 390.
    assert found["sideways scroll"] == [f"{stock}: 618 pixels"]
    assert [told.partition(" (1):")[0] for told in found["accessibility"]] == [
        f"{stock}: image-alt", f"{survey}: html-has-lang", f"{survey}: landmark-one-main",
        f"{survey}: page-has-heading-one",
    ]  # fmt: skip


def test_a_chapter_that_the_keyboard_is_long_in_is_told(
    chromium: Browser, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(browse.CHAPTER_STOPS, "phone", 7)
    chapter = PAGE.replace("<h1>", '<h1><span class="section-number">1.</span> ')
    site = make(tmp_path, stock=chapter)
    with browse.served(site) as address:
        pages = ["book/stock.html", "book/survey.html"]  # the other is no chapter
        found = browse.look_through(chromium, address, pages, None, "light", "phone")
    # Two switches, four links, two fields, a slider and a fold; the search is in the contents.
    told = "book/stock.html (light, phone): 10; expected at most 7"
    assert found["stops of the keyboard"] == [told]


def test_what_axe_keeps_and_how_tells_nothing_else(chromium: Browser, tmp_path: Path) -> None:
    site = make(tmp_path, survey="<title>Bare</title><p style='color: #ddd'>Pale <input>")
    counted = """(rules) => axe.run(document, { runOnly: rules }).then((found) =>
      ["passes", "violations", "incomplete"].map((kind) =>
        found[kind].map((rule) => [rule.id, rule.nodes.length])))"""
    seen = []
    for page, axe in product(("stock", "survey"), (browse.LIBRARY.read_text("utf-8"), browse.AXE)):
        with (
            browse.served(site) as address,
            browser.opened(chromium, address, defaultdict(list)) as opened,
        ):
            opened.goto(f"{address}/book/{page}.html")
            opened.evaluate(axe)
            if axe is browse.AXE:
                opened.evaluate(browse.ONCE)
            seen.append(opened.evaluate(counted, browse.RULES))
    assert seen[0] == seen[1] != seen[2] == seen[3]
    assert any(rule == "color-contrast" for rule, _ in seen[2][1])


def test_a_place_that_a_link_to_it_misses_is_told(chromium: Browser, tmp_path: Path) -> None:
    """A page that glides to a place past sections of another height than it took them for."""
    tall = '<section><p style="height: 3000px">Tall</p></section>' * 5
    late = "section { content-visibility: auto; contain-intrinsic-size: auto 600px }"
    pages = ["book/stock.html"]
    told = []
    for style in (late, f"{late} html {{ scroll-behavior: smooth }}"):
        page = PAGE.replace("<style>", f"<style>{style}")
        page = page.replace("</article>", f'{tall}<p id="last">Last</p>{tall}</article>')
        site = make(tmp_path, stock=page)
        with browse.served(site) as address:
            found = browse.look_through(chromium, address, pages, None, "light", "phone")
        told.append(found["place missed"])
    assert told[0] == []
    assert "book/stock.html (light, phone): #last" in told[1]


def test_what_is_shown_and_stays_or_is_another_thing_is_told(
    chromium: Browser, hasty: None, tmp_path: Path
) -> None:
    """Neither Escape nor a touch closes; a mark tells of another row; the frame is too low."""
    faults = {
        'if (e.key === "Escape")': 'if (e.key === "Home")',
        "closed) e.preventDefault()": "true) e.preventDefault()",
        ".onmousemove = show": '.onmousemove = () => { show(); pick("dd").textContent = "3 m"; }',
        "height: 90px; border": "height: 80px; border",
        'location.hash !== "#ROW"': "true",
    }
    script = SCRIPT
    for whole, fault in faults.items():
        assert whole in script
        script = script.replace(whole, fault)
    script = script.replace('pick("#copied")', "({})")
    search = SEARCH.replace('"book/stock.html"', "book/audit.html").replace(
        "stock.html#", "old.html#"
    )
    site = make(
        tmp_path,
        script,
        search=search,
        audit="<title>Empty</title>",
        embedded=EMBEDDED.replace("width <", "width >"),
    )
    noted: browser.Problems = defaultdict(list)
    with browse.served(site) as address, browser.opened(chromium, address, noted) as page:
        stock = f"{address}/book/stock.html"
        touched = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
        with browser.opened(chromium, address, noted, **touched) as touch:
            assert list(browse.tip_problems(page, touch, stock)) == [
                "Escape does not close it", "a second touch does not follow the link",
            ]  # fmt: skip
            assert list(browse.value_problems(page, touch, stock)) == [
                "embedded, page: Escape does not close a value",
                "embedded, page: a mark of ['2 m'] shows ['3 m']",
                "embedded, phone: Escape does not close a value",
                "embedded, phone: a mark of ['2 m'] shows ['3 m']",
            ]
        assert list(pointing.framing(page, address)) == [
            "a narrow frame does not show the drawing for phones",
            "the frame is 80 pixels high, and what is in it 90",
        ]
        assert list(pointing.arriving(page, address)) == [
            "a row that was filtered away stays hidden from a link to it"
        ]
        assert list(browse.misses(page, address)) == [
            f"“migrants” finds book/old.html#{ROW} first, not book/stock.html"
        ]
        assert list(browse.search_results(page, address)) == [
            f"the first result leads to {address}/book/audit.html, which is no page of the book"
        ]


def test_the_command_says_what_it_looked_at_and_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every page of the site, in two schemes at two widths, and from two addresses."""
    site = make(tmp_path / "site")
    looked: list[tuple[str, ...]] = []

    def stand_in(program: str, task: partial[browser.Problems]) -> browser.Problems:
        given = task.keywords
        looked.append((task.func.__name__, given.get("scheme", ""), given.get("name", "")))
        assert f"book/{PAGES[0]}.html" in given["pages"]
        return {"tips": ["none"]} if given.get("name") == "phone" else {}

    monkeypatch.setattr(browse, "within", stand_in)
    monkeypatch.setattr(browse, "program", lambda: "chromium")
    monkeypatch.setattr(sys, "argv", ["browse", str(site), "--shots", str(tmp_path / "a" / "b")])
    assert browse.main() == 1
    assert (tmp_path / "a" / "b").is_dir()
    assert sorted(looked) == [
        *(("look_through", s, n) for s in ("dark", "light") for n in ("desktop", "phone")),
        ("use", "", ""), ("use", "", ""),
    ]  # fmt: skip
    # Seven pages, the former one, the search and the figure to be embedded.
    assert capsys.readouterr().out.splitlines() == [
        "tips: none", "tips: none", "10 pages, light and dark, desktop and phone: 2 problems",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nowhere"], "nowhere; run `make book` first"),
        (["--shots", "file/a"], "argument --shots: 'file/a': Not a directory; expected: a folder"),
    ],
)
def test_an_argument_that_leads_nowhere_is_told(
    arguments: list[str], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    (tmp_path / "file").touch()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["browse", *arguments])
    with pytest.raises(SystemExit) as ended:
        browse.main()
    assert ended.value.code == 2
    assert told in capsys.readouterr().err


def test_a_browser_that_is_not_there_or_does_not_start_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SystemExit, match="no browser on the path; one of chromium-headless-shell"):
        browser.program()
    broken = tmp_path / "chromium"
    broken.write_text("#!/bin/sh\nexit 3\n")
    broken.chmod(0o755)
    assert browser.program() == str(broken)
    ((kind, told),) = browser.within(str(broken), lambda _: {}).items()
    assert (kind, len(told)) == ("the browser stops", 1)
    assert "\n" not in told[0]
