"""Findings say what they rest on; the register is whole; machines and readers get the same."""

from __future__ import annotations

import csv
import importlib
import json
import math
import re
from pathlib import Path
from typing import Any

import pytest

from analysis import register
from analysis.days import period
from analysis.findings import GRADES, Claim, Finding
from analysis.precision import Interval, hull
from analysis.tables import PACKAGE, load

README = Path(__file__).resolve().parent.parent / "README.md"
BASE: dict[str, Any] = {
    "finding_id": "a-finding", "chapter": "stock", "title": "A title", "sentence": "A sentence.",
    "value": 1.0, "unit": "States", "date": "2003", "method": "by hand", "by": (),
    "grade": "reproduced", "statements": ("world-migrant-stock-2000-a-58-98",),
}  # fmt: skip


def finding(**changes: Any) -> Finding:
    return Finding(**{**BASE, **changes})


@pytest.mark.parametrize(
    ("change", "error", "told"),
    [
        ({"grade": "probable"}, ValueError, "probable"),
        ({"statements": ("no-such-row",)}, KeyError, "no-such-row"),
        ({"records": ("no_such_table",)}, ValueError, "no_such_table"),
        ({"title": "word " * 13}, ValueError, "a title of 13 words, not 1 to 12"),
        ({"sentence": "word " * 31}, ValueError, "a sentence of 31 words, not 1 to 30"),
        ({"sentence": ""}, ValueError, "a sentence of 0 words, not 1 to 30"),
    ],
)
def test_a_finding_on_nothing_or_too_long_to_quote_is_refused(
    change: dict[str, object], error: type[Exception], told: str
) -> None:
    with pytest.raises(error, match=told):
        finding(**change)


def test_an_open_end_is_null_for_machines() -> None:
    record = finding(value=Interval(101, math.inf)).as_record()
    assert (record["low"], record["high"]) == (101.0, None)
    assert record["outside"] is False
    assert finding(records=("un_members",)).as_record()["outside"] is True


def test_the_record_s_confidence_is_the_least_of_the_rows_used() -> None:
    """Of tables without rows named, all; tables of what documents state grade no row."""
    assert finding().confidence == ""
    assert finding(records=("documents",)).confidence == ""
    assert finding(records=("instruments",)).confidence == "high"
    assert finding(records=("world_population",)).confidence == "medium (world_population)"
    sure = load("world_population").query("confidence == 'high'")
    assert finding(records=("world_population",), rows={"world_population": sure}).confidence == (
        "high"
    )
    several = finding(records=("un_members", "treaty_actions", "instruments"))
    assert several.confidence == "low (treaty_actions); not stated (un_members)"
    assert several.as_record()["confidence"] == several.confidence
    with pytest.raises(ValueError, match="dates"):
        finding(records=("instruments",), rows={"dates": load("dates")})


def test_what_is_recorded_shows_its_confidence() -> None:
    """Column and JSON; recomputed from the files of the tables that a finding names whole."""
    worst: dict[str, str] = {}
    order = ("high", "medium", "low", "not stated")
    for path in (PACKAGE.parent / "record").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            cells = {row.get("confidence", "") for row in csv.DictReader(file)} - {""}
        if cells:
            worst[path.stem] = max(cells, key=order.index)
    records = {r["finding_id"]: r for r in json.loads(register.as_json())}
    for f in register.findings():
        assert records[f.finding_id]["confidence"] == f.confidence
        assert f.grade != "recorded" or f.confidence, f.finding_id
        for name in set(f.records) - f.rows.keys():
            shown = worst.get(name, "high") == "high" or name in f.confidence
            assert shown, f"{f.finding_id}: {name}"
    shown = register.readable("stock")["Confidence of the record"]
    assert "medium (world_population)" in shown.tolist()


def test_the_register_holds_every_chapter_and_few_for_the_front() -> None:
    found = register.findings()
    assert {f.chapter for f in found} == set(register.CHAPTERS)
    assert len({f.finding_id for f in found}) == len(found)
    assert 6 <= len(register.front()) <= 8
    assert {f.grade for f in found} == set(GRADES), "a grade that nothing carries is no grade"


def _words(text: str) -> int:
    """Words as a reader counts them: of a link its text."""
    return len(re.sub(r"\]\([^)]*\)", "", text).split())


def test_a_row_of_the_front_page_is_short_and_quotes_the_ledger() -> None:
    for f in register.front():
        assert f.front is not None
        assert _words(f.front.said) <= 12, f.front.said
        assert _words(f.front.instead) <= 25, f.front.instead
        for text in (f.front.said, f.front.instead):
            assert text.endswith("."), text
            assert not re.search(r"GRCP|A/\d+/\d+|Manski", text), text
        linked = re.findall(r"ledger\.md#([a-z0-9-]+)", f.front.said)
        assert linked, f.front.said
        assert set(linked) <= set(f.statements), "the claim is one that the finding tests"


def test_an_unknown_verdict_is_refused() -> None:
    with pytest.raises(ValueError, match="verdict 'perhaps' is not one of"):
        Claim("So many.", "perhaps", "So many.")


def test_every_chapter_answers_in_twenty_words() -> None:
    for chapter in register.CHAPTERS.values():
        answer = chapter.room.answer()
        assert answer.endswith("."), answer
        assert _words(answer) <= 20, answer


def test_the_readme_asks_the_questions_of_the_chapters() -> None:
    asked = re.findall(r"^\| (.+?) \| (.+\?) \|$", README.read_text(encoding="utf-8"), re.MULTILINE)
    assert asked == [(each.title, each.question) for each in register.CHAPTERS.values()]


def test_every_finding_has_a_sentence_a_method_and_a_basis() -> None:
    read = {"audit", "timeline", "mechanisms", "preferences"}  # from tables of their own
    for f in register.findings():
        assert f.sentence.endswith("."), f.finding_id
        assert f.title, f.finding_id
        assert f.method, f.finding_id
        assert "analysis" not in f.method, f.finding_id
        assert f.statements or f.records or f.chapter in read


def test_a_finding_is_named_dated_and_measured_by_the_rules() -> None:
    """Ids are kebab-case below their chapter's; dates are ISO 8601, two of them a span in order.

    A unit is one of the ledger, or words in small letters with the names of what they count.
    """
    schema = json.loads((PACKAGE.parent / "schemas/statements.json").read_text(encoding="utf-8"))
    (unit,) = (field for field in schema["fields"] if field["name"] == "unit")
    names = re.compile(r"Member States|Members|Governments")
    for f in register.findings():
        assert re.fullmatch(rf"{f.chapter}(-[a-z0-9]+)+", f.finding_id)
        first, _, last = f.date.partition("/")
        assert re.fullmatch(r"(19|20)\d\d(-\d\d){0,2}", first), f.finding_id
        assert not last or (period(first).first < period(last).first), f.finding_id
        own = f.unit in unit["constraints"]["enum"]
        assert own or re.fullmatch(r"[a-z’ ]*", names.sub("", f.unit)), f.finding_id


def test_a_text_of_a_finding_is_written_as_others_are() -> None:
    for f in register.findings():
        for text in (f.title, f.sentence, *filter(None, [f.detail])):
            first = text.removeprefix("“")[0]
            assert first.isupper() or first.isdigit(), text
            assert not text.isupper(), text
            assert not re.search(r"  |XX|\bnan\b|\b[a-z]+_[a-z_]+\b", text), text
        assert re.fullmatch(r"[^.]+", f.method), f.method
        assert f.method[0].islower() or f.method.split()[0].istitle(), f.method


def function(name: str) -> object:
    """What a dotted name below `analysis` stands for."""
    module, _, attribute = name.rpartition(".")
    return getattr(importlib.import_module(f"analysis.{module}"), attribute)


def test_every_method_names_functions_that_exist_where_it_says() -> None:
    found = register.findings()
    for f in found:
        for name, each in zip(f.computed_by, f.by, strict=True):
            assert function(name) is each, f"{f.finding_id}: {name}"
    # Two are read off the documents and compared, not computed.
    assert sum(not f.by for f in found) == 2


def test_readers_get_every_finding_with_value_and_unit() -> None:
    for chapter in register.CHAPTERS:
        own = [f for f in register.findings() if f.chapter == chapter]
        table = register.readable(chapter)
        assert table["Finding"].tolist() == [f.title for f in own]
        assert table["In full"].tolist() == [f.full for f in own]
        assert table["Value"].tolist() == [f.value for f in own]
        units = [None if f.value is None else f.unit for f in own]
        assert table["Unit"].astype(object).where(table["Unit"].notna(), None).tolist() == units
    assert register.by_grade()["Findings"].sum() == len(register.findings())


def test_a_method_is_shown_with_its_functions() -> None:
    with_function = finding(method="smallest interval", by=(hull,))
    assert with_function.how == "smallest interval (precision.hull)"
    assert with_function.as_record()["computed_by"] == ("precision.hull",)
    assert finding(method="reading", by=()).how == "reading"
    with pytest.raises(AttributeError):
        function("precision.no_such_function")


def test_the_json_is_the_register() -> None:
    records, found = json.loads(register.as_json()), register.findings()
    assert [r["finding_id"] for r in records] == [f.finding_id for f in found]
    assert len(register.table()) == len(records)
    assert [tuple(r["computed_by"]) for r in records] == [f.computed_by for f in found]
