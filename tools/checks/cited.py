"""Citations: a place that a table cites is one, and a statement that a row cites stands there."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd

from analysis.audit import relations
from analysis.days import period
from analysis.statements import stated
from analysis.tables import describe, load, names
from tools.checks.declared import words
from tools.verify.cutting import TITLES, plain
from tools.verify.places import CITING, RECORD
from tools.verify.problems import problem

EVENTS, PREFERENCES, DISCREPANCIES, LISTED = "events", "preferences", "discrepancies", "titles"
# Events that speak of what is to come or of what was asked before, not of their own time.
AHEAD = {"reports", "resolutions", "survey"}
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


def statements_of_events() -> Iterator[str]:
    """An event cites a statement of its own place and time, where one has its very date."""
    ledger = load("statements").dropna(subset="reference_date")
    dated = ledger.groupby(["document_id", "reference_date"])
    for row in load(EVENTS).dropna(subset="document_id").itertuples():
        places = str(row.place).split("; ")
        if pd.notna(row.statement_id):
            cited = stated(str(row.statement_id))
            if cited.document_id != row.document_id or cited.place not in places:
                told = f"a statement of {row.document_id}, {row.place}"
                yield problem(EVENTS, row.Index, "statement_id", row.statement_id, told)
            elif row.lane not in AHEAD and not _overlap(row.date, row.date_end, cited):
                told = f"a time in {cited.reference_date}, of {row.statement_id}"
                yield problem(EVENTS, row.Index, "date", row.date, told)
        elif (
            row.lane not in AHEAD
            and pd.isna(row.date_end)
            and (row.document_id, row.date) in dated.groups
        ):
            own = dated.get_group((row.document_id, row.date))
            for missing in own.loc[own["place"].isin(places), "statement_id"].head(1):
                told = f"{missing}, which stands there and has the date"
                yield problem(EVENTS, row.Index, "statement_id", None, told)


def _overlap(date: object, end: object, cited: object) -> bool:
    dates = getattr(cited, "reference_date", "")
    if pd.isna(dates) or not dates:
        return True
    own = period(str(date) if pd.isna(end) else f"{date}/{end}")
    return own.shared(period(str(dates))) > 0


def statements_of_wishes() -> Iterator[str]:
    """A wish cites a statement of its paragraph; one that quotes a statement's words cites it."""
    ledger = load("statements")
    for row in load(PREFERENCES).itertuples():
        here = ledger[
            (ledger["document_id"] == row.document_id) & (ledger["place"] == row.place)
        ].set_index("statement_id")["phrase"]
        if pd.notna(row.statement_id) and row.statement_id not in here.index:
            told = f"a statement of {row.document_id}, {row.place}"
            yield problem(PREFERENCES, row.Index, "statement_id", row.statement_id, told)
        quoted = [name for name, phrase in here.items() if str(row.phrase) in phrase]
        if quoted and words(row.statement_id) not in quoted:
            told = f"{quoted[0]}, whose words it quotes"
            yield problem(PREFERENCES, row.Index, "statement_id", row.statement_id, told)


def statements_of_discrepancies() -> Iterator[str]:
    """A side cites a statement of its document; a test of two numbers has them on both sides.

    The figures of the relation that it rests on are among its statements.
    """
    ids = set(load("statements")["statement_id"])
    used = {
        row.relation_id: ids & set(relations.operands({"operands": row.operands}))
        for row in load("relations").itertuples()
    }
    for row in load(DISCREPANCIES).itertuples():
        for side in "ab":
            field = f"statement_{side}"
            name, document = getattr(row, field), getattr(row, f"document_{side}")
            if pd.notna(name) and stated(str(name)).document_id != document:
                told = f"a statement of {document}, the document of the side"
                yield problem(DISCREPANCIES, row.Index, field, name, told)
        tested = pd.notna(row.test) and pd.isna(row.relation)
        for field, others in (("statement_a", ()), ("statement_b", (row.record_b,))):
            if tested and pd.isna(getattr(row, field)) and not pd.notna([*others]).any():
                told = f"the statement that the test “{row.test}” compares"
                yield problem(DISCREPANCIES, row.Index, field, None, told)
        if pd.notna(row.relation) and row.relation in used:
            named = {row.statement_a, row.statement_b, *words(row.further_statements).split()}
            for missing in sorted(used[row.relation] - named):
                told = f"also {missing}, which the relation {row.relation} uses"
                given = row.further_statements
                yield problem(DISCREPANCIES, row.Index, "further_statements", given, told)
        further = [] if pd.isna(row.further_statements) else str(row.further_statements).split()
        sides = [stated(str(n)) for n in (row.statement_a, row.statement_b) if pd.notna(n)]
        for name in further:
            own = stated(name)
            if sides and not any(_akin(own, side) for side in sides):
                told = f"a statement of a place or quantity of its sides; {name} is of neither"
                yield problem(DISCREPANCIES, row.Index, "further_statements", name, told)


def figures_of_discrepancies() -> Iterator[str]:
    """A side that reads a figure which a statement of its place has cites that statement."""
    ledger = load("statements").groupby(["document_id", "place"])
    for row in load(DISCREPANCIES).itertuples():
        cited = {row.statement_a, row.statement_b, *words(row.further_statements).split()}
        for side in "ab":
            document, cell, reading, given = (
                getattr(row, f"{field}_{side}")
                for field in ("document", "place", "reading", "statement")
            )
            if pd.isna(cell) or pd.notna(given):
                continue
            for place in str(cell).split("; "):
                if (document, place) not in ledger.groups:
                    continue
                for other in ledger.get_group((document, place)).itertuples():
                    figure = rf"\b{re.escape(str(other.figure))}\b"
                    if other.statement_id not in cited and re.search(figure, str(reading)):
                        told = f"{other.statement_id}, whose figure it reads"
                        yield problem(DISCREPANCIES, row.Index, f"statement_{side}", given, told)


def _akin(one: object, other: object) -> bool:
    """Whether two statements are of one quantity, or of one document and topic."""
    alike = ("quantity_id",), ("document_id", "topic")
    return any(all(getattr(one, f) == getattr(other, f) for f in fields) for fields in alike)


CHECKS = (
    titles_and_notes, titles_begin_as_their_places, statements_of_events, statements_of_wishes,
    statements_of_discrepancies, figures_of_discrepancies,
)  # fmt: skip
