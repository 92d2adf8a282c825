"""Judgements of ours: each agrees with the words and rows that it was made of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pandas as pd

from analysis.audit import relations
from analysis.days import period
from analysis.statements import stated
from analysis.tables import load, names
from tools.checks.declared import words
from tools.verify.problems import problem

HEDGES, DAMAGE, REVIEW, GROUP = "hedges", "damage", "discrepancy_review", "group_of_77"
DISCREPANCIES, RELATIONS = "discrepancies", "relations"
JUDGED = {"class", "favours", "status", "gravity"}
# Disagreements that may be settled without a side being right.
OPEN = {"none", "superseded", "typing error"}
UNIT = "different date or unit"
PROPOSED = ("A/60/205", "A/RES/60/227")  # What the Secretary-General proposed, what was decided.
DATE = (
    r"\b[12]\d{3}\b|January|February|March|April|May|June|July|August|September|"
    r"October|November|December"
)
HALF, PAIR = 0.5, 2  # More than half are a majority; a plural is two at least.
# What the words that describe a damage begin with, by kind.
LOST_NUMERALS = re.compile(r"(?:The|Most) (?:days|years?|numbers?|paragraphs?|section and page)\b")
# How a review begins its reason where the text of the table was left as it was.
LEFT = "Not taken up: "


def hedges_by_their_words() -> Iterator[str]:
    """A hedge is a majority, a count, or a plural, as its reason says; nothing bounds it twice."""
    for row in load(HEDGES).itertuples():
        more, one = str(row.reason).startswith("More than half"), row.reason == "A count."
        expected = {
            "share_above": HALF if more else None,
            "at_least": None if more else (1 if one else PAIR),
            "at_most": 1 if one else None,
        }
        for field, value in expected.items():
            given = getattr(row, field)
            if (value is None) != pd.isna(given) or (value is not None and given != value):
                told = f"{words(value)}, by the reason: {row.reason}"
                yield problem(HEDGES, row.Index, field, given, told)
        if not re.search(rf"\b{row.hedge.replace('-', ' ')}\b", str(row.words)):
            yield problem(HEDGES, row.Index, "hedge", row.hedge, f"the hedge of “{row.words}”")
        vague = str(row.reason).startswith("A plural") and "exceptions" not in row.reason
        if row.understates_majority != vague:
            told = f"{str(vague).lower()}, by the reason: {row.reason}"
            yield problem(HEDGES, row.Index, "understates_majority", row.understates_majority, told)


def damage_by_its_words() -> Iterator[str]:
    """A damage is at the place of the words that show it, and of the kind that it describes."""
    for row in load(DAMAGE).itertuples():
        if pd.isna(row.place) != pd.isna(row.phrase):
            told = "a place with the words that show the damage, or neither"
            yield problem(DAMAGE, row.Index, "place", row.place, told)
        if row.kind != (expected := _kind(str(row.damage), pd.isna(row.place))):
            told = f"{expected}, by its description: {row.damage}"
            yield problem(DAMAGE, row.Index, "kind", row.kind, told)


def _kind(damage: str, whole: bool) -> str:
    """The kind of a damage by the words that describe it."""
    if LOST_NUMERALS.match(damage):
        return "numeral lost"
    if damage.startswith("Spaces"):
        return "words run together"
    if " run" in damage and "areas" in damage:
        return "columns run together"
    loose = whole and re.search(r"page break|without numbers or marks", damage)
    return "layout lost" if loose else "text lost"


def reviews_by_their_outcome() -> Iterator[str]:
    """A proposal on a field was applied or says why not; a new row was added, and has a field.

    What was applied stands in the field, unless a later change took its place.
    """
    rows = load("discrepancies").set_index("discrepancy_id")
    for row in load(REVIEW).itertuples():
        if row.field == "row":
            expected = "added"
        elif str(row.reason).startswith(LEFT):
            expected = "rejected"
        else:
            expected = "overtaken" if pd.isna(row.words) else "applied"
        if row.outcome != expected:
            told = f"{expected}, by its field, words and reason"
            yield problem(REVIEW, row.Index, "outcome", row.outcome, told)
        known = row.discrepancy_id in rows.index and row.field != "row"
        if not known or row.field not in rows:
            continue
        cell = words(rows.at[row.discrepancy_id, row.field])
        if not cell:
            told = f"a field that {row.discrepancy_id} fills"
            yield problem(REVIEW, row.Index, "field", row.field, told)
        elif pd.notna(row.words) and not _stands(str(row.words), str(row.field), cell):
            told = f"what stands in {row.field}: {cell[:60]}"
            yield problem(REVIEW, row.Index, "words", row.words, told)


def _stands(told: str, field: str, cell: str) -> bool:
    """Whether a judgement is the one that is told, or a text has the words."""
    return (
        told == cell
        if field in JUDGED
        else bool(re.search(rf"(?<!\w){re.escape(told)}(?!\w)", cell))
    )


def members_of_the_group_by_their_notes() -> Iterator[str]:
    """A State was a member where the note or its silence says so, and was none where it left."""
    for row in load(GROUP).itertuples():
        note = words(row.note)
        left = bool(re.match(r"Not in the list|Left in|A later list", note))
        unknown = "was not found" in note
        expected = None if unknown else not left
        if (expected is None) != pd.isna(row.member_2003) or (
            expected is not None and row.member_2003 != expected
        ):
            told = f"{words(expected).lower()}, by its note: {note}"
            yield problem(GROUP, row.Index, "member_2003", row.member_2003, told)


def discrepancies_tell_their_record() -> Iterator[str]:
    """What a discrepancy says has the day, number, name or page of the row of the record.

    One between documents rests on a row of the record where its evidence says so, and only there.
    """
    rows = load(DISCREPANCIES)
    for row in rows[rows["document_b"] != "record"].itertuples():
        said = bool(re.search(r"\b[Tt]he record\b", row.evidence))
        if said != pd.notna(row.record_b):
            expected = "a row of the record, which the evidence tells of" if said else (
                "nothing, as the evidence tells of no record"
            )  # fmt: skip
            yield problem(DISCREPANCIES, row.Index, "record_b", row.record_b, expected)
    for row in rows.dropna(subset="record_b").itertuples():
        table, _, key = str(row.record_b).partition("/")
        rows = load(table)
        own = rows[rows.iloc[:, 0].astype(str) == key]
        cells = (row.title, row.reading_a, row.reading_b, row.evidence, row.consequence)
        told = " ".join(words(cell) for cell in cells)
        if not key and table.partition("_")[2].rstrip("s") not in told and table not in told:
            expected = "a table of what the discrepancy tells, or a row of one"
            yield problem(DISCREPANCIES, row.Index, "record_b", row.record_b, expected)
        if own.empty:  # The whole table, or a key that another check tells of.
            continue
        if missing := [part for part in _told(table, own.iloc[0]) if part not in told]:
            expected = f"a row whose {', '.join(missing)} the discrepancy tells"
            yield problem(DISCREPANCIES, row.Index, "record_b", row.record_b, expected)


def _told(table: str, row: pd.Series) -> list[str]:
    """What a discrepancy that rests on a row of the record has to tell of it."""
    if table == "dates":
        first = period(row["date"]).first
        return [str(first.year), f"{first:%B}"]
    if table == "instruments":
        return [str(row["entry_into_force"].year)]
    named = {"public_pages": "page_id", "consultation_mechanisms": "mechanism",
             "un_members": "name", "treaty_totals": "parties",
             "un_membership_by_year": "member_states_end_of_year"}  # fmt: skip
    if table == "world_migrant_stock_by_revision":
        return [f"{row['millions']:.0f}"]
    return [str(row[named[table]])] if table in named else []


def classes_of_discrepancies() -> Iterator[str]:
    """The kind of a disagreement is one that its two sides and its status can have."""
    rows = load(DISCREPANCIES)
    damaged = set(load(DAMAGE)["document_id"])
    files = load("documents").set_index("document_id")["transcription"]
    damaged_files = set(files[files.index.isin(damaged)])
    for row in rows.itertuples():
        kind = rows["class"][row.Index]
        said = f"{row.reading_a} {words(row.reading_b)} {row.title}"
        held = {
            "damage in transcription": files.get(row.document_a) in damaged_files,
            "date convention": bool(re.search(DATE, said)),
            "anachronism": bool(re.search(DATE, f"{said} {row.evidence}")),
            "proposal and decision": row.document_b in ("A/RES/60/227", row.document_a),
            "none": row.gravity > 2,
        }
        decided = (row.document_a, row.document_b) == PROPOSED
        if not held.get(kind, True) or (decided and kind not in ("proposal and decision", "none")):
            told = f"another kind, for what is said of {row.document_a} and {row.document_b}"
            yield problem(DISCREPANCIES, row.Index, "class", kind, told)
        if row.favours == "neither" and row.status == "resolved" and kind not in OPEN:
            told = "a side, or unresolved, for a disagreement in substance"
            yield problem(DISCREPANCIES, row.Index, "favours", row.favours, told)
        if row.favours == "both" and row.status == "unresolved" and kind != UNIT:
            told = "resolved, where both sides hold"
            yield problem(DISCREPANCIES, row.Index, "status", row.status, told)


def assumptions_are_told() -> Iterator[str]:
    """A relation that assumes says what; one that is stated takes its figures of its document."""
    lists = load("list_items").groupby("list_id")["document_id"].agg(set).to_dict()
    for row in load(RELATIONS).itertuples():
        if row.basis == "assumed" and pd.isna(row.note):
            told = "stated, for a relation without a note on what it assumes"
            yield problem(RELATIONS, row.Index, "basis", row.basis, told)
        supposes = re.search(r"\bif\b", str(row.claim)) is not None
        if supposes != (row.basis == "assumed"):
            told = "assumed, for a claim with" if supposes else "stated, for a claim without"
            told += " an “if”"
            yield problem(RELATIONS, row.Index, "basis", row.basis, told)
        yield from _operands_of_their_kind(row)
        if row.kind == "duration":
            yield from _in_their_time(row)
        if row.basis != "stated" or pd.isna(row.statements):
            continue
        own = {stated(name).document_id for name in str(row.statements).split()}
        for operand in relations.operands({"operands": row.operands}):
            cited = re.search(r"list_id=([a-z0-9-]+)", operand)
            used = lists.get(cited[1], set()) if cited else _document(operand)
            if used and not used & own:
                told = f"figures of {', '.join(sorted(own))}; {operand} is of {', '.join(used)}"
                yield problem(RELATIONS, row.Index, "operands", row.operands, told)


def _operands_of_their_kind(row: Any) -> Iterator[str]:
    """A record is a number, a recount the rows of a table, a share a part and its whole."""
    own = relations.operands({"operands": row.operands})
    held = {
        "record": len(own) == 1 and own[0].isdigit(),
        "recount": len(own) == 1 and not own[0].isdigit() and "/" not in own[0].split("[")[0],
        "share": len(own) > 1,
        "sum": len(own) > 1,
    }
    counted = len(own) == 1 and re.split(r"[\[#]", own[0])[0] in names()
    checked = [] if pd.isna(row.statements) else str(row.statements).split()
    parts = any(stated(name).unit in ("per cent", "share") for name in checked)
    if (
        not held.get(str(row.kind), not own[0].isdigit() or "2006" in own[0] or "2018" in own[0])
        or (row.kind == "recount" and not counted)
        or (counted and row.kind not in ("recount", "at most"))
        or (parts and row.kind not in ("share", "whole-number share"))
        or (row.kind == "share" and not parts)
    ):
        told = f"another kind, for the operands {row.operands}"
        yield problem(RELATIONS, row.Index, "kind", row.kind, told)


def _in_their_time(row: Any) -> Iterator[str]:
    """The days that are counted lie in the time that the statements are about."""
    for name in str(row.statements).split():
        time = period(stated(name).reference_date)
        for days in relations.operands({"operands": row.operands}):
            if time.shared(period(days.replace("..", "/"))) <= 0:
                told = f"statements about {days}; {name} is about {stated(name).reference_date}"
                yield problem(RELATIONS, row.Index, "statements", row.statements, told)


def _document(operand: str) -> set[str]:
    try:
        return {stated(operand).document_id}
    except KeyError:  # An operand of the record, or a day.
        return set()


def levels_of_agendas() -> Iterator[str]:
    """A topic stands in the own list of an agenda or in its text; a heading comes before text."""
    name = "agenda_items"
    rows = load(name)
    for part, own in rows.groupby(["agenda", "part"], sort=False):
        seen = False
        for index, level in own["level"].items():
            if level == "heading" and seen:
                told = f"text, as the topic before it in {' '.join(part)}"
                yield problem(name, int(index), "level", level, told)
            seen = seen or level == "text"
    first = ~rows.duplicated(["agenda", "part"])
    for agenda, expected, where in (
        ("asked-2003", "text", True),
        ("decided-2005", "heading", True),
        ("listed-2016", "heading", True),
        ("proposed-2005", "heading", first),
        ("recommended-2017", "heading", first),
    ):
        own = rows[(rows["agenda"] == agenda) & where]
        for index in own.index[own["level"] != expected]:
            told = f"{expected}, as all of {agenda} or the first of each part"
            yield problem(name, int(index), "level", own["level"][index], told)


CHECKS = (
    hedges_by_their_words, damage_by_its_words, reviews_by_their_outcome,
    assumptions_are_told, discrepancies_tell_their_record, classes_of_discrepancies,
    members_of_the_group_by_their_notes, levels_of_agendas,
)  # fmt: skip
