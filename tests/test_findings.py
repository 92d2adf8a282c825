"""Findings say what they rest on; the register is whole; machines and readers get the same."""

from __future__ import annotations

import importlib
import json
import math
from typing import Any

import pytest

from analysis import register
from analysis.findings import GRADES, Finding
from analysis.precision import Interval, hull

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
    ],
)
def test_a_finding_on_nothing_is_refused(
    change: dict[str, object], error: type[Exception], told: str
) -> None:
    with pytest.raises(error, match=told):
        finding(**change)


def test_an_open_end_is_null_for_machines() -> None:
    record = finding(value=Interval(101, math.inf)).as_record()
    assert (record["low"], record["high"]) == (101.0, None)
    assert record["outside"] is False
    assert finding(records=("un_members",)).as_record()["outside"] is True


def test_the_register_holds_every_chapter_and_few_for_the_front() -> None:
    found = register.findings()
    assert {f.chapter for f in found} == set(register.CHAPTERS)
    assert len({f.finding_id for f in found}) == len(found)
    assert 8 <= len(register.front()) <= 10
    assert {f.grade for f in found} == set(GRADES), "a grade that nothing carries is no grade"


def test_every_finding_has_a_sentence_a_method_and_a_basis() -> None:
    for f in register.findings():
        assert f.sentence.endswith("."), f.finding_id
        assert f.title, f.finding_id
        assert f.method, f.finding_id
        assert "analysis" not in f.method, f.finding_id
        assert f.statements or f.records or f.chapter in {"audit", "timeline", "mechanisms"}


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


def test_readers_get_every_finding_with_value_and_unit_or_a_dash() -> None:
    for chapter in register.CHAPTERS:
        own = [f for f in register.findings() if f.chapter == chapter]
        table = register.readable(chapter)
        assert table["Finding"].tolist() == [f.sentence for f in own]
        for value, f in zip(table["Value"], own, strict=True):
            assert value == "–" if f.value is None else value.endswith(f" {f.unit}")
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
