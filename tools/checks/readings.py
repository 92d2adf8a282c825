"""The readings of the documents: each table against the two readings that it was made of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from analysis.preferences import twice
from analysis.readings import COMPARED, compare, paired
from analysis.tables import load
from tools.checks.declared import words
from tools.verify.problems import problem

DIFFERENCES, LEDGER = "differences", "statements"
AGENDA = ("theme", "second_theme", "boundary")
ANSWERS = "preference_answers"
# What an answer by each document is; whatever is neither proposal nor decision tells what was held.
STAGES = {"A/60/205": "proposed", "A/RES/60/227": "decided"}


def _text(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.astype("string").fillna("")


def rows_of_the_readings() -> Iterator[str]:
    """Every row of a reading is a statement of the ledger, or left out of it for a reason."""
    ledger, listed = set(load(LEDGER)["statement_id"]), load(DIFFERENCES)
    alone = listed[listed["field"] == "statement"]
    for name in ("reading_a", "reading_b"):
        rows = load(name)
        out = rows[rows["statement_id"].isna()]
        reasons = set(alone[alone["statement_id"].isna()][name].dropna())
        for row in out[~out["reading_id"].isin(reasons)].itertuples():
            told = f"a statement of the ledger, or a row of {DIFFERENCES} that leaves it out"
            yield problem(name, row.Index, "statement_id", None, told)
        for row in out.dropna(subset="reference_date").itertuples():
            told = "nothing; of a row that was left out the reason tells the date"
            yield problem(name, row.Index, "reference_date", row.reference_date, told)
        for reading in sorted(reasons - set(out["reading_id"])):
            at = int(alone.index[alone[name] == reading][0])
            yield problem(
                DIFFERENCES, at, name, reading, "a row that is no statement of the ledger"
            )
        missing = ledger - set(rows["statement_id"].dropna())
        without = set(alone[alone[name].isna()]["statement_id"].dropna())
        for statement in sorted(missing ^ without):
            at = int(rows.index[-1])
            told = f"a row for {statement}, or a row of {DIFFERENCES} without it"
            yield problem(name, at, "statement_id", statement, told)
        known = rows.set_index("reading_id")["statement_id"]
        for row in listed.dropna(subset=name).itertuples():
            own = known.get(getattr(row, name))
            side = f"value_{name[-1]}"
            read = rows.set_index("reading_id")["phrase"].get(getattr(row, name))
            if row.field == "statement" and words(getattr(row, side)) != read:
                told = f"{read}, the phrase of {getattr(row, name)}"
                yield problem(DIFFERENCES, row.Index, side, getattr(row, side), told)
            if pd.notna(own) and own != row.statement_id:
                told = f"{own}, of {getattr(row, name)}"
                yield problem(DIFFERENCES, row.Index, "statement_id", row.statement_id, told)
        # Rows of one reading are numbered in the order of the document.
        twice_read = rows["statement_id"].dropna()
        for index in twice_read.index[twice_read.duplicated()]:
            yield problem(
                name, int(index), "statement_id", twice_read[index], "each statement once"
            )


def differences_of_the_readings() -> Iterator[str]:
    """The differences listed are those between the two readings, no more and no fewer."""
    key = ["statement_id", "field", "value_a", "value_b"]
    listed = load(DIFFERENCES)
    fields = listed[listed["field"] != "statement"]
    fields = fields[fields["value_a"].fillna("") != fields["value_b"].fillna("")]
    told = set(_text(fields[key]).itertuples(index=False, name=None))
    compared = compare(load("reading_a"), load("reading_b"))[key].astype(str)
    found = set(compared.itertuples(index=False, name=None))
    for each in sorted(told - found):
        at = int(fields.index[_text(fields[key]).apply(tuple, axis=1) == each][0])
        yield problem(DIFFERENCES, at, each[1], f"{each[2]} | {each[3]}",
                      f"what the readings have for {each[0]}")  # fmt: skip
    for each in sorted(found - told):
        rows = load("reading_a")
        at = int(rows.index[rows["statement_id"] == each[0]][0])
        told_of = f"{each[3] or 'nothing'}, as reading B, or a row of {DIFFERENCES}"
        yield problem("reading_a", at, each[1], each[2], told_of)


def resolutions_of_the_ledger() -> Iterator[str]:
    """What was resolved stands in the ledger; what both readings have stands there unless told."""
    ledger, listed = load(LEDGER), load(DIFFERENCES)
    entries = ledger.set_index("statement_id")
    for row in listed[listed["field"] == "statement"].itertuples():
        # One reading has a statement here and the other has none.
        having, lacking = ("A", "B") if pd.notna(row.reading_a) else ("B", "A")
        kept = having if pd.notna(row.statement_id) else lacking
        if row.kept != kept:
            told = f"{kept}, as the ledger has {'it' if kept == having else 'no such statement'}"
            yield problem(DIFFERENCES, row.Index, "kept", row.kept, told)
    for row in _text(listed[listed["field"] != "statement"]).itertuples():
        if row.statement_id not in entries.index or row.field not in entries:
            continue
        entry = entries.at[row.statement_id, row.field]
        if row.resolved != ("" if pd.isna(entry) else str(entry)):
            told = f"{words(entry)}, the {row.field} of {row.statement_id}"
            yield problem(DIFFERENCES, int(str(row.Index)), "resolved", row.resolved, told)
        chosen = {"A": row.value_a, "B": row.value_b}.get(str(row.kept), row.resolved)
        if chosen != row.resolved or (
            row.kept == "neither" and row.resolved in {row.value_a, row.value_b} - {""}
            and row.value_a != row.value_b
        ):  # fmt: skip
            told = "the side that has what was resolved"
            yield problem(DIFFERENCES, int(str(row.Index)), "kept", row.kept, told)
    both = paired(load("reading_a"), load("reading_b")).merge(ledger, on="statement_id")
    same = listed[listed["value_a"].fillna("") == listed["value_b"].fillna("")]
    allowed = set(zip(same["statement_id"], same["field"], strict=True))
    at = {str(name): int(index) for index, name in ledger["statement_id"].items()}
    for field in COMPARED:
        a, b, kept = (
            both[f].astype("string").fillna("") for f in (f"{field}_a", f"{field}_b", field)
        )
        off = (a == b) & (kept != a)
        for statement in both["statement_id"][off]:
            if (statement, field) not in allowed:
                read = a[both["statement_id"] == statement].iloc[0]
                told = f"{read or 'nothing'}, as both readings have"
                yield problem(LEDGER, at[str(statement)], field, entries.at[statement, field], told)
        apart = set(both["statement_id"][off])
        for row in same[same["field"] == field].itertuples():
            if row.statement_id not in apart:
                told = "a field in which the ledger departs from both readings"
                yield problem(DIFFERENCES, row.Index, "field", row.field, told)


def agenda_readings() -> Iterator[str]:
    """A topic is coded as both readings have it, or as the one that was kept."""
    items = _text(load("agenda_items"))
    sides = {s: _text(load(f"agenda_reading_{s}")).set_index("item_id") for s in "ab"}
    listed = _text(load("agenda_differences")).set_index("item_id")
    for name in ("agenda_items", "agenda_reading_a", "agenda_reading_b"):
        for row in _text(load(name)).itertuples():
            if (row.boundary == "doubtful") != bool(row.second_theme):
                told = "a second theme for a doubtful topic, and for no other"
                yield problem(name, int(str(row.Index)), "second_theme", row.second_theme, told)
            if row.theme == row.second_theme:
                yield problem(name, int(str(row.Index)), "second_theme", row.theme, "another theme")
    order = [str(item) for item in items["item_id"]]
    for side in "ab":
        own = [item for item in order if item in sides[side].index]
        for index, item in enumerate(sides[side].index):
            if index < len(own) and item != own[index]:
                yield problem(f"agenda_reading_{side}", index, "item_id", item, own[index])
    for index, item in enumerate(order):
        given = [
            tuple(sides[s].loc[item, list(AGENDA)]) if item in sides[s].index else ("", "", "")
            for s in "ab"
        ]
        entered = [
            tuple(listed.loc[item, [f"{c}_{s}" for c in AGENDA]]) if item in listed.index else None
            for s in "ab"
        ]
        if (given[0] != given[1]) != (item in listed.index):
            apart = next((n for n in range(3) if given[0][n] != given[1][n]), 0)
            told = f"{given[1][apart] or 'nothing'}, as B, or a difference listed"
            at = list(sides["a"].index).index(item) if item in sides["a"].index else index
            yield problem("agenda_reading_a", at, AGENDA[apart], given[0][apart], told)
        elif item in listed.index and entered != given:
            at = list(listed.index).index(item)
            for side, coded, read in zip("ab", entered, given, strict=True):
                for field, entry, theme in zip(AGENDA, coded or (), read, strict=bool(coded)):
                    if entry != theme:
                        told = f"{theme or 'nothing'}, as read"
                        yield problem("agenda_differences", at, f"{field}_{side}", entry, told)
        kept = listed.at[item, "kept"] if item in listed.index else "A"
        chosen = given[0] if kept == "A" else given[1]
        for field, read in zip(AGENDA, chosen, strict=True):
            if items.at[index, field] != read:
                told = f"{read or 'nothing'}, as reading {kept} has"
                yield problem("agenda_items", index, field, items.at[index, field], told)
    for name in ("agenda_reading_a", "agenda_reading_b", "agenda_differences"):
        known = _text(load(name))["item_id"]
        for index in known.index[~known.isin(order)]:
            yield problem(name, int(index), "item_id", known[index], "a topic of agenda_items")


def agenda_lists() -> Iterator[str]:
    """Elements and recommendations are the topics of two agendas, by letter and number."""
    items = load("agenda_items")
    letters = set(items[items["agenda"] == "listed-2016"]["part"])
    for index, letter in load("compact_elements")["letter"].items():
        if letter not in letters:
            yield problem(
                "compact_elements", int(index), "letter", letter, "a part of agenda_items"
            )
    report = load("recommendations").query("source_list == 'report, section 3'")
    groups = {"inclusion": "priority", "follow-up": "follow-up"}
    parts = {f"{groups[r.recommendation_group]}-{r.number}" for r in report.itertuples()}
    rows = items[items["agenda"].isin(("listed-2016", "recommended-2017"))]
    elements = set(load("compact_elements")["letter"])
    for row in rows.itertuples():
        if row.part not in (elements if row.agenda == "listed-2016" else parts):
            yield problem(
                "agenda_items", row.Index, "part", row.part, "a letter, or a recommendation"
            )
    for row in report.itertuples():
        part = f"{groups[row.recommendation_group]}-{row.number}"
        if part not in set(rows["part"]):
            yield problem(
                "recommendations", row.Index, "number", row.number, "a topic of agenda_items"
            )


def preference_readings() -> Iterator[str]:
    """A wish is coded as both readings have it, or as the one that was kept."""
    final = _text(load("preferences"))
    sides = {s: _text(load(f"preferences_{s}")) for s in "ab"}
    listed = _text(load("preference_differences"))
    told = {(r.preference_id, r.field): r for r in listed.itertuples()}
    ranks: dict[str, int] = {}
    for index, row in enumerate(final.to_dict("records")):
        wish = row["preference_id"]
        stem = f"{row['subject']}-{row['place'].removeprefix('para. ')}"
        ranks[stem] = ranks.get(stem, 0) + 1
        if wish != f"{stem}-{ranks[stem]}":
            yield problem("preferences", index, "preference_id", wish, f"{stem}-{ranks[stem]}")
        for side, rows in sides.items():
            if index >= len(rows) or rows.at[index, "preference_id"] != wish:
                here = rows.at[index, "preference_id"] if index < len(rows) else ""
                yield problem(f"preferences_{side}", index, "preference_id", here, wish)
                return
        for field in twice.CODED:
            a, b = (sides[s].at[index, field] for s in "ab")
            entry = told.get((wish, field))
            if (a != b) != (entry is not None):
                told_of = f"{b or 'nothing'}, as B, or a difference listed"
                yield problem("preferences_a", index, field, a, told_of)
            elif entry is not None and (entry.value_a, entry.value_b) != (a, b):
                at = int(str(entry.Index))
                side = "value_a" if entry.value_a != a else "value_b"
                read = a if side == "value_a" else b
                told_of = f"{read or 'nothing'}, as read"
                yield problem("preference_differences", at, side, getattr(entry, side), told_of)
            expected = a if entry is None else {"A": a, "B": b}.get(str(entry.kept), a)
            if row[field] != expected:
                yield problem("preferences", index, field, row[field], f"{expected}, as read")
            if entry is not None and entry.resolved != row[field]:
                yield problem("preference_differences", int(str(entry.Index)), "resolved",
                              entry.resolved, row[field])  # fmt: skip
        for field in ("wanted",):
            read = {sides[s].at[index, field] for s in "ab"}
            if row[field] not in read:
                yield problem("preferences", index, field, row[field], f"{min(read)}, as read")
    for index, key in enumerate(zip(listed["preference_id"], listed["field"], strict=True)):
        if key[1] not in twice.CODED or key[0] not in set(final["preference_id"]):
            yield problem(
                "preference_differences", index, "field", key[1], "a field that was coded"
            )


def ids_of_wishes_as_read() -> Iterator[str]:
    """A wish as first read is named by the subject and paragraph that the reader gave it."""
    counted: dict[str, int] = {}
    for row in load("preferences_a").itertuples():
        stem = f"a-{row.subject}-{str(row.place).removeprefix('para. ')}"
        counted[stem] = counted.get(stem, 0) + 1
        if row.reading_id != f"{stem}-{counted[stem]}":
            told = f"{stem}-{counted[stem]}, by its subject and paragraph"
            yield problem("preferences_a", row.Index, "reading_id", row.reading_id, told)


def rows_that_differ() -> Iterator[str]:
    """A difference names the row of either reading that has the statement."""
    for side in ("reading_a", "reading_b"):
        known = load(side).dropna(subset="statement_id").set_index("statement_id")["reading_id"]
        for row in load(DIFFERENCES).dropna(subset="statement_id").itertuples():
            expected, given = known.get(row.statement_id), getattr(row, side)
            if words(expected) != words(given):
                told = f"{words(expected)}, the row of {side} on {row.statement_id}"
                yield problem(DIFFERENCES, row.Index, side, given, told)


def preference_answer_readings() -> Iterator[str]:
    """An answer is read as both readings have it, or as resolved; it answers a part asked for."""
    parts = {
        r.preference_id: set(r.parts.split("; ")) for r in _text(load("preferences")).itertuples()
    }
    tables = {s: _text(load(f"{ANSWERS}{s}")) for s in ("", "_a", "_b")}
    values = {
        s: {r.answer_id: f"{r.reading}; {r.certainty}" for r in rows.itertuples()}
        for s, rows in tables.items()
    }
    as_read = {(r.answer_id, r.part) for side in ("_a", "_b") for r in tables[side].itertuples()}
    for side, rows in tables.items():
        for row in rows.itertuples():
            wish = row.preference_id or "not-asked"
            name, index = f"{ANSWERS}{side}", int(str(row.Index))
            if row.answer_id != f"{wish}-{row.part}-{row.stage}" and not (
                wish == "not-asked" and row.answer_id.startswith("not-asked-")
                and row.answer_id.endswith(f"-{row.stage}")
            ):  # fmt: skip
                told = f"{wish}-{row.part}-{row.stage}"
                yield problem(name, index, "answer_id", row.answer_id, told)
            if wish != "not-asked" and row.part not in parts.get(wish, set()):
                yield problem(name, index, "part", row.part, f"a part of {wish}")
            if side == "" and (row.answer_id, row.part) not in as_read:
                told = "the part that one of the readings has"
                yield problem(name, index, "part", row.part, told)
            if row.stage != STAGES.get(row.document_id, "held"):
                told = STAGES.get(row.document_id, "held")
                yield problem(name, index, "stage", row.stage, told)
            if side and not _named(row.reading_id, f"{side[1:]}-{row.answer_id}", row):
                told = f"{side[1:]}-{row.answer_id}"
                yield problem(name, index, "reading_id", row.reading_id, told)
    listed = _text(load("preference_answer_differences"))
    told_of = {r.answer_id: r for r in listed.itertuples()}
    ranks = {r.answer_id: int(str(r.Index)) for r in tables["_b"].itertuples()}
    last = -1
    for row in listed.itertuples():
        if ranks.get(row.answer_id, last) < last:
            told = "an answer after that of the row above, as in reading B"
            yield problem("preference_answer_differences", int(str(row.Index)), "answer_id",
                          row.answer_id, told)  # fmt: skip
        last = ranks.get(row.answer_id, last)
    final, a, b = values[""], values["_a"], values["_b"]
    for row in listed.itertuples():
        index, name = int(str(row.Index)), "preference_answer_differences"
        for field, given in (("value_a", a), ("value_b", b), ("resolved", final)):
            if getattr(row, field) != given.get(row.answer_id, ""):
                told = given.get(row.answer_id, "") or "nothing"
                yield problem(name, index, field, getattr(row, field), f"{told}, as read")
        sides = {"A": row.value_a, "B": row.value_b}
        if sides.get(row.kept, row.resolved) != row.resolved or (
            (row.kept == "neither") != (row.resolved not in sides.values())
        ):
            yield problem(name, index, "kept", row.kept, "the side that has what was resolved")
    for side in ("_a", "_b", ""):
        for row in tables[side].itertuples():
            one, other = a.get(row.answer_id, ""), b.get(row.answer_id, "")
            if one != other and row.answer_id not in told_of:
                told = f"the same as the other reading ({one or other}), or a difference listed"
                yield problem(f"{ANSWERS}{side}", int(str(row.Index)), "reading",
                              values[side][row.answer_id], told)  # fmt: skip
    for row in tables[""].itertuples():
        if row.answer_id not in told_of and values[""][row.answer_id] != a.get(row.answer_id):
            told = f"{a.get(row.answer_id, 'nothing')}, as both readings have"
            yield problem(ANSWERS, int(str(row.Index)), "reading", final[row.answer_id], told)
    quoted = {(r.answer_id, r.document_id, r.place, r.phrase)
              for s in ("_a", "_b") for r in tables[s].itertuples()}  # fmt: skip
    for row in tables[""].itertuples():
        read = (row.answer_id, row.document_id, row.place, row.phrase) in quoted
        if not read and row.preference_id:
            told = "document, place and phrase of one of the readings"
            yield problem(ANSWERS, int(str(row.Index)), "phrase", row.phrase, told)


def _named(reading: str, expected: str, row: Any) -> bool:
    """Whether a reading bears the name of its answer.

    Of an answer to no wish the readings may call the part by another word with its beginning.
    """
    if row.preference_id or reading == expected:
        return reading == expected
    beginning = len(expected) - len(row.answer_id) + len("not-asked-") + 5
    return reading.startswith(expected[:beginning]) and reading.endswith(f"-{row.stage}")


def parts_that_no_wish_named() -> Iterator[str]:
    """An answer to no wish has its part in its id, or the beginning of it."""
    for name in (ANSWERS, f"{ANSWERS}_a", f"{ANSWERS}_b"):
        rows = load(name)
        for row in rows[rows["preference_id"].isna()].itertuples():
            if str(row.part)[:6] not in row.answer_id:
                told = f"a part that {row.answer_id} names"
                yield problem(name, int(str(row.Index)), "part", row.part, told)


CHECKS = (
    parts_that_no_wish_named, rows_of_the_readings, differences_of_the_readings,
    resolutions_of_the_ledger, agenda_readings, agenda_lists,
    preference_readings, preference_answer_readings, ids_of_wishes_as_read, rows_that_differ,
)  # fmt: skip
