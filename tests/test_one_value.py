"""One quantity has one value, whichever page states it.

What this can see: two pages whose prose, captions or findings put different numbers, and none in
common, before the same words ("four plenary meetings" and "two plenary meetings"); two findings on
the same statements, in the same unit, at the same date; a verdict on two statements that the audit
and the timeline both give; a count in an event's words that neither its document nor its record
has. What it cannot see: the same quantity in other words, and numbers before a bare unit ("47
Governments", "per cent"), which stands for many quantities.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pandas as pd
import pytest

from analysis import register
from analysis.audit.pairs import pairs
from analysis.exhibits import MIME
from analysis.precision import WORDS, as_interval
from analysis.tables import load
from analysis.timeline.events import changed_from_proposal, machinery
from tools.exhibits import in_notebook

ROOT = Path(__file__).resolve().parent.parent
NUMBER = re.compile(rf"(?<![\w./–-])(\d[\d,]*|{'|'.join(WORDS)})((?: [A-Za-z’-]+)+)", re.IGNORECASE)
# A run of words ends before these: what follows is no longer the name of what is counted.
LINKS = set(
    "a an and are as at be by can cannot did do does for from had has have if in into is it its "
    "made make more most no not of on or other others our that the their them they this to was "
    "were when which who with would per".split()
)
BARE = {"member states", "per cent"}
# A number with a superlative is how many a page chose to list.
CHOSEN = {"largest", "smallest", "first", "last", "widest"}
MONTHS = set(
    "january february march april may june july august september october november december".split()
)


def counted(text: str) -> Iterator[tuple[str, float]]:
    """The numbers of a text, each with the words that say what is counted, two at least."""
    plain = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", text)
    for number, words in NUMBER.findall(plain):
        run = []
        for word in words.lower().split():
            if word in LINKS:
                break
            run.append(word)
        name = " ".join(run[:3])
        if len(run) > 1 and run[0] not in MONTHS | CHOSEN and name not in BARE:
            value = WORDS.get(number.lower())
            yield name, float(number.replace(",", "")) if value is None else float(value)


def differences(pages: dict[str, str]) -> set[tuple[str, str, str]]:
    """What two pages count differently: the words and both pages; no number in common."""
    found: dict[str, dict[str, set[float]]] = {}
    for page, text in pages.items():
        for name, value in counted(text):
            found.setdefault(name, {}).setdefault(page, set()).add(value)
    return {
        (name, one, other)
        for name, values in found.items()
        for one, other in combinations(sorted(values), 2)
        if values[one].isdisjoint(values[other])
    }


def published() -> dict[str, str]:
    """The prose and captions of every page, and the findings of every chapter."""
    pages = {path.name: path.read_text("utf-8") for path in (ROOT / "book").glob("*.md")}
    pages["README.md"] = (ROOT / "README.md").read_text("utf-8")
    for path in (ROOT / "book").glob("*.ipynb"):
        cells = json.loads(path.read_text("utf-8"))["cells"]
        shown = [cell["source"] for cell in cells if cell["cell_type"] == "markdown"]
        outputs = [output for cell in cells for output in cell.get("outputs", ())]
        shown += [output.get("data", {}).get("text/markdown", "") for output in outputs]
        bundles = [bundle[MIME] for bundle in in_notebook(path)]
        captions = [
            f"{bundle['title']}. {bundle.get('subtitle', '')} {bundle.get('notes', '')}"
            for bundle in bundles
        ]
        pages[path.name] = "\n\n".join(["".join(part) for part in shown] + captions)
    for chapter in register.CHAPTERS:
        sentences = [f.sentence for f in register.findings() if f.chapter == chapter]
        pages[f"findings of {chapter}"] = "\n\n".join(sentences)
    return pages


def test_two_pages_with_another_number_of_the_same_thing_are_found() -> None:
    pages = {
        "one": "The decision was for [four](ledger.md#x) plenary meetings in 2006.",
        "two": "It had 2 plenary meetings, as proposed, and four round tables.",
        "three": "Four plenary meetings and 4 round tables were held.",
    }
    assert differences(pages) == {
        ("plenary meetings", "one", "two"), ("plenary meetings", "three", "two"),
    }  # fmt: skip
    assert differences({"one": "47 Governments answered", "two": "16 Governments support"}) == set()


def test_no_two_pages_count_the_same_thing_differently() -> None:
    pages = published()
    assert sum(len(list(counted(text))) for text in pages.values()) > 50
    assert differences(pages) == set()


def test_findings_on_the_same_statements_have_the_same_value() -> None:
    """Of the same unit and date; a narrower interval may lie within a wider one."""
    for one, other in combinations(register.findings(), 2):
        same = (one.unit, one.date, set(one.statements)) == (
            other.unit, other.date, set(other.statements),
        )  # fmt: skip
        if same and one.statements and None not in (one.value, other.value):
            a, b = as_interval(one.value or 0), as_interval(other.value or 0)
            assert a.meets(b), (one.finding_id, other.finding_id)


def test_the_audit_and_the_timeline_agree_on_what_the_decision_changed() -> None:
    outcome = pairs().set_index(["first", "second"])["outcome"]
    rows = list(changed_from_proposal().itertuples())
    assert rows
    for row in rows:
        sides = (row.proposed, row.decided)
        pair = sides if sides in outcome.index else sides[::-1]
        assert (outcome[pair] == "conflict") is not row.compatible, row.quantity
    listed = load("discrepancies").dropna(subset=["statement_a", "statement_b"])
    kinds = listed.set_index(["statement_a", "statement_b"])["class"]
    for row in rows:
        assert (kinds[(row.proposed, row.decided)] == "none") == row.compatible, row.quantity


# Symbols and numbers of resolutions, years and days, names with a number; "one" as a pronoun.
DAY = rf"\d+ (?:{'|'.join(month.capitalize() for month in MONTHS)})"
NO_COUNT = re.compile(
    rf"[A-Z]*[\w./-]*\d+/[\w.-]+|\b[12]\d{{3}}\b|{DAY}|(?:GRCP|Revision|Cairo \+) \d|\b[Oo]ne\b"
)


def numbers(text: object) -> set[float]:
    """The counts in a text, in digits or words."""
    found = re.findall(rf"\b(\d+|{'|'.join(WORDS)})\b", NO_COUNT.sub(" ", str(text)), re.IGNORECASE)
    return {float(WORDS.get(number.lower(), number)) for number in found}


@pytest.mark.parametrize("event", load("events").to_dict("records"), ids=lambda e: e["event_id"])
def test_a_count_in_an_event_has_a_source(event: dict[str, object]) -> None:
    """In its document, as a statement or a list; in its record; in the discrepancy it names."""
    ledger, lists = load("statements"), load("list_items")
    record = load("dates").set_index("event_id")["event"]
    disputed = load("discrepancies").set_index("discrepancy_id")[["reading_a", "reading_b"]]
    known = set(ledger.loc[ledger["document_id"] == event["document_id"], "value"])
    own = lists[lists["document_id"] == event["document_id"]]
    known |= set(own.groupby("list_id").size())
    known |= numbers(record.get(event["record_key"], ""))
    if not pd.isna(event["disputed"]):
        known |= numbers(" ".join(disputed.loc[event["disputed"]]))
    assert numbers(f"{event['title']}. {event['description']}") <= known


def test_the_size_of_a_body_is_the_same_in_the_timeline_and_in_the_record() -> None:
    """18 and 19 commissioners, 15 entities beside IOM: by the dates that the record has."""
    record = load("dates").set_index("event_id")
    rows = machinery().set_index("statement_id")
    assert rows.loc["gcim-commissioners-2004-a-59-325", ["value", "reference_date"]].tolist() == [
        18, record.at["gcim-commissioners-2004", "date"][:4],
    ]  # fmt: skip
    assert rows.loc["gcim-commissioners-2005-hld-slides", ["value", "reference_date"]].tolist() == [
        19, record.at["gcim-report", "date"][:4],
    ]  # fmt: skip
    group = rows.loc["gmg-un-entities-hld-page"]
    assert group["reference_date"] == record.at["gmg-membership-2013", "date"][:4]
    assert group["value"] in numbers(record.at["gmg-membership-2013", "event"])
