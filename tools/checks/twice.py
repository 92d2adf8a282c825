"""Values of the record that two sources give, and facts that say a thing in two ways."""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Iterator

import pandas as pd

from analysis.days import period
from analysis.tables import describe, load, names
from tools.checks.declared import words
from tools.verify.problems import problem

SECOND, MATCHES = "second_sources", "matches"
FACTS, MEETINGS = "public_facts", "meeting_participation"
ACTIONS, AGAIN = "treaty_actions", "treaty_actions_b"
# Events that facts of a subject are about, by the letter with which their ids begin.
SUBJECTS = {"h": "high-level dialogues", "g": "GRCP", "r": "resolutions"}
# Numbers that the facts write in words.
NUMERALS = {
    "first": "1", "three": "3", "four": "4", "six": "6", "seven": "7", "eight": "8", "twelve": "12",
    "thirty": "30", "thirtieth": "30", "ninetieth": "90",
}  # fmt: skip


def second_sources_agree() -> Iterator[str]:
    """A value that a second source has, or that was read a second time, is the same."""
    yield from _agree(SECOND, "by the second source of {}: {}")


def matches_agree() -> Iterator[str]:
    """An answer is the one that another reader matched; of a matched field each has one."""
    yield from _agree(MATCHES, "as another reader matched it, in {}")
    rows = load(MATCHES)
    for (name, field), own in rows.groupby(["table", "field"]):
        if name in names() and field in (answers := load(str(name))):
            keys = _keys(str(name), answers)
            for key in keys[answers[field].notna() & ~keys.isin(own["key"])]:
                last = own["key"].iloc[-1]
                yield problem(MATCHES, int(own.index[-1]), "key", last, f"also a row for {key}")


def _agree(name: str, told: str) -> Iterator[str]:
    """What a table says of values in other tables: `table`, `key`, `field`, `value`."""
    known = set(names())
    for table, own in load(name).groupby("table", sort=False):
        if table not in known:
            yield problem(name, int(own.index[0]), "table", table, "a table of the package")
            continue
        rows = load(str(table)).reset_index(drop=True)
        at = {key: index for index, key in enumerate(_keys(str(table), rows))}
        for row in own.itertuples():
            if row.field not in rows or row.key not in at:
                field = "field" if row.key in at else "key"
                expected = f"the name of a row and field of {table}"
                yield problem(name, row.Index, field, getattr(row, field), expected)
                continue
            given = words(rows.at[at[row.key], row.field])
            if given != row.value:
                expected = f"{row.value}, {told.format(name, getattr(row, 'source', ''))}"
                yield problem(str(table), at[row.key], str(row.field), given, expected)


def _keys(name: str, rows: pd.DataFrame) -> pd.Series:
    """What names each row: its key, or the parts of it with a slash between them."""
    first, *others = describe(name)["schema"]["primaryKey"]
    keys = rows[first].astype(str)
    for other in others:
        keys += "/" + rows[other].astype(str)
    return keys


def actions_read_again() -> Iterator[str]:
    """An action on an instrument that was read again, in another copy or source, is the same."""
    first = load(ACTIONS).set_index("action_id")
    at = {str(name): index for index, name in enumerate(first.index)}
    again, last = load(AGAIN), -1
    for row in again.itertuples():
        if row.action_id not in at:  # The schema tells of it.
            continue
        index = at[str(row.action_id)]
        if index < last:
            told = f"an action after that of the row above, as in {ACTIONS}"
            yield problem(AGAIN, row.Index, "action_id", row.action_id, told)
        last = max(index, last)
        for field in ("action", "action_date", "signature_date"):
            given, expected = (words(v) for v in (first[field].iloc[index], getattr(row, field)))
            if given != expected:
                told = f"{expected}, as read again: {row.source}"
                yield problem(ACTIONS, index, field, given, told)


def facts_tell_their_values() -> Iterator[str]:
    """The numbers and words of a value stand in the fact, as numerals or in words."""
    for row in load(FACTS).itertuples():
        told = _numerals(" ".join(words(each) for each in (row.fact, row.source, row.note)))
        for part in re.findall(r"\d+(?:\.\d+)?|[A-Za-z]{3,}", _numerals(str(row.value))):
            if not re.search(_stem(part), told):
                expected = f"what the fact says; it has no {part}"
                yield problem(FACTS, row.Index, "value", row.value, expected)
                break


def _stem(part: str) -> str:
    """A pattern for a number as a whole, or for a word in any of its forms."""
    if part.isalpha():
        return rf"(?<![\w.]){part[: max(3, len(part) - 3)]}"
    return rf"(?<!\d){re.escape(part)}(?![.\d]\d)"


def _numerals(text: str) -> str:
    """A text with its dates and number words as numerals, in lower case."""
    text = re.sub(
        r"(\d{4})-(\d{2})-(\d{2})",
        lambda m: f"{int(m[3])} {month_name[int(m[2])]} {m[1]}" if 1 <= int(m[2]) <= 12 else m[0],
        text,
    )
    text = re.sub(r"\b[A-Za-z]+\b", lambda m: NUMERALS.get(m[0].lower(), m[0]), text)
    return text.lower()


def facts_tell_their_dates() -> Iterator[str]:
    """The date of a fact is told by its words or source, or is that of what it is about.

    That is the day of an event of its subject, or the adoption of the instrument whose article it
    gives. A fact without a date says that its source has none.
    """
    events = load("events")
    adopted = {words(day) for day in load("instruments")["adopted"]}
    for row in load(FACTS).itertuples():
        told = " ".join(words(each) for each in (row.fact, row.source, row.address, row.note))
        if pd.isna(row.date):
            if "ndated" not in words(row.note):
                expected = "a date, or a note that the source is undated"
                yield problem(FACTS, row.Index, "date", None, expected)
            continue
        own = events[events["lane"] == SUBJECTS.get(str(row.fact_id)[0])]
        fields = ("date", "date_end") if re.search("[Cc]los", told) else ("date",)
        days = {words(day) for field in fields for day in own[field].dropna()}
        days |= adopted if re.match(r"t\d", str(row.fact_id)) else set()
        months = {day[:7] for day in days}
        if row.date in days | months:
            continue
        if not re.match(r"(between )?[12]\d{3}\b", row.date):
            yield problem(FACTS, row.Index, "date", row.date, "a date, with its year first")
        for date in re.findall(r"\d{4}(?:-\d{2}(?!\d)){0,2}", row.date):
            if missing := [part for part in _parts(date) if not re.search(part, told)]:
                expected = f"a date that the fact, its source or its note tells; none has {missing}"
                yield problem(FACTS, row.Index, "date", row.date, expected)
                break


def facts_in_their_order() -> Iterator[str]:
    """Facts of a subject are numbered from one."""
    last = ("", 0)
    for row in load(FACTS).itertuples():
        letter, number = str(row.fact_id)[0], int(str(row.fact_id).partition("-")[0][1:])
        expected = last[1] + 1 if letter == last[0] else 1
        if number != expected:
            told = f"{letter}{expected} and a short name, the next of its subject"
            yield problem(FACTS, row.Index, "fact_id", row.fact_id, told)
        last = (letter, number)


def _parts(date: str) -> Iterator[str]:
    """Patterns for the year, month and day of a partial date, in words or numerals."""
    try:
        first = period(date).first
    except ValueError:
        yield re.escape(date)
        return
    yield f"{first.year}"
    if len(date) > 4:
        yield f"{first:%b}|{date}|{date[:4]}/?{date[5:7]}"
    if len(date) > 7:
        yield rf"\b0?{first.day}\b|{date}|{date[:4]}/?{date[5:7]}{date[8:]}"


def participants_that_others_counted() -> Iterator[str]:
    """A number of participants is told by a fact, a page or a statement on the same meeting."""
    ledger, facts = load("statements"), load(FACTS)
    for row in load(MEETINGS).itertuples():
        year = {"GRCP 7": "2017"}.get(str(row.meeting), str(row.meeting)[-4:])
        own = facts[facts["date"].fillna("").str.startswith(year)]
        texts = [*own[["fact", "value"]].fillna("").agg(" ".join, axis=1),
                 *load("public_pages")["says"]]  # fmt: skip
        nouns = [w.rstrip("s") for w in re.findall(r"[A-Za-z]{6,}", _counted(row.counted))]
        # The number with what it counts, a few words apart and in one clause.
        number = rf"(?<!\d){row.value:g}(?!\d)(?: [^\s;,.]+){{0,4}}? [^\s;,.]*(?:{'|'.join(nouns)})"
        same = ledger[ledger["value"] == row.value]["quantity_id"]
        own_id = row.participation_id.replace("-", "")
        stated = any(own_id.startswith(name.replace("-", "")) for name in same)
        if not stated and not any(re.search(number, text, re.I) for text in texts):
            told = f"a number of {row.counted} that a fact, a page or a statement has"
            yield problem(MEETINGS, row.Index, "value", row.value, told)


def _counted(what: str) -> str:
    """What was counted, without what is said of it."""
    return re.split(" (?:that|with|persuaded) ", what)[0]


CHECKS = (
    second_sources_agree, matches_agree, actions_read_again, facts_tell_their_values,
    facts_tell_their_dates, facts_in_their_order, participants_that_others_counted,
)  # fmt: skip
