"""Dates and events: as precise as their source, in possible order, and alike in every table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd

from analysis.days import period
from analysis.statements import stated
from analysis.tables import describe, load, names
from tools.checks.declared import slug, words
from tools.verify.problems import problem

EVENTS, DOCUMENTS, ROUNDS = "events", "documents", "conference_survey_rounds"
# How ids of events begin, by lane.
LANES = {
    "resolution-": "resolutions", "ecosoc-": "resolutions", "report-": "reports",
    "survey-": "survey", "grcp-": "GRCP", "hld-": "high-level dialogues",
    "compact-": "global compact", "global-commission-": "commissions and groups",
    "global-forum-": "commissions and groups", "global-migration-group": "commissions and groups",
    "coordination-meeting-": "commissions and groups", "international-migration-report": "reports",
    "international-dialogue-": "commissions and groups",
    "budapest-process": "regional processes", "puebla-p": "regional processes",
    "manila-process": "regional processes", "bali-": "regional processes",
    "ece-": "regional processes",
}  # fmt: skip
# What the words of other events say of their lane: the first that fits; the rest is of a region.
LANES_BY_WORDS = (
    ("global compact", r"[Cc]ompact|New York Declaration|Modalities"),
    ("resolutions", r"[Rr]esolution \w*-?\d"),
    ("conventions", r"Migrant Workers"),
    ("high-level dialogues", r"Dialogue\b(?! on Migration)"),
    ("reports", r"\bReport\b|revision|Recommendations on"),
    ("commissions and groups",
     r"Commission|[Gg]roup|Special Representative|Forum|Programme\b(?! of)|task force"),
    ("regional processes", r""),
)  # fmt: skip
# What a symbol of the General Assembly names.
KINDS = {"ARES": "resolution", "A": "report of the Secretary-General"}
NOTES = 12  # No page has as many.
# Kinds whose places are found in a way of their own.
WAYS_OF_KINDS = {
    "introduction": "introduction", "resolution": "resolution", "meeting report": "pages",
}  # fmt: skip
LENGTH = {"year": 4, "month": 7, "day": 10}
MONTHS = ("January February March April May June July August September October November "
          "December").split()  # fmt: skip


def calendar_dates() -> Iterator[str]:
    """A date in text is one that the calendar has."""
    for name in names():
        rows = load(name)
        for field in _dated(name):
            for index, value in rows[field].dropna().items():
                if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
                    try:
                        date.fromisoformat(value)
                    except ValueError:
                        yield problem(name, int(index), field, value, "a day of the calendar")


def _dated(name: str) -> list[str]:
    fields = describe(name)["schema"]["fields"]
    return [f["name"] for f in fields if "\\d{4}" in f.get("constraints", {}).get("pattern", "")]


def dates_of_events() -> Iterator[str]:
    """An event is dated as precisely as it says, ends after it begins and cites its source."""
    rows = load(EVENTS)
    classes = load("discrepancies").set_index("discrepancy_id")["class"]
    for row in rows.itertuples():
        for field in ("date", "date_end"):
            value = getattr(row, field)
            if pd.notna(value) and len(value) != LENGTH[str(row.precision)]:
                told = f"a date to the {row.precision}"
                yield problem(EVENTS, row.Index, field, value, told)
        lasts = pd.notna(row.date_end)
        if lasts and row.date_end <= row.date:
            yield problem(EVENTS, row.Index, "date_end", row.date_end, f"after {row.date}")
            continue
        if pd.isna(row.document_id) and pd.isna(row.record_table):
            told = "a document, or a table of the record"
            yield problem(EVENTS, row.Index, "document_id", row.document_id, told)
        if pd.isna(row.record_table) != pd.isna(row.record_key):
            told = "table and key of the record together, or neither"
            yield problem(EVENTS, row.Index, "record_table", row.record_table, told)
        if pd.isna(row.document_id) != pd.isna(row.place):
            yield problem(EVENTS, row.Index, "place", row.place, "a place, with its document")
        if pd.notna(row.disputed) and classes.get(row.disputed) == "none":
            told = "a discrepancy that is more than apparent"
            yield problem(EVENTS, row.Index, "disputed", row.disputed, told)
        for year in re.findall(r"-((?:19|20)\d{2})(?:-|$)", str(row.event_id)):
            first, last = period(f"{row.date}/{row.date_end}" if lasts else row.date)
            if not first.year <= int(year) <= last.year + 1 and year not in row.title:
                yield problem(EVENTS, row.Index, "date", row.date, f"in {year}, as its id says")


def events_in_their_lanes() -> Iterator[str]:
    """What an id begins with, the record or else the words of an event say its lane."""
    for row in load(EVENTS).itertuples():
        lanes = {lane for start, lane in LANES.items() if str(row.event_id).startswith(start)}
        if words(row.record_table) == "instruments":
            lanes = {"conventions"}
        told = f"{row.title}. {row.description}"
        lanes = lanes or {next(lane for lane, said in LANES_BY_WORDS if re.search(said, told))}
        if row.lane not in lanes:
            expected = f"{' or '.join(sorted(lanes))}, by its id or words"
            yield problem(EVENTS, row.Index, "lane", row.lane, expected)


def events_to_come() -> Iterator[str]:
    """An event is planned where its document tells of it before its day, and only there."""
    documents = load(DOCUMENTS).set_index("document_id")
    for row in load(EVENTS).itertuples():
        known = pd.notna(row.document_id) and pd.isna(row.record_table) and not row.bounds
        told_on = documents["date_earliest"].get(row.document_id) if known else None
        ahead = told_on is not None and period(row.date)[0] > period(told_on)[0]
        # A note says so where another document reports that it was held.
        held = ahead and re.search(r"\bas held\b", words(row.source_note)) is not None
        if row.planned != (ahead and not held):
            told = ("false, for what its note has as held" if held else
                    "true, for a day after its document" if ahead else
                    "false, for a day before it")  # fmt: skip
            yield problem(EVENTS, row.Index, "planned", row.planned, told)
        between = row.lane == "reports" and pd.notna(row.date_end)
        if row.bounds != between:
            told = "true for a report that is dated between two days, and for nothing else"
            yield problem(EVENTS, row.Index, "bounds", row.bounds, told)
        if row.bounds and between:
            own = documents.loc[row.document_id]
            for field, bound in (("date", "date_earliest"), ("date_end", "date_latest")):
                if not words(own[bound]).startswith(words(getattr(row, field))):
                    told = f"{own[bound]}, the {bound} of the document"
                    yield problem(EVENTS, row.Index, field, getattr(row, field), told)


def events_in_dispute() -> Iterator[str]:
    """A discrepancy that an event names tells of its document or record, and is named by it."""
    table = load("discrepancies").set_index("discrepancy_id")
    serious = table[table["class"] != "none"]
    for row in load(EVENTS).itertuples():
        record = f"{row.record_table}/{row.record_key}"
        about = set(serious.index[serious["record_b"] == record])
        if pd.notna(row.disputed) and row.disputed in table.index:
            told = table.loc[row.disputed]
            documents = {told["document_a"], told["document_b"]}
            if row.document_id not in documents and row.disputed not in about:
                expected = f"a discrepancy about {row.document_id} or {record}"
                yield problem(EVENTS, row.Index, "disputed", row.disputed, expected)
        noted = "dispute" in words(row.source_note)
        if not about and noted != pd.notna(row.disputed):
            expected = "a discrepancy, which the note tells of" if noted else (
                "nothing, or a note that tells of the dispute"
            )  # fmt: skip
            yield problem(EVENTS, row.Index, "disputed", row.disputed, expected)
        if about and words(row.disputed) not in about:
            expected = f"{' or '.join(sorted(about))}, which tells of {record}"
            yield problem(EVENTS, row.Index, "disputed", row.disputed, expected)


def last_days_of_the_record() -> Iterator[str]:
    """The record names the last day of an event that lasts."""
    said = load("dates").set_index("event_id")["event"]
    for row in load(EVENTS).dropna(subset=["record_key"]).itertuples():
        text = words(said.get(row.record_key))
        days = re.search(r"(\d+) and (\d+) [A-Z]", text)
        expected = f"{row.date[:8]}{int(days[2]):02d}" if days else None
        if (expected or "nothing") != words(row.date_end):
            told = f"{expected or 'nothing'}, by dates/{row.record_key}: {text}"
            yield problem(EVENTS, row.Index, "date_end", row.date_end, told)


def events_of_the_record() -> Iterator[str]:
    """An event that rests on the record has the date that the record has."""
    for row in load(EVENTS).dropna(subset="record_table").itertuples():
        table = load(str(row.record_table))
        key = table.columns[0]
        known = table[table[key].astype("string") == row.record_key]
        if known.empty:
            told = f"a key of {row.record_table}"
            yield problem(EVENTS, row.Index, "record_key", row.record_key, told)
            continue
        dates = [words(v)[:10] for v in known.iloc[0] if re.match(r"\d{4}-\d\d", words(v))]
        if dates and not any(d.startswith(row.date) or row.date.startswith(d) for d in dates):
            told = f"{' or '.join(dates)}, of {row.record_table}/{row.record_key}"
            yield problem(EVENTS, row.Index, "date", row.date, told)


def dates_of_documents() -> Iterator[str]:
    """A document is dated within the bounds that its text allows; its symbol leads to it."""
    rows = load(DOCUMENTS)
    events = load(EVENTS).set_index("event_id")["date"]
    for row in rows.itertuples():
        first = period(row.date_earliest)[0]
        if pd.notna(row.date_latest) and period(row.date_latest)[1] < first:
            told = f"{row.date_earliest} or later"
            yield problem(DOCUMENTS, row.Index, "date_latest", row.date_latest, told)
        if pd.notna(row.symbol) and row.symbol != row.document_id:
            yield problem(DOCUMENTS, row.Index, "symbol", row.symbol, f"{row.document_id}")
        if pd.notna(row.symbol) and row.url != f"https://undocs.org/{row.symbol}":
            told = f"https://undocs.org/{row.symbol}"
            yield problem(DOCUMENTS, row.Index, "url", row.url, told)
        if pd.isna(row.date_latest) != ("sets a latest date" in row.date_basis):
            told = "a date, or a basis that says why there is none"
            yield problem(DOCUMENTS, row.Index, "date_latest", row.date_latest, told)
        kind = KINDS.get(re.sub(r"[\d/]", "", row.document_id))
        if kind and row.kind != kind:
            yield problem(DOCUMENTS, row.Index, "kind", row.kind, f"{kind}, by its symbol")
        if not kind and row.kind in KINDS.values():
            told = "another kind, as it has no symbol of this one"
            yield problem(DOCUMENTS, row.Index, "kind", row.kind, told)
        for kind, way in WAYS_OF_KINDS.items():
            if (row.kind == kind) != (row.places == way):
                told = f"{kind}, whose places are of the way {way}, or another of both"
                yield problem(DOCUMENTS, row.Index, "kind", row.kind, told)
        if "/" in row.document_id and pd.isna(row.symbol):
            yield problem(DOCUMENTS, row.Index, "symbol", None, str(row.document_id))
        adopted = events.get(f"resolution-{'-'.join(row.document_id.split('/')[2:])}")
        if adopted is None:
            yield from _told(row)
        else:
            for field in ("date_earliest", "date_latest"):
                if words(getattr(row, field)) != adopted:
                    told = f"{adopted}, of the event of its adoption"
                    yield problem(DOCUMENTS, row.Index, field, getattr(row, field), told)


def _told(row: Any) -> Iterator[str]:
    """The bounds are days or months that their basis gives.

    Of two days, such as those of a meeting, what tells of them comes after the last, and what
    announces them before the first.
    """
    basis = words(row.date_basis)
    around = {
        "date_earliest": (r"(?<!\d)", ""),
        "date_latest": (r"(?<!\d)(?<!and )", r"( and \d+)?"),
    }
    for field, (before, after) in around.items():
        value = words(getattr(row, field))
        if value == "nothing":
            continue
        year, *rest = value.split("-")
        written = f"{MONTHS[int(rest[0]) - 1]} {year}" if rest else year
        if len(rest) > 1:
            written = f"{before}{int(rest[1])}{after} {written}"
        if not re.search(rf"{written}\b", basis):
            told = f"a date that its basis gives: {basis}"
            yield problem(DOCUMENTS, row.Index, field, value, told)


def rounds_of_the_survey() -> Iterator[str]:
    """A round has a letter after its mandate, and a day for replies after the letter."""
    rows = load(ROUNDS)
    events = load(EVENTS)
    misdated = set(load("discrepancies")["record_b"].dropna())
    for row in rows.itertuples():
        if row.round_id != f"round-{row.letter_date[:4]}":
            told = f"round-{row.letter_date[:4]}, by the date of its letter"
            yield problem(ROUNDS, row.Index, "round_id", row.round_id, told)
        letter = period(row.letter_date)
        mandate = pd.Timestamp(row.mandate_date_stated)
        if not pd.Timedelta(0) < pd.Timestamp(letter[0]) - mandate < pd.Timedelta(days=500):
            told = "some time before the letter"
            yield problem(ROUNDS, row.Index, "mandate_date_stated", words(mandate), told)
        number = "-".join(row.mandate_resolution.split("/")[2:])
        known = events[events["event_id"] == f"resolution-{number}"]["date"]
        told_of = f"dates/resolution-{number}" in misdated
        if len(known) and known.iloc[0] != words(mandate) and not told_of:
            told = f"{known.iloc[0]}, of the event resolution-{number}"
            yield problem(ROUNDS, row.Index, "mandate_date_stated", words(mandate), told)
        own = events[events["event_id"] == f"survey-letter-{row.letter_date[:4]}"]
        for place in own["place"]:
            if row.place != place:
                told = f"{place}, of the event survey-letter-{row.letter_date[:4]}"
                yield problem(ROUNDS, row.Index, "place", row.place, told)
        letters = own["date"]
        if letters.empty or letters.iloc[0] != row.letter_date:
            told = f"the date of the event survey-letter-{row.letter_date[:4]}"
            yield problem(ROUNDS, row.Index, "letter_date", row.letter_date, told)
        if row.reply_requested_by < pd.Timestamp(letter[1]):
            told = f"after {row.letter_date}"
            yield problem(
                ROUNDS, row.Index, "reply_requested_by", words(row.reply_requested_by), told
            )
        stated_date = stated(str(row.statement_id)).reference_date
        if "/" not in stated_date and words(row.replies_counted_by) != stated_date:
            told = f"{stated_date}, when {row.statement_id} counts them"
            yield problem(ROUNDS, row.Index, "replies_counted_by", row.replies_counted_by, told)
        if row.response_pool[:4] not in stated_date:
            told = f"{stated_date}, of {row.statement_id}"
            yield problem(ROUNDS, row.Index, "response_pool", row.response_pool, told)


def shares_of_governments() -> Iterator[str]:
    """A share of Governments is a number, or a range where the source is about; as its id says."""
    name = "government_policies_immigration"
    for row in load(name).itertuples():
        if row.per_cent_low > row.per_cent_high or (
            row.per_cent_low != row.per_cent_high and not row.year_about
        ):
            told = f"{row.per_cent_high:g} or less, and as much where the year is certain"
            yield problem(name, row.Index, "per_cent_low", row.per_cent_low, told)
        if row.year_about != (row.per_cent_low != row.per_cent_high):
            told = "true for a range, from a source that is about, and for nothing else"
            yield problem(name, row.Index, "year_about", row.year_about, told)
        if pd.notna(row.denominator) and row.denominator > 200:
            told = "no more than there are States"
            yield problem(name, row.Index, "denominator", row.denominator, told)


def meetings() -> Iterator[str]:
    """The id of a number of participants begins with its meeting; "over" in a fact is more than."""
    name = "meeting_participation"
    facts = " ".join(load("public_facts")["value"].dropna())
    for row in load(name).itertuples():
        over = "more-than" if f"over {row.value:g} " in facts else "exact"
        if row.qualifier != over:
            told = f"{over}, as public_facts has {row.value:g}"
            yield problem(name, row.Index, "qualifier", row.qualifier, told)
        if not row.participation_id.startswith(slug(row.meeting)):
            yield problem(name, row.Index, "meeting", row.meeting, "the meeting that its id names")


def printed_pages() -> Iterator[str]:
    """Printed numbers run with the pages; notes go on from the page before."""
    name, last = "pages", 0
    rows = load(name)
    numbers = rows["place"].str.extract(r"p\. (\d+)")[0].astype("Int64")
    offset = (numbers - rows["printed_page"]).mode()
    for row, number in zip(rows.itertuples(), numbers, strict=True):
        if pd.notna(row.printed_page) and number - row.printed_page != offset[0]:
            told = f"{number - offset[0]}, by the pages around it"
            yield problem(name, row.Index, "printed_page", row.printed_page, told)
        if pd.isna(row.printed_page) and pd.notna(row.running_title):
            told = f"{number - offset[0]}, which is printed with the running title"
            yield problem(name, row.Index, "printed_page", None, told)
        if pd.isna(row.printed_page) and pd.isna(row.running_title) and pd.isna(row.first_note):
            yield problem(name, row.Index, "printed_page", None, "what the page prints")
        if pd.notna(row.first_note):
            if row.first_note <= last or row.first_note > last + 8:
                told = f"a number soon after {last}, the last note before"
                yield problem(name, row.Index, "first_note", row.first_note, told)
            if pd.isna(row.last_note):
                told = f"the last, {row.first_note} or more, where there is a first"
                yield problem(name, row.Index, "last_note", None, told)
            last = row.first_note if pd.isna(row.last_note) else row.last_note
            if not row.first_note <= last < row.first_note + NOTES:
                told = f"{row.first_note} or up to {NOTES - 1} more"
                yield problem(name, row.Index, "last_note", row.last_note, told)
        elif pd.notna(row.last_note):
            yield problem(name, row.Index, "first_note", None, "the first, where there is a last")


CHECKS = (
    calendar_dates, dates_of_events, events_in_their_lanes, events_to_come, events_in_dispute,
    last_days_of_the_record, events_of_the_record, dates_of_documents,
    rounds_of_the_survey,
    shares_of_governments,
    meetings,
    printed_pages,
)  # fmt: skip
