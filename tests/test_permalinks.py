"""Addresses that readers may have kept: each place has a link to copy, and none is lost."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import pytest
import redirecting
from bs4 import BeautifulSoup

from analysis import markup, register
from tools.exhibits import exhibits
from tools.permalinks import listed, lost, offered, redirects

ROOT = Path(__file__).resolve().parent.parent


def ids(path: str, field: str) -> list[str]:
    with (ROOT / "data" / path).open(encoding="utf-8", newline="") as file:
        return [row[field] for row in csv.DictReader(file)]


@pytest.fixture(scope="module")
def there(site: Path) -> set[str]:
    return offered(site)


def test_no_address_of_the_last_release_is_lost(there: set[str]) -> None:
    assert list(lost(listed(), there, redirects())) == []


def test_every_place_that_readers_point_at_has_a_link(there: set[str]) -> None:
    keys = re.findall(r"^@\w+\{(\w+),", (ROOT / "book/references.bib").read_text("utf-8"), re.M)
    wanted = {f"{exhibit.docname}.html#{exhibit.exhibit_id}" for exhibit in exhibits(ROOT)}
    wanted |= {f"book/ledger.html#{i}" for i in ids("stated/statements.csv", "statement_id")}
    wanted |= {f"book/findings.html#{found.finding_id}" for found in register.findings()}
    wanted |= {f"book/audit.html#{i}" for i in ids("stated/discrepancies.csv", "discrepancy_id")}
    wanted |= {f"book/references.html#{key}" for key in keys}
    assert len(keys) > 5
    assert wanted - there == set()


def test_every_link_leads_to_a_place_of_its_page_and_has_a_name_of_its_own(
    chapters: dict[str, BeautifulSoup],
) -> None:
    for path, page in chapters.items():
        links = page.select("a.permalink")
        for link in links:
            assert page.find(id=str(link["href"]).removeprefix("#")) is not None, (path, link)
        names = [str(link["aria-label"]) for link in links]
        assert len(set(names)) == len(names), path
        assert not links or page.select_one("#copied[role=status]") is not None


def test_a_row_with_an_id_is_linked_to_and_others_are_not() -> None:
    fields, rows = [{"name": "What"}, {"name": "When"}], [["a & b", "2003"], ["", "2004"]]
    page = BeautifulSoup(markup.table(fields, rows, keys=["one", "two"]), "html.parser")
    assert [row["id"] for row in page.select("tbody tr")] == ["one", "two"]
    assert [link["href"] for link in page.select("tbody tr > :first-child > a")] == ["#one", "#two"]
    assert "permalink" not in markup.table(fields, rows)


HERE = {"book/a.html", "book/a.html#kept", "book/b.html", "book/b.html#moved"}


@pytest.mark.parametrize(
    ("released", "leads", "told"),
    [
        ("book/a.html#kept", {}, None),
        ("book/a.html#moved", {"book/a.html#moved": "book/b.html#moved"}, None),
        ("book/c.html", {"book/c.html": "book/b.html"}, None),
        # A page that moved takes its places with it.
        ("book/c.html#moved", {"book/c.html": "book/b.html"}, None),
        ("book/c.html#lost", {"book/c.html": "book/b.html"}, "released and gone"),
        ("book/a.html#gone", {}, "released and gone"),
        ("book/c.html", {}, "released and gone"),
        ("book/a.html", {"book/d.html": "book/e.html"}, "to: 'book/e.html'"),
        ("book/a.html", {"book/b.html": "book/a.html"}, "is still there"),
    ],
)
def test_what_is_lost_is_told(released: str, leads: dict[str, str], told: str | None) -> None:
    problems = list(lost([released], HERE, leads))
    assert len(problems) == (told is not None)
    assert all(str(told) in problem for problem in problems)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("old,new\n", "row 1: .*expected"),
        ("from,to\nbook/a.html\n", "row 2: .*expected: two addresses"),
        ("from,to\nbook/a.html,https://elsewhere.example\n", "row 2: .*expected: two addresses"),
        ("from,to\nbook/a.html,book/b.html\nbook/a.html,book/c.html\n", "row 3: .*already"),
    ],
)
def test_a_faulty_table_of_redirects_is_told(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "redirects.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=told):
        redirects(path)


def test_ways_from_former_addresses_start_at_their_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "redirects.csv"
    rows = ("from,to", "book/a.html#x,book/b.html#y", "book/a.html,book/deep/c.html", "book/d.html,"
            "book/b.html")  # fmt: skip
    path.write_text("\n".join(rows), encoding="utf-8")
    monkeypatch.setattr(redirecting, "REDIRECTS", path)
    assert redirecting.moved("book/a.html") == {"x": "b.html#y", "": "deep/c.html"}
    app: Any = None  # which is not asked
    assert [name for name, _, _ in redirecting._gone(app)] == ["book/a", "book/d"]


def test_what_the_errata_renamed_is_led_on(chapters: dict[str, BeautifulSoup]) -> None:
    """`ERRATA.md`, row "ids": a discrepancy has another name since 26 November 2026."""
    page = chapters["book/audit.html"]
    moved = page.select_one("script#moved")
    assert moved is not None
    assert '"icrmw-26-ratified-or-parties":"audit.html#icrmw-26-ratified-or-deposited"' in str(
        moved
    )
