"""Values of the record that two sources give, and facts that say a thing in two ways."""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Iterator

from analysis.days import period
from analysis.tables import describe, load, names
from tools.checks.declared import words
from tools.verify.problems import problem

SECOND, FACTS, MEETINGS = "second_sources", "public_facts", "meeting_participation"
# Numbers that the facts write in words.
NUMERALS = {
    "first": "1", "three": "3", "four": "4", "six": "6", "seven": "7", "eight": "8", "twelve": "12",
    "thirty": "30", "thirtieth": "30", "ninetieth": "90",
}  # fmt: skip


def second_sources_agree() -> Iterator[str]:
    """A value that a second source has, or that was read a second time, is the same."""
    known = set(names())
    for row in load(SECOND).itertuples():
        told = f"the name of a row and field of {row.table}"
        if row.table not in known:
            yield problem(SECOND, row.Index, "table", row.table, "a table of the package")
            continue
        rows = load(str(row.table)).reset_index(drop=True)
        own = rows.index[rows[_key(str(row.table))].astype(str) == row.key]
        if row.field not in rows or own.empty:
            field = "key" if own.empty else "field"
            yield problem(SECOND, row.Index, field, getattr(row, field), told)
            continue
        index = int(own[0])
        if (given := words(rows.at[index, row.field])) != row.value:
            expected = f"{row.value}, by the second source of {SECOND}: {row.source}"
            yield problem(str(row.table), index, str(row.field), given, expected)


def _key(name: str) -> str:
    return str(describe(name)["schema"]["primaryKey"][0])


def facts_tell_their_values() -> Iterator[str]:
    """The numbers and words of a value stand in the fact, as numerals or in words."""
    for row in load(FACTS).itertuples():
        told = _numerals(" ".join(words(each) for each in (row.fact, row.source, row.note)))
        for part in re.findall(r"\d+(?:\.\d+)?|[A-Za-z]{4,}", _numerals(str(row.value))):
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
    """The date of a fact is told by its words or source, or is the day of an event or text."""
    days = {
        words(day)
        for table, fields in (("events", ("date", "date_end")), ("dates", ("date",)),
                              ("instruments", ("adopted",)))
        for field in fields for day in load(table)[field].dropna()
    }  # fmt: skip
    for row in load(FACTS).dropna(subset="date").itertuples():
        told = " ".join(words(each) for each in (row.fact, row.source, row.address, row.note))
        if any(day.startswith(row.date) for day in days):
            continue
        if not re.search(r"\d{4}", row.date):
            yield problem(FACTS, row.Index, "date", row.date, "a date, with its year")
        for date in re.findall(r"\d{4}(?:-\d{2}(?!\d)){0,2}", row.date):
            if missing := [part for part in _parts(date) if not re.search(part, told)]:
                expected = f"a date that the fact, its source or its note tells; none has {missing}"
                yield problem(FACTS, row.Index, "date", row.date, expected)
                break


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
    ledger = load("statements")
    texts = [
        *load(FACTS)[["fact", "value"]].fillna("").agg(" ".join, axis=1),
        *load("public_pages")["says"],
    ]
    for row in load(MEETINGS).itertuples():
        nouns = [w.rstrip("s") for w in re.findall(r"[A-Za-z]{6,}", row.counted)]
        # The number with what it counts, in one clause.
        number = rf"(?<!\d){row.value:g}(?!\d)[^;,.]*?(?:{'|'.join(nouns)})"
        own = [text for text in texts if re.search(number, text)]
        stem = row.participation_id.partition("-20")[0].split("-")[0]
        stated = ledger[ledger["quantity_id"].str.startswith(stem) & (ledger["value"] == row.value)]
        if not own and not any(n in q for n in nouns for q in stated["quantity"]):
            told = f"a number of {row.counted} that a fact, a page or a statement has"
            yield problem(MEETINGS, row.Index, "value", row.value, told)


CHECKS = (
    second_sources_agree, facts_tell_their_values, facts_tell_their_dates,
    participants_that_others_counted,
)  # fmt: skip
