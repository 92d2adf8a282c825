"""Citations: a place that a table cites is one, and a statement that a row cites stands there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pandas as pd

from analysis.days import period
from analysis.statements import stated
from analysis.tables import describe, load, names
from tools.checks.declared import slug, words
from tools.verify.cutting import TITLES, plain
from tools.verify.places import CITING, RECORD
from tools.verify.problems import problem

EVENTS, PREFERENCES, LISTED = "events", "preferences", "titles"
# Events that speak of what is to come or of what was asked before, not of their own time.
AHEAD = {"reports", "resolutions", "survey"}
# Beginnings of words that too many events and statements have.
COMMON = {"meeti", "migra", "inter", "globa", "state", "numbe", "first", "count", "repor", "with",
          "that", "surve", "gover"}  # fmt: skip
NOTE = re.compile(r"(p\. \d+), note (\d+)")


def titles_and_notes() -> Iterator[str]:
    """A slide or section that is cited has a title in the list; a note is one of its page."""
    documents = load("documents").set_index("document_id")["places"]
    known = load(LISTED).groupby("document_id")["place"].agg(list).to_dict()
    pages = load("pages").set_index(["document_id", "place"])
    for name in names():
        fields = {field["name"] for field in describe(name)["schema"]["fields"]}
        for cited, at in CITING:
            if name == LISTED or not {cited, at} <= fields:
                continue
            rows = load(name).dropna(subset=[cited, at])
            for index, document, cell in zip(rows.index, rows[cited], rows[at], strict=True):
                if document == RECORD or document not in documents:
                    continue
                for place in str(cell).split("; "):
                    if told := _unlisted(document, place, documents[document], known, pages):
                        yield problem(name, int(index), at, cell, told)


def _unlisted(
    document: str, place: str, way: str, known: dict[str, list[str]], pages: pd.DataFrame
) -> str:
    """What is expected in place of a slide, section or note; empty if it is listed."""
    if way == TITLES and place not in known.get(document, ()):
        return f"a title of {document} in the table {LISTED}"
    if note := NOTE.fullmatch(place):
        if (document, note[1]) not in pages.index:
            return f"a page of {document} that has notes"
        first, last = pages.loc[(document, note[1]), ["first_note", "last_note"]]
        if pd.isna(first) or not first <= int(note[2]) <= last:
            return f"a note of {note[1]}, {words(first)} to {words(last)} by the table pages"
    return ""


def titles_begin_as_their_places() -> Iterator[str]:
    """A slide is cited by the words with which its line begins, or by more of its title."""
    documents = load("documents")
    kinds = documents.set_index("document_id")["kind"]
    for row in load(LISTED).itertuples():
        way = str(row.place).partition(":")[0]
        slides = kinds.get(row.document_id) == "slides"
        if (way == "slide") != slides:
            told = "slides, whose places are slides" if way == "slide" else "another kind"
            index = int(documents.index[documents["document_id"] == row.document_id][0])
            yield problem("documents", index, "kind", kinds[row.document_id], told)
        named, begins = str(row.place).partition(": ")[2], plain(str(row.begins))
        if not (named.startswith(begins) or begins.startswith(named)):
            told = f"slide or section: {begins}, as its line begins"
            yield problem(LISTED, row.Index, "place", row.place, told)


def slides_are_cited_as_such() -> Iterator[str]:
    """Slides, and no other kind of document, are cited by slide."""
    slides = {row.document_id for row in load(LISTED).itertuples() if row.place.startswith("slide")}
    for row in load("documents").itertuples():
        if (row.kind == "slides") != (row.document_id in slides):
            told = "slides, for what is cited by slide, and for nothing else"
            yield problem("documents", row.Index, "kind", row.kind, told)


def statements_of_events() -> Iterator[str]:
    """An event cites a statement of its own place and time, where one measures what it is about."""
    ledger = load("statements").groupby(["document_id", "place"])
    for row in load(EVENTS).dropna(subset="document_id").itertuples():
        places = [place for place in str(row.place).split("; ")
                  if (row.document_id, place) in ledger.groups]  # fmt: skip
        here = [each for place in places
                for each in ledger.get_group((row.document_id, place)).itertuples()]  # fmt: skip
        if pd.notna(row.statement_id):
            cited = stated(str(row.statement_id))
            if cited.statement_id not in {each.statement_id for each in here}:
                told = f"a statement of {row.document_id}, {row.place}"
                yield problem(EVENTS, row.Index, "statement_id", row.statement_id, told)
            elif row.lane not in AHEAD and not _overlap(row.date, row.date_end, cited):
                told = f"a time in {cited.reference_date}, of {row.statement_id}"
                yield problem(EVENTS, row.Index, "date", row.date, told)
            elif cited.topic != row.lane and not _shared(row, cited):
                told = "a statement that shares a word with the event"
                yield problem(EVENTS, row.Index, "statement_id", row.statement_id, told)
        elif about := next((each.statement_id for each in here if _measures(each, row)), None):
            told = f"{about}, which stands there and is about the event"
            yield problem(EVENTS, row.Index, "statement_id", None, told)


def statements_of_neighbours() -> Iterator[str]:
    """Two events or discrepancies, one after the other, fit each other's statements no better."""
    events, sides = load(EVENTS), load("discrepancies")
    told = events["event_id"] + " " + events["title"] + " " + events["description"]
    yield from _exchanged(EVENTS, "statement_id", events, told)
    for side in "ab":
        told = sides["discrepancy_id"] + " " + sides["title"] + " " + sides[f"reading_{side}"]
        yield from _exchanged("discrepancies", f"statement_{side}", sides, told)


def _exchanged(name: str, field: str, table: pd.DataFrame, told: pd.Series) -> Iterator[str]:
    rows = [
        (int(index), stated(str(cited)), _stems(told[index]))
        for index, cited in table[field].dropna().items()
    ]
    for (index, its, one), (_, others, other) in pairwise(rows):
        own, exchanged = _about(its), _about(others)
        if len(one & own) + len(other & exchanged) < len(one & exchanged) + len(other & own):
            expected = f"its own; {others.statement_id} has more of its words"
            yield problem(name, index, field, its.statement_id, expected)


def _about(cited: Any) -> set[str]:
    return _stems(f"{cited.quantity_id} {cited.quantity}")


def _shared(event: Any, cited: Any) -> set[str]:
    """The beginnings of words that an event and a statement have in common."""
    told = f"{event.event_id} {event.title} {event.description}"
    return _stems(told) & _about(cited)


def _measures(own: Any, event: Any) -> bool:
    """Whether a statement of the place of an event is about it.

    What a report or a resolution states in its own text is; of other places, what is of the time
    of the event and is measured in its words.
    """
    document = slug(str(event.document_id)).removeprefix("a-res-")
    if document in event.event_id:
        return True
    if event.lane == "survey":
        now = "letter" in event.event_id or _overlap(event.date, event.date_end, own)
        return own.topic == "survey" and now
    told = event.event_id if event.lane in AHEAD else f"{event.title} {event.description}"
    shared = _stems(own.quantity_id) & _stems(told)
    if event.lane in AHEAD:
        # One word will do where the event names the time of the figure as well.
        year = str(own.reference_date)[:4]
        return len(shared) > (year not in re.findall(r"\d{4}", event.description))
    return bool(shared) and _overlap(event.date, event.date_end, own)


def _stems(text: str) -> set[str]:
    """The beginnings of the words of a text that tell what it is about."""
    found = {word[:5] for word in re.findall(r"[a-z]{4,}", text.lower())}
    return found - COMMON


def _overlap(date: object, end: object, cited: object) -> bool:
    dates = getattr(cited, "reference_date", "")
    if pd.isna(dates) or not dates:
        return True
    own = period(str(date) if pd.isna(end) else f"{date}/{end}")
    return own.shared(period(str(dates))) > 0


def statements_of_wishes() -> Iterator[str]:
    """A wish that quotes the words of a statement of its paragraph cites it, and no other does."""
    ledger = load("statements")
    for row in load(PREFERENCES).itertuples():
        here = ledger[
            (ledger["document_id"] == row.document_id) & (ledger["place"] == row.place)
        ].set_index("statement_id")["phrase"]
        quoted = [
            name for name, own in here.items()
            if str(row.phrase) in own or own in str(row.phrase) or own in str(row.wanted)
        ]  # fmt: skip
        if words(row.statement_id) not in (quoted or ["nothing"]):
            told = f"{quoted[0]}, whose words it quotes" if quoted else (
                "nothing, for a wish that quotes no statement of its paragraph"
            )  # fmt: skip
            yield problem(PREFERENCES, row.Index, "statement_id", row.statement_id, told)


CHECKS = (
    titles_and_notes, titles_begin_as_their_places, slides_are_cited_as_such, statements_of_events,
    statements_of_neighbours, statements_of_wishes,
)  # fmt: skip
