"""Check that the places that the tables cite are there, and that they tell what the rows say."""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, product
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from analysis.tables import PACKAGE, describe, load, names
from tools.verify.cutting import misnamed
from tools.verify.passages import Passage
from tools.verify.places import CITING, RECORD, nearest_place
from tools.verify.problems import problem

# What the cutting of a resolution calls the places that tables cite under other names.
UNNAMED = {"title": "<headings>", "closing line": "<closing line>"}
DAY = len("2004-09-22")
APART = 40  # Letters between a day and its month, as in “14 and 15 September”.
# How many of the words of an event its place has, at least; the fewest are a third.
TOLD = 0.3
# The same of what a side of a discrepancy is said to say, but for words that every text has.
READ = 0.25
EXACT = 1e-9  # Shares that differ by less are the same.
COMMON = {
    "the", "and", "for", "its", "are", "was", "with", "that", "not", "has", "had", "have", "one",
    "two", "from", "this", "they", "but", "all", "who", "which", "what", "were", "been", "also",
}  # fmt: skip
# Beginnings of what a quantity may say that no place does: how a thing is counted; and, last, of
# names whose abbreviations the places have.
COUNTING = {
    "are", "at", "be", "becam", "besid", "by", "cover", "earli", "gave", "held", "in", "inclu",
    "meant", "membe", "of", "once", "one", "parti", "propo", "share", "showe", "that", "use",
    "viewi", "wante", "was", "ways", "were", "where", "which", "whose",
    "confe", "econo",
}  # fmt: skip
SENTENCE = 200  # letters before what a note says of those that it names
NAMED, TO = "|".join(month_name[1:]), r"(?: ?(?:-|–|and|to) ?| )"
Texts = dict[tuple[str, str], str]


def problems(passages: Sequence[Passage], package: Path = PACKAGE) -> Iterator[str]:
    """One line per place that is not there, or that does not tell what its row says of it."""
    texts = {(passage.document_id, passage.place): passage.text for passage in passages}
    yield from absent_places(texts, package)
    known = set(names(package))
    for table, checks in CHECKS.items():
        if table in known:
            for check in checks:
                yield from check(texts, package)


def absent_places(texts: Texts, package: Path = PACKAGE) -> Iterator[str]:
    """One line per place, in any table, that its document could have and does not."""
    ways = load("documents", package).set_index("document_id")["places"]
    for name in names(package):
        fields = {field["name"] for field in describe(name, package)["schema"]["fields"]}
        for cited, at in CITING:
            if not {cited, at} <= fields:
                continue
            rows = load(name, package).dropna(subset=[cited, at])
            for index, document, cell in zip(rows.index, rows[cited], rows[at], strict=True):
                if document == RECORD or document not in ways or misnamed(cell, ways[document]):
                    continue
                for place in str(cell).split("; "):
                    if _text(texts, document, place) is None:
                        near = nearest_place(document, place, texts)
                        told = f"a place of {document}; the nearest is {near}"
                        yield problem(name, int(index), at, cell, told)


def _text(texts: Texts, document: str, place: str) -> str | None:
    """The text of a place; of a note on a page that of the page, if it has the number."""
    page, _, note = place.partition(", note ")
    text = texts.get((document, UNNAMED.get(page, page)))
    if text is None or not note:
        return text
    return text if re.search(rf"\b{note}\b", text) else None


def misnamed_titles(texts: Texts, package: Path = PACKAGE) -> Iterator[str]:
    """One line per slide or section that is not cited by the first words of its text."""
    for row in load("titles", package).itertuples():
        text = texts.get((row.document_id, row.place))
        named = str(row.place).partition(": ")[2]
        if text is not None and not text.startswith(named):
            told = f"the title, “{text[:60]}…”, or its first words"
            yield problem("titles", row.Index, "place", row.place, told)


def untold_events(texts: Texts, package: Path = PACKAGE) -> Iterator[str]:
    """One line per event whose date or words do not stand at its place.

    Dates that the record gives, or that only bound a document's own, stand nowhere in it; a
    resolution has its own below its last paragraph.
    """
    written = load("documents", package).set_index("document_id")["date_earliest"].str[:4]
    for row in load("events", package).dropna(subset=["document_id", "place"]).itertuples():
        places = str(row.place).split("; ")
        if row.lane == "resolutions":
            places.append("closing line")
        found = [_text(texts, str(row.document_id), place) for place in places]
        text = " ".join(each for each in found if each)
        if row.bounds and len(row.date) == DAY and text and undated(row.date, text):
            bound = [place for (document, place), each in texts.items()
                     if document == row.document_id and not undated(row.date, each)]  # fmt: skip
            if bound:
                told = f"{bound[0]}, which has {row.date}"
                yield problem("events", row.Index, "place", row.place, told)
        if row.bounds or not text:
            continue
        ends = None if pd.isna(row.date_end) else row.date_end
        for field in ("date", "date_end") if pd.isna(row.record_table) else ():
            date = getattr(row, field)
            if pd.notna(date) and (missing := undated(str(date), text, written[row.document_id])):
                told = f"a date that {row.document_id}, {row.place}, tells; it has no {missing}"
                yield problem("events", row.Index, field, date, told)
            elif not str(row.place).startswith("slide") and _apart(str(date), text):
                told = f"a month that {row.document_id}, {row.place}, has with its year"
                yield problem("events", row.Index, field, date, told)
            elif field == "date" and str(date) < (last := last_day(str(date), text)) != ends:
                told = f"{last}, to which {row.document_id}, {row.place}, has it last"
                yield problem("events", row.Index, "date_end", ends, told)
            elif field == "date" and (begun := first_month(str(ends), text)) not in ("", date):
                told = f"{begun}, from which {row.document_id}, {row.place}, has it"
                yield problem("events", row.Index, "date", date, told)
        own = re.findall(r"[A-Za-z][\w-]{3,}", f"{row.title} {row.description}")
        here = sum(word[:5].lower() in text.lower() for word in own)
        if here < TOLD * len(own):
            told = f"a place that speaks of it: {row.title}"
            yield problem("events", row.Index, "place", row.place, told)


def _apart(date: str, text: str) -> bool:
    """Whether a text has the month of a date, but not before its year in one sentence."""
    year, _, month = date[:7].partition("-")
    if not month or not re.search(rf"\b{month_name[int(month)]}\b", text):
        return False
    return not re.search(rf"\b{month_name[int(month)]}\b[^.;]{{0,{APART}}}\b{year}\b", text)


def undated(date: str, text: str, written: str = "") -> str:
    """The part of a partial date that a text does not have; empty if it has all of them.

    Args:
        date: an ISO year, month or day; a December may be told as the end of the year.
        text: in which it should stand.
        written: the year in which the text was, which settles what its “last year” was.
    """
    year, _, rest = date.partition("-")
    month, _, day = rest.partition("-")
    if not re.search(rf"\b{year}\b", text):
        return "" if "last year" in text and written == str(int(year) + 1) else year
    if month == "12" and not day and f"end of {year}" in text:
        return ""
    if month and not re.search(rf"\b{month_name[int(month)]}\b", text):
        return month_name[int(month)]
    if not day:
        return ""
    # A day may have others with it, as in “16 and 17 October”; of another year it is another day.
    named = rf"\b{month_name[int(month)]}\b"
    near = rf"\b{int(day)}\b[^.;]{{0,{APART}}}{named}"
    others = r"(?:(?:,? (?:and|to) |, ?| ?[-–]? ?)\d{1,2}\b)*"
    dated = rf"\b{int(day)}\b{others}\s*{named},? {year}\b"
    exact = re.search(rf"\d\s*{named},? {year}\b", text)
    return "" if re.search(dated if exact else near, text) else day


def untold_readings(texts: Texts, package: Path = PACKAGE) -> Iterator[str]:
    """One line per side of a discrepancy whose places have hardly a word of what they are said to.

    Of damage a reading tells what is not there.
    """
    rows = load("discrepancies", package)
    for row in rows[rows["class"] != "damage in transcription"].itertuples():
        for side in "ab":
            document, cell, reading = (
                getattr(row, f"{field}_{side}") for field in ("document", "place", "reading")
            )
            if document == RECORD or pd.isna(cell) or pd.isna(reading):
                continue
            found = [_text(texts, document, place) or "" for place in str(cell).split("; ")]
            text = " ".join(found).lower()
            own = _words(reading)
            if text and sum(word in text for word in own) < READ * len(own):
                told = f"a place that says so: {reading}"
                yield problem("discrepancies", row.Index, f"place_{side}", cell, told)
            elif re.fullmatch(rf"\d+ (?:{NAMED}) \d{{4}}", reading) and not all(
                reading in each for each in found
            ):
                told = f"places that all have the day {reading}"
                yield problem("discrepancies", row.Index, f"place_{side}", cell, told)


class Cited(NamedTuple):
    """A row with the places that it cites, and its own words: in one choice of them or several."""

    row: int
    document: str
    place: str
    words: tuple[frozenset[str], ...]


def _sides(package: Path) -> Iterator[tuple[str, list[Cited]]]:
    """The sides `a` and `b` of the discrepancies that cite a place in a document."""
    rows = load("discrepancies", package)
    for side in "ab":
        fields = [f"{field}_{side}" for field in ("document", "place", "reading")]
        own = rows.loc[rows[fields[0]] != RECORD, [*fields, "title"]].dropna().itertuples()
        yield (
            side,
            [
                Cited(int(index), of, at, (_words(said), _words(f"{said} {title}")))
                for index, of, at, said, title in own
            ],
        )


def misattributed_readings(texts: Texts, package: Path = PACKAGE) -> Iterator[str]:
    """One line per side of a discrepancy whose words another document has at the same places."""
    documents = sorted({document for document, _ in texts})
    for side, cited in _sides(package):
        for one, document in product(cited, documents):
            if _better([one], [one._replace(document=document)], texts):
                told = f"{document}, which has more of the words there"
                yield problem("discrepancies", one.row, f"document_{side}", one.document, told)


def exchanged_readings(texts: Texts, package: Path = PACKAGE) -> Iterator[str]:
    """One line per side of a discrepancy whose place or document is that of the row below."""
    for side, cited in _sides(package):
        for one, field in better_exchanged(cited, texts):
            told = "its own; those of this row and the next fit better exchanged"
            yield problem("discrepancies", one.row, f"{field}_{side}", getattr(one, field), told)


def exchanged_events(texts: Texts, package: Path = PACKAGE) -> Iterator[str]:
    """One line per event whose place or document is that of the event below."""
    rows = load("events", package).dropna(subset=["document_id", "place"])
    cited = [
        Cited(row.Index, row.document_id, row.place, (_words(f"{row.title} {row.description}"),))
        for row in rows.itertuples()
    ]
    for one, field in better_exchanged(cited, texts):
        told = "its own; those of this event and the next fit better exchanged"
        name = {"document": "document_id"}.get(field, field)
        yield problem("events", one.row, name, getattr(one, field), told)


def better_exchanged(rows: Sequence[Cited], texts: Texts) -> Iterator[tuple[Cited, str]]:
    """Rows that, with the next, have more of their words at each other's place or document.

    By each choice of words; with the field in question, `place` or `document`.
    """
    for one, other in pairwise(rows):
        for field in ("place", "document"):
            exchanged = (
                one._replace(**{field: getattr(other, field)}),
                other._replace(**{field: getattr(one, field)}),
            )
            if _better((one, other), exchanged, texts):
                yield one, field


def _better(rows: Sequence[Cited], others: Sequence[Cited], texts: Texts) -> bool:
    """Whether the places of others have more of their words, by each choice of words."""
    if not (have := _fit(others, texts)):
        return False
    return all(b > a + EXACT for a, b in zip(_fit(rows, texts), have, strict=False))


def _fit(rows: Iterable[Cited], texts: Texts) -> list[float]:
    """For each choice of words the shares that the rows' places have of them, added up.

    Empty if a place is not there.
    """
    shares = []
    for row in rows:
        found = [_text(texts, row.document, place) for place in row.place.split("; ")]
        if None in found:
            return []
        text = " ".join(map(str, found)).lower()
        shares.append([sum(w in text for w in own) / max(len(own), 1) for own in row.words])
    return [sum(each) for each in zip(*shares, strict=True)]


def _words(text: str) -> frozenset[str]:
    """The beginnings of the words of a text, and its numbers, but for what every text has."""
    found = (word.lower()[:5] for word in re.findall(r"[A-Za-z]{3,}|\d+", text))
    return frozenset(found) - COMMON


def last_day(date: str, text: str) -> str:
    """The last of some days or months of which a text has the first; empty if it has none.

    Dashes between them may be lost in a transcription.
    """
    year, month, day = (f"{date}--").split("-")[:3]
    if day:
        own = month_name[int(month)]
        last = rf"{TO}(?P<day>\d+)"
        found = re.search(rf"\b{int(day)}{last} (?P<month>{own}),? {year}\b", text) or re.search(
            rf"\b{int(day)} {own}{last} (?P<month>{NAMED}),? {year}\b", text
        )
    elif month:
        first = rf"\b{month_name[int(month)]} {year}{TO}"
        found = re.search(rf"{first}(?P<month>{NAMED}) (?P<year>[12]\d{{3}})\b", text)
    else:
        return ""
    if not found:
        return ""
    last = f"{[*month_name].index(found['month']):02d}"
    return f"{year}-{last}-{int(found['day']):02d}" if day else f"{found['year']}-{last}"


def first_month(last: str, text: str) -> str:
    """The first of some months of which a text has the last; empty if it has none, or days."""
    year, _, month = last.partition("-")
    if not month.isdigit():
        return ""
    end = rf"{TO}{month_name[int(month)]} {year}\b"
    found = re.search(rf"\b(?P<month>{NAMED}) (?P<year>[12]\d{{3}}){end}", text)
    return f"{found['year']}-{[*month_name].index(found['month']):02d}" if found else ""


def undated_status(texts: Texts, package: Path = PACKAGE) -> Iterator[str]:
    """One line per date of an instrument that does not stand at its place."""
    rows = load("convention_status", package).dropna(subset=["date"])
    for row in rows.itertuples():
        text = _text(texts, str(row.document_id), str(row.place)) or ""
        if missing := undated(str(row.date), text):
            told = f"a date that {row.document_id}, {row.place}, tells; it has no {missing}"
            yield problem("convention_status", row.Index, "date", row.date, told)


def undated_rounds(texts: Texts, package: Path = PACKAGE) -> Iterator[str]:
    """One line per round of the survey of which a day is not the one at its place."""
    for row in load("conference_survey_rounds", package).itertuples():
        text = _text(texts, str(row.document_id), str(row.place)) or ""
        number = str(row.mandate_resolution).removeprefix("A/RES/")
        dated = re.search(rf"{number} of (\d+ (?:{NAMED}) \d{{4}})", text)
        if text and (not dated or pd.Timestamp(dated[1]) != row.mandate_date_stated):
            told = f"{dated[1] if dated else 'nothing'}, by {row.document_id}, {row.place}"
            day = str(row.mandate_date_stated.date())
            yield problem("conference_survey_rounds", row.Index, "mandate_date_stated", day, told)
        asked = re.search(rf"conference by (\d+ (?:{NAMED}) \d{{4}})", text)
        expected = pd.Timestamp(asked[1]) if asked else None
        given = None if pd.isna(row.reply_requested_by) else row.reply_requested_by
        if given != expected:
            told = (
                f"{expected.date() if expected else 'nothing'}, by {row.document_id}, {row.place}"
            )
            yield problem("conference_survey_rounds", row.Index, "reply_requested_by", given, told)


def untold_claims(texts: Texts, package: Path = PACKAGE) -> Iterator[str]:
    """One line per claim in words, a day or a weekday, that does not stand at its place."""
    rows = load("relations", package).dropna(subset=["document_id", "place", "claimed"])
    for row in rows.itertuples():
        text = _text(texts, str(row.document_id), str(row.place)) or ""
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(row.claimed)):
            missing = undated(str(row.claimed), text)
        elif row.kind == "timetable":
            hours = re.findall(r"(\d+):\d{2}", str(row.operands))
            shown = [str(int(hour) % 12 or 12) for hour in hours]
            missing = next((h for h in shown if not re.search(rf"\b{h}\b", text)), "")
        else:
            missing = "" if str(row.claimed) in text else str(row.claimed)
        if missing:
            told = f"a place that has the claim {row.claimed}; it has no {missing}"
            yield problem("relations", row.Index, "place", row.place, told)


def unfounded_processes(texts: Texts, package: Path = PACKAGE) -> Iterator[str]:
    """One line per process whose year of establishment does not stand where a document has it."""
    rows = load("mechanism_histories", package).dropna(subset=["document_id", "established"])
    for row in rows.itertuples():
        text = _text(texts, str(row.document_id), str(row.place)) or ""
        if text and undated(str(row.established), text):
            told = f"a year that {row.document_id}, {row.place}, tells"
            yield problem("mechanism_histories", row.Index, "established", row.established, told)


def unnamed_absentees(texts: Texts, package: Path = PACKAGE) -> Iterator[str]:
    """One line per mechanism that is said to have stayed away where its page does not say so."""
    for row in load("iscm_survey_absentees", package).itertuples():
        before, said, _ = (_text(texts, row.document_id, row.place) or "").partition(row.phrase)
        # A note names those that it tells of, each with its initials in brackets.
        initials = re.findall(r"\b[A-Z]{2,}\b", row.mechanism)
        if said and not (initials and all(f"({name})" in before[-SENTENCE:] for name in initials)):
            told = f"one that {row.document_id}, {row.place}, names before these words"
            yield problem("iscm_survey_absentees", row.Index, "mechanism", row.mechanism, told)


def misplaced_elements(texts: Texts, package: Path = PACKAGE) -> Iterator[str]:
    """One line per element of the compact that does not stand below the heading of its theme."""
    rows = load("compact_elements", package)
    titles = load("compact_themes", package).set_index("theme_id")["title"].to_dict()
    places = rows[["document_id", "place"]].drop_duplicates().itertuples(index=False)
    text = " ".join(_text(texts, document, place) or "" for document, place in places)
    for row in rows.itertuples():
        before, found, _ = text.partition(f"Element ({row.letter}):")
        above = {before.rfind(title): theme for theme, title in titles.items() if title in before}
        expected = above[max(above)] if found and above else row.theme_id
        if row.theme_id != expected:
            told = f"{expected}, below whose heading it stands"
            yield problem("compact_elements", row.Index, "theme_id", row.theme_id, told)


def unpunctuated_levels(texts: Texts, package: Path = PACKAGE) -> Iterator[str]:
    """One line per topic whose level is not the one that the full stops before it give.

    A part that begins with a heading has no full stop before the heading's end; what stands after
    one, on another page or before the heading is text.
    """
    rows = load("agenda_items", package)
    for _, own in rows.groupby(["agenda", "part"], sort=False):
        first = own.iloc[0]
        whole = _text(texts, first["document_id"], first["place"]) or ""
        _, found, after = whole.partition(first["phrase"])
        if first["level"] != "heading" or not found:
            continue
        for row in own.iloc[1:].itertuples():
            before, here, _ = after.partition(row.phrase)
            heading = row.place == first["place"] and here and ". " not in before
            expected = "heading" if heading else "text"
            if row.level != expected:
                told = f"{expected}, by the full stops of {row.document_id}, {row.place}"
                yield problem("agenda_items", row.Index, "level", row.level, told)


def unnamed_parts(texts: Texts, package: Path = PACKAGE) -> Iterator[str]:
    """One line per wish with a part of which neither its words nor its paragraph has a word.

    A wish whose own words name none of its parts has all their words in its paragraph.
    """
    for row in load("preferences", package).dropna(subset=["parts"]).itertuples():
        own = f"{row.wish} {row.wanted} {row.phrase}".lower()
        named = [{word[:4] for word in part.split("-")} for part in row.parts.split("; ")]
        text = (_text(texts, row.document_id, row.place) or "").lower()
        told_here = any(word in own for part in named for word in part)
        choose = any if told_here else all
        if text and not all(choose(word in own + text for word in part) for part in named):
            told = f"parts that the words of the wish name: {row.wish}"
            yield problem("preferences", row.Index, "parts", row.parts, told)


def unused_names(texts: Texts, package: Path = PACKAGE) -> Iterator[str]:
    """One line per name with a number in it that stands nowhere."""
    for index, name in load("numbered_names", package)["name"].items():
        if not any(name in text for text in texts.values()):
            yield problem("numbered_names", int(index), "name", name, "a name that a document has")


def unnumbered_pages(texts: Texts, package: Path = PACKAGE) -> Iterator[str]:
    """One line per page that lacks its printed number, or does not have its notes' numbers."""
    rows = load("pages", package)
    for row in rows.itertuples():
        text = _text(texts, str(row.document_id), str(row.place)) or ""
        for field in ("first_note", "last_note"):
            note = getattr(row, field)
            if text and pd.notna(note) and not re.search(rf"(?<!\d){note}(?!\d)", text):
                yield problem("pages", row.Index, field, note, "the number of a note of the page")
    number = rows["place"].str.extract(r"p\. (\d+)")[0].astype("Int64")
    offset = (number - rows["printed_page"]).mode()
    if offset.empty:
        return
    for row, expected in zip(rows.itertuples(), number - offset[0], strict=True):
        text = _text(texts, str(row.document_id), str(row.place)) or ""
        if pd.isna(row.printed_page) and re.search(rf"(?<!\d){expected}$", text):
            told = f"{expected}, with which the page ends"
            yield problem("pages", row.Index, "printed_page", None, told)


def unfounded_quantities(texts: Texts, package: Path = PACKAGE) -> Iterator[str]:
    """One line per quantity in whose words is one that no place of its statements has.

    Nor its name, its units, nor the words that tell how a thing is counted.
    """
    rows = load("statements", package)
    titles = load("documents", package).set_index("document_id")["title"]
    here = [
        " ".join([_text(texts, r.document_id, r.place) or r.quantity, titles[r.document_id], r.unit,
                  r.quantity_id.replace("-", " "), "" if pd.isna(r.denominator) else r.denominator])
        for r in rows.itertuples()
    ]  # fmt: skip
    told = pd.Series(here, rows.index).groupby(rows["quantity_id"]).agg(" ".join).map(_beginnings)
    for row in rows.itertuples():
        if missing := _beginnings(row.quantity) - told[row.quantity_id] - COUNTING:
            expected = f"words of {row.document_id}, {row.place}; it has no {min(missing)}…"
            yield problem("statements", row.Index, "quantity", row.quantity, expected)


def _beginnings(text: str) -> set[str]:
    return {word[:5] for word in re.findall(r"[a-z]{2,}", str(text).lower())}


# What holds a table to the documents, where a package has it.
CHECKS = {
    "statements": (unfounded_quantities,),
    "pages": (unnumbered_pages,),
    "titles": (misnamed_titles,),
    "events": (untold_events, exchanged_events),
    "discrepancies": (untold_readings, exchanged_readings, misattributed_readings),
    "convention_status": (undated_status,),
    "relations": (untold_claims,),
    "conference_survey_rounds": (undated_rounds,),
    "numbered_names": (unused_names,),
    "mechanism_histories": (unfounded_processes,),
    "compact_elements": (misplaced_elements,),
    "iscm_survey_absentees": (unnamed_absentees,),
    "agenda_items": (unpunctuated_levels,),
    "preferences": (unnamed_parts,),
}
