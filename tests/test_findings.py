"""Findings say what they rest on; the register is whole; machines and readers get the same."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest

from analysis import register
from analysis.findings import GRADES, Finding
from analysis.precision import Interval

BASE: dict[str, Any] = {
    "finding_id": "a-finding", "chapter": "stock", "title": "A title", "sentence": "A sentence.",
    "value": 1.0, "unit": "States", "date": "2003", "method": "by hand", "grade": "reproduced",
    "statements": ("world-migrant-stock-2000-a-58-98",),
}  # fmt: skip


def finding(**changes: Any) -> Finding:
    return Finding(**{**BASE, **changes})


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (46.0, "46 States"),
        (None, "–"),
        (Interval(174.5e6, 175.5e6), "174.5 million to 175.5 million States"),
        (Interval(0.126, 0.89), "0.126 to 0.89 States"),
        (Interval(2, 2), "2 States"),
        (Interval(101, math.inf, hi_closed=False), "101 or more States"),
        (-2.5, "−2.5 States"),
        (1234.5, "1,234 States"),
    ],
)
def test_a_value_is_shown_with_its_unit(value: float | Interval | None, shown: str) -> None:
    assert finding(value=value).shown == shown


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
    record = finding(value=Interval(101, math.inf, hi_closed=False)).as_record()
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
        assert f.statements or f.records or f.chapter in {"audit", "timeline", "mechanisms"}


def test_the_json_is_the_register() -> None:
    records = json.loads(register.as_json())
    assert [r["finding_id"] for r in records] == [f.finding_id for f in register.findings()]
    assert len(register.table()) == len(records)
