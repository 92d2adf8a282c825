"""Headings are heard by their words alone; the link to each stands beside it."""

from __future__ import annotations

from bs4 import BeautifulSoup
from headings import named

SECTION = (
    '<section id="a"><h2>Growth &amp; <em>share</em>'
    '<a class="headerlink" href="#a" title="Link to this heading">#</a></h2></section>'
)
TERM = (
    '<dl><dt id="t">deposit'
    '<a class="headerlink" href="#t" title="Link to this term">#</a></dt></dl>'
)


def test_the_link_stands_beside_its_heading_and_says_where_it_leads() -> None:
    page = BeautifulSoup(named(SECTION), "html.parser")
    assert page.h2 is not None
    assert page.h2.get_text() == "Growth & share"
    link = page.select_one("section > .heading > a.headerlink[href='#a']")
    assert link is not None
    assert link["aria-label"] == "Link to: Growth & share"


def test_the_link_of_a_term_is_named_after_it() -> None:
    link = BeautifulSoup(named(TERM), "html.parser").select_one("dt > a")
    assert link is not None
    assert link["aria-label"] == "Link to: deposit"
    assert "tabindex" not in link.attrs


def test_the_tab_key_passes_the_links_of_headings_that_the_contents_lead_to(
    chapters: dict[str, BeautifulSoup],
) -> None:
    passed = 0
    for path, page in chapters.items():
        listed = {str(link["href"]).rpartition("#")[2] for link in page.select("nav.contents a")}
        for link in page.select("a[tabindex='-1']"):
            heading = link.find_previous_sibling(["h1", "h2"])
            assert heading is not None, f"{path}: {link}"
            assert heading.name == "h1" or str(link["href"])[1:] in listed, f"{path}: {link}"
            passed += 1
    assert passed > len(chapters)


def test_no_heading_of_the_book_holds_a_mark(chapters: dict[str, BeautifulSoup]) -> None:
    marked = [
        f"{path}: {heading.get_text()}"
        for path, page in chapters.items()
        for heading in page.select(":is(h1, h2, h3, h4)")
        if "#" in heading.get_text()
    ]
    assert marked == []
