"""What hosts look for at the root of the site: there where it works, and not before it can."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import hosting
from bs4 import BeautifulSoup

from tools.contents import reading_order

ROOT = Path(__file__).resolve().parent.parent
ADDRESS = "https://book.example/"


def app(folder: Path, address: str) -> Any:
    """What the extension asks of Sphinx."""
    config = SimpleNamespace(html_baseurl=address, root_doc="book/index")
    builder = SimpleNamespace(format="html")
    return SimpleNamespace(config=config, builder=builder, srcdir=str(ROOT), outdir=str(folder))


def test_search_engines_are_led_to_every_page_once_there_is_an_address(tmp_path: Path) -> None:
    hosting._lead(app(tmp_path, ADDRESS), None)
    robots = RobotFileParser()
    robots.parse((tmp_path / "robots.txt").read_text("utf-8").splitlines())
    assert robots.can_fetch("*", f"{ADDRESS}book/stock.html")
    assert robots.site_maps() == [f"{ADDRESS}{hosting.SITEMAP}"]
    listed = ElementTree.parse(tmp_path / hosting.SITEMAP).getroot()
    found = [element.text for element in listed.iter(f"{{{hosting.SCHEMA}}}loc")]
    assert found == [f"{ADDRESS}{page.docname}.html" for page in reading_order(ROOT)]


def test_without_an_address_there_is_nothing_to_lead_to(tmp_path: Path) -> None:
    hosting._lead(app(tmp_path, ""), None)
    assert list(tmp_path.iterdir()) == []


def test_the_site_has_what_a_host_looks_for(site: Path) -> None:
    # Without it a branch that is published loses the folders that begin with an underscore.
    assert (site / ".nojekyll").is_file()
    page = BeautifulSoup((site / "404.html").read_text("utf-8"), "html.parser")
    ways = [str(tag["href"]) for tag in page.select("a[href], link[href]")]
    assert len(ways) == 3
    for way in ways:
        assert (site / way).is_file(), "from a folder, every way is to a file beside the page"


def test_every_page_leads_to_the_feed_of_changes(
    site: Path, chapters: dict[str, BeautifulSoup]
) -> None:
    for path, page in chapters.items():
        link = page.select_one('head link[type="application/atom+xml"]')
        assert link is not None, path
        assert ((site / path).parent / str(link["href"])).is_file()


def test_a_lost_reader_is_led_back_by_whole_addresses(tmp_path: Path) -> None:
    """A host shows the page under the address that failed, however deep that is."""
    ((name, context, template),) = hosting._lost(app(tmp_path, ADDRESS))
    assert (name, template) == ("404", "404.html")
    text = (ROOT / "book" / "_templates" / template).read_text(encoding="utf-8")
    page = BeautifulSoup(text, "html.parser")
    assert all(str(tag["href"]).startswith("{{ way }}") for tag in page.select("[href]"))
    assert context == {"way": ADDRESS}
