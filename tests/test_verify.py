"""The command that checks the ledger finds what is wrong, and nothing else.

Made-up documents show each kind of fault; where the transcriptions are at hand, the ledger itself
is checked, and every statement is taken out in turn to see whether its figure would be missed.
"""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from analysis.tables import PACKAGE, describe, load, standing_in
from tools.verify import cited, coverage, figures, places
from tools.verify.__main__ import problems
from tools.verify.cutting import WAYS, plain
from tools.verify.numbers import Names, Number, Page, numbers
from tools.verify.passages import Passage, cut, read
from tools.verify.problems import ReadingError

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT.parent / "shared" / "sources"
needs_documents = pytest.mark.skipif(
    not SOURCES.is_dir(), reason="the documents belong to their publishers and are not at hand"
)


def statement(**changes: object) -> pd.DataFrame:
    row: dict[str, object] = {
        "table": "statements", "statement_id": "votes", "row": 0, "field": "phrase",
        "document_id": "A/58/98",
        "place": "para. 7", "phrase": "more than 400 votes were cast", "figure": "400",
        "value": 400.0, "value_upper": float("nan"), "qualifier": "more-than",
    }  # fmt: skip
    frame = pd.DataFrame([{**row, **changes}])
    return frame.assign(words=frame["phrase"])


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"phrase": "some 20 million", "figure": "20 million", "value": 2e7, "qualifier": "about"},
        {"phrase": "two-thirds", "figure": "two-thirds", "value": 0.6667, "qualifier": "rounded"},
        {"phrase": "2 to 10 days", "figure": "2 to 10", "value": 2.0, "value_upper": 10.0,
         "qualifier": "range"},
        {"phrase": "50 or fewer", "figure": "50", "value": 50.0, "qualifier": "at-most"},
    ],
)  # fmt: skip
def test_a_statement_that_agrees_with_itself_passes(changes: dict[str, object]) -> None:
    assert list(figures.problems(statement(**changes))) == []


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"value": 40.0}, "field 'value': value 40.0: expected: 400, as “400” reads"),
        ({"value": float("nan")}, "field 'value': value '': expected: 400, as “400” reads"),
        ({"figure": "40"}, "field 'figure': value '40': expected: a figure that its phrase has"),
        ({"phrase": "400 of 400"}, "a figure that its phrase has once, “400 of 400”"),
        ({"figure": "votes"}, "not a number"),
        ({"qualifier": "exact"}, "field 'qualifier': value 'exact': expected: more-than, as"),
        ({"phrase": "400 votes", "qualifier": "range"}, "expected: no range, for a figure of one"),
        (
            {"phrase": "2 to 10", "figure": "2 to 10", "value": 2.0, "qualifier": "range"},
            "field 'value_upper': value '': expected: 10, as “2 to 10” reads",
        ),
    ],
)
def test_a_statement_that_disagrees_with_itself_is_told(
    changes: dict[str, object], told: str
) -> None:
    problems = list(figures.problems(statement(**changes)))
    assert problems
    assert told in problems[0]
    assert problems[0].startswith("stated/statements.csv: row 2: field ")


PARA_7 = Passage("A/58/98", "para. 7", "7. In 2003 more than 400 votes were cast by 26 States.")


def test_a_phrase_at_its_place_is_found() -> None:
    assert list(places.misses(statement(), [PARA_7])) == []


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (
            {"phrase": "more than 40 votes were cast"},
            "stands there: “more than 400 votes were cast”",
        ),
        ({"phrase": "27 States"}, "field 'phrase': value '27 States': expected: words of A/58/98"),
    ],
)
def test_a_miss_says_what_was_sought_and_what_stands_there(
    changes: dict[str, object], told: str
) -> None:
    (miss,) = places.misses(statement(**changes), [PARA_7])
    assert told in miss
    assert miss.startswith("stated/statements.csv: row 2: field ")


def test_a_list_is_in_the_order_of_its_document() -> None:
    items = pd.DataFrame(
        {"list_id": "votes", "position": [1, 2], "document_id": "A/58/98", "place": "para. 7",
         "phrase": ["400 votes", "26 States"]}
    )  # fmt: skip
    assert list(places.out_of_order(items, [PARA_7])) == []
    swapped = items.assign(phrase=["26 States", "400 votes"])
    assert list(places.out_of_order(swapped, [PARA_7])) == [
        "stated/list_items.csv: row 3: field 'phrase': value '400 votes': expected: after the item "
        "before it, as A/58/98, para. 7, lists those of votes"
    ]
    # What does not stand there at all is told by `misses`.
    assert list(places.out_of_order(items.assign(phrase="nothing"), [PARA_7])) == []


def test_a_damage_is_cited_where_its_words_stand_first() -> None:
    again = Passage("A/58/98", "para. 8", PARA_7.text)
    rows = statement().assign(table="damage", place="para. 8")
    (miss,) = places.misses(rows, [PARA_7, again])
    assert "field 'place': value 'para. 8': expected: para. 7, the first place that" in miss
    assert list(places.misses(rows.assign(place="para. 7"), [PARA_7, again])) == []


def test_a_phrase_that_stands_twice_is_not_a_place() -> None:
    twice = Passage("A/58/98", "para. 7", PARA_7.text * 2)
    (miss,) = places.misses(statement(), [twice])
    assert "stands there 2 times" in miss


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("resolution 58/208 of 23 December 2003",
         ["resolution or decision number"] * 2 + ["date"] * 2),
        ("see A/58/98, para. 42", ["document symbol"] * 2
         + ["paragraph, note, annex, table, chapter or article number"]),
        ("10.00 a.m. - 1.00 p.m.", ["time of day"] * 2),
        ("its fifty-ninth session", ["ordinal"]),
        ("one of the most recent", ["one as a pronoun", "most as a superlative"]),
        ("Sales No. E.98.XVII.14", ["sales, series, treaty or volume number"] * 3),
        ("in the past two years", ["period of time"]),
    ],
)  # fmt: skip
def test_numbers_that_count_nothing_are_ruled_out(text: str, kinds: list[str]) -> None:
    assert [n.kind for n in numbers(Passage("A/58/98", "para. 1", text))] == kinds


@pytest.mark.parametrize(
    "text",
    [
        "attended by 190 experts", "46 member States", "two-day", "24 per cent", "58 of 208 States",
        "a third of all States", "one-third", "most of them", "the majority", "nearly all of them",
        "at least one of the elements", "a dozen meetings", "some 2,000 people", "twofold",
        "10 a.m. meetings", "hundreds of thousands", "between 1 and 3 millions",
    ],
)  # fmt: skip
def test_quantities_are_not_ruled_out(text: str) -> None:
    found = list(numbers(Passage("A/58/98", "para. 1", text)))
    assert found
    assert [n.kind for n in found] == [None] * len(found)


def test_an_uncovered_number_and_an_unused_entry_are_told() -> None:
    listed = statement(phrase="cast by 26 States", figure="26")
    found = coverage.all_numbers([PARA_7])
    result = coverage.cover([PARA_7], found, statement(), listed)
    assert result.rest == []
    assert result.unused == []
    assert result.counts[coverage.STATED] == 1
    assert result.counts[coverage.REVIEWED] == 1
    result = coverage.cover([PARA_7], found, listed, listed)
    assert [n.text for n in result.rest] == ["400"]
    assert result.unused == [
        "readings/uncovered.csv: row 2: field 'figure': value '26': expected: a figure of A/58/98, "
        "para. 7, “cast by 26 States”, that nothing else accounts for"
    ]


def test_only_the_figure_is_covered_not_the_phrase_around_it() -> None:
    wide = statement(phrase="more than 400 votes were cast by 26 States")
    rest = coverage.cover([PARA_7], coverage.all_numbers([PARA_7]), wide, wide.iloc[:0]).rest
    assert [n.text for n in rest] == ["26"]


def test_markdown_is_dropped_and_lines_are_joined() -> None:
    assert plain("- **Two\n\n  panels**<sup>4</sup> ### met\n---\n") == "Two panels ### met"


NO_TITLES = load("titles").iloc[:0]


def test_a_name_that_holds_a_number_counts_nothing_as_a_whole_word() -> None:
    passage = Passage("A", "para. 1", "the 5+5 Dialogue of 5+50 in Phase I and Phase II")
    kinds = {n.context: n.kind for n in numbers(passage, Names(["5+5", "Phase I"]))}
    assert list(kinds.values()) == ["name", "name", None, None, "name", None]


def test_of_many_names_those_are_looked_for_that_may_stand_in_a_text() -> None:
    others = [f"Round {number}" for number in range(5000)]
    names = Names(["5+5", "“2030” Agenda", "Phase I", *others])
    text = "the 5+5 Dialogue, the “2030” Agenda and the first phase"
    assert names.among(text) == ["5+5", "“2030” Agenda"]
    assert names.among("Phase II, Round 7") == ["“2030” Agenda", "Phase I", *others]
    kinds = {n.text: n.kind for n in numbers(Passage("A", "para. 1", text), names)}
    assert (kinds["5"], kinds["2030"]) == ("name", "name")


def test_page_and_note_numbers_are_known_where_a_transcription_runs_them_into_the_text() -> None:
    text = "9 Of the 7 groups 3 met 7 groups. 3 They met 4 times. A running title 7 and 9 more 7"
    page = Page(printed=7, title="A running title", notes=range(2, 4))
    kinds = [n.kind for n in numbers(Passage("A", "p. 9", text), page=page)]
    told = "page number", "note mark"
    assert kinds == [told[0], None, told[1], None, told[1], None, told[0], None, told[0]]
    assert [n.kind for n in numbers(Passage("A", "p. 9", text))][1:] == [None] * 8


CUTS = {
    "numbered paragraphs": (
        "# T\n## *Summary*\nIn short.\n\n1. One<sup>1</sup>\n\n<sup>1</sup> Seen.\n# H\n2. Two\n"
        "# Annex\nMore\n",
        {"summary": "In short.", "para. 1": "1. One", "note 1": "Seen.", "para. 2": "2. Two",
         "annex": "Annex More", "heading: T": "T",
         "heading: Summary": "Summary", "heading: H": "H"},
    ),
    "counted paragraphs": (
        "A title\n\nHere is a first paragraph, which is longer than any title can be:\n\n"
        "  1. item\n\n# Heading\n\nShort.",
        {"para. 1": "Here is a first paragraph, which is longer than any title can be: 1. item",
         "para. 2": "Short."},
    ),
    "introduction": (
        "**PART**\n\nHere is a first paragraph, which is longer than any title can be.\n\nTwo.",
        {"intro. para. 1": "Here is a first paragraph, which is longer than any title can be.",
         "intro. para. 2": "Two."},
    ),
    "resolution": (
        "# H\n*The General Assembly,*\n*Recalling*\n1. *Decides*\n(a) this;\n2. *Also*<sup>3</sup>"
        "\n\n<sup>3</sup> See.\n\n*7th plenary meeting*\n",
        {"preamble": "The General Assembly, Recalling", "op. para. 1": "1. Decides",
         "op. para. 1 (a)": "(a) this;", "op. para. 2": "2. Also", "note 3": "See."},
    ),
    "titles": (
        "Front\n**ONE\nFirst\nTwo\nSecond", {"slide: ONE": "ONE First", "slide: Two": "Two Second"},
    ),
    "pages": (
        "Front\n1 i Cover\n\n2 Text\n4 groups", {"p. 1": "1 i Cover", "p. 2": "2 Text 4 groups"},
    ),
}  # fmt: skip


def test_the_ways_are_those_that_the_table_of_documents_may_name() -> None:
    fields = {field["name"]: field for field in describe("documents")["schema"]["fields"]}
    assert list(WAYS) == fields["places"]["constraints"]["enum"]


@pytest.mark.parametrize("way", WAYS)
def test_each_way_cuts_a_document_into_the_places_that_the_ledger_cites(way: str) -> None:
    text, expected = CUTS[way]
    titles = NO_TITLES
    if way == "titles":
        titles = pd.DataFrame({"place": ["slide: ONE", "slide: Two"], "begins": ["**ONE", "Two"]})
    found = {p.place: p.text for p in cut("D", text, way, titles)}
    assert {p: words for p, words in found.items() if p[0] != "<"} == expected


REPORT = """\
A site's own words
# A REPORT
1. In 2031 the 5+5 held 12 meetings.

2. Of the members, 40 per cent replied.

3. It was the first report, of some 30 pages.
# Not of the report
4. Another 99 things.
"""
SLIDES = "THE MEETINGS\n\n- 7 meetings\n\n**AND THE\nREPLIES**\n\n- 26 replies\n"


# The tables that the command reads, and those that they refer to.
TABLES = (
    "documents", "statements", "titles", "pages", "numbered_names", "uncovered", "discrepancies",
    "relations",
)  # fmt: skip


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A copy of a part of the data package with no row in any table; its descriptor's path."""
    described = json.loads(PACKAGE.read_text(encoding="utf-8"))
    kept = [resource for resource in described["resources"] if resource["name"] in TABLES]
    for resource in kept:
        fields = describe(resource["name"])["schema"]["fields"]
        path = tmp_path / "data" / resource["path"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(",".join(field["name"] for field in fields) + "\n", encoding="utf-8")
    shutil.copytree(PACKAGE.parent / "schemas", tmp_path / "data" / "schemas")
    path = tmp_path / "data" / PACKAGE.name
    path.write_text(json.dumps({**described, "resources": kept}), encoding="utf-8")
    return path


def add(package: Path, table: str, **fields: object) -> None:
    """Add a row to a table of a copy; fields that are not given stay empty."""
    path = package.parent / describe(table)["path"]
    header = [field["name"] for field in describe(table)["schema"]["fields"]]
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, header, lineterminator="\n").writerow(fields)


def add_document(package: Path, document_id: str, text: str, **fields: object) -> None:
    """Write a transcription beside the copy of the package and add the row of its document."""
    name = f"{document_id.lower()}.txt"
    (package.parent.parent / name).write_bytes(text.encode())
    row = {
        "document_id": document_id, "title": "Made up", "kind": "slides", "date_earliest": "2031",
        "date_basis": "Made up.", "transcription": name,
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
    }  # fmt: skip
    add(package, "documents", **{**row, **fields})


def add_statement(package: Path, place: str, phrase: str, figure: str, **fields: object) -> None:
    row = {
        "statement_id": f"made-up-{figure.split()[0]}", "document_id": "REPORT", "place": place,
        "phrase": phrase, "figure": figure, "quantity_id": "made-up", "quantity": "Made up",
        "value": figure.split()[0], "qualifier": "exact", "unit": "meetings", "topic": "process",
    }  # fmt: skip
    add(package, "statements", **{**row, **fields})


def add_report(package: Path) -> None:
    add_document(
        package,
        "REPORT",
        REPORT,
        begins="# A REPORT",
        ends="# Not of",
        places="numbered paragraphs",
    )


def add_slides(package: Path) -> None:
    add_document(package, "SLIDES", SLIDES, places="titles")
    add(package, "titles", document_id="SLIDES", place="slide: THE MEETINGS", begins="THE MEET")
    add(package, "titles", document_id="SLIDES", place="slide: AND THE", begins="**AND THE")


def test_a_document_is_added_by_rows_alone(package: Path) -> None:
    """A report whose numerals statements, a name, rules and the reviewed list account for."""
    add_report(package)
    add_statement(package, "para. 1", "the 5+5 held 12 meetings", "12")
    add_statement(package, "para. 2", "40 per cent replied", "40 per cent", unit="per cent")
    add(package, "numbered_names", name="5+5", what="A dialogue")
    row = {"document_id": "REPORT", "place": "para. 3", "phrase": "some 30 pages", "figure": "30"}
    add(package, "uncovered", **row, reason="Made up.")
    assert problems(package.parent.parent, package) == []


def test_the_numbers_of_a_document_without_further_rows_are_all_told(package: Path) -> None:
    add_report(package)
    told = [
        line.partition("[")[2].partition("]")[0]
        for line in problems(package.parent.parent, package)
    ]
    assert told == ["5", "5", "12", "40", "30"]


def test_slides_are_added_by_rows_alone(package: Path) -> None:
    add_slides(package)
    add_statement(package, "slide: AND THE", "26 replies", "26", document_id="SLIDES")
    assert problems(package.parent.parent, package) == [
        "SLIDES, slide: THE MEETINGS: THE MEETINGS [7] meetings: expected: a statement of it, or a "
        "row of uncovered"
    ]


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("para. 30", "field 'place': value 'para. 30': expected: a place of REPORT; the nearest is "
         "para. 3"),
        ("annex", "field 'place': value 'annex': expected: a place of REPORT; the nearest is "),
    ],
)  # fmt: skip
def test_a_place_that_is_not_there_is_told_once_with_the_nearest(
    package: Path, place: str, told: str
) -> None:
    add_report(package)
    add_statement(package, place, "12 meetings", "12")
    first, *others = problems(package.parent.parent, package)
    assert first.startswith("stated/statements.csv: row 2: ")
    assert told in first
    assert not [line for line in others if ": row " in line]


def test_a_slide_is_cited_by_its_title(package: Path) -> None:
    add_slides(package)
    changed(package, "titles", "slide: AND THE", "slide: AND REPLIES")
    (line,) = [line for line in problems(package.parent.parent, package) if "titles.csv" in line]
    assert "row 3: field 'place': value 'slide: AND REPLIES': expected: the title, “AND THE" in line


def test_a_name_with_a_number_that_stands_nowhere_is_told(package: Path) -> None:
    add_report(package)
    add(package, "numbered_names", name="6+6", what="No dialogue")
    lines = problems(package.parent.parent, package)
    assert "readings/numbered_names.csv: row 2: field 'name': value '6+6': expected: " in lines[0]


TOLD = "The meeting of 14 to 15 September 2006 in New York, at the end of 2005"


@pytest.mark.parametrize(
    ("date", "missing"),
    [
        ("2006", ""), ("2006-09", ""), ("2006-09-14", ""), ("2006-09-16", "16"),
        ("2006-08", "August"), ("2007", "2007"), ("2005-12", ""), ("2004-12", "2004"),
    ],
)  # fmt: skip
def test_a_date_is_told_by_its_year_month_and_day(date: str, missing: str) -> None:
    assert cited.undated(date, TOLD) == missing


@pytest.mark.parametrize(
    ("date", "missing"), [("1994-12-19", ""), ("1994-12-22", "22"), ("1999-12-22", ""),
                          ("2001-10-16", ""), ("2001-10-17", ""), ("2001-10-12", "12")],
)  # fmt: skip
def test_a_day_is_that_of_its_year(date: str, missing: str) -> None:
    text = "49/127 of 19 December 1994, 54/212 of 22 December 1999; 12, on 16 and 17 October 2001"
    assert cited.undated(date, text) == missing


def test_the_last_of_some_days_is_read_beside_the_first() -> None:
    assert cited.last_day("2006-09-14", TOLD) == "2006-09-15"
    assert cited.last_day("2006-09-15", TOLD) == cited.last_day("2006-09", TOLD) == ""


def test_an_event_of_several_days_has_the_last(monkeypatch: pytest.MonkeyPatch) -> None:
    event = {
        "document_id": "A/58/98", "place": "para. 1", "date": "2006-09-14", "date_end": None,
        "bounds": False, "record_table": None, "lane": "GRCP", "title": "meeting",
        "description": "",
    }  # fmt: skip
    tables = {"documents": load("documents"), "events": pd.DataFrame([event])}
    monkeypatch.setattr(cited, "load", lambda name, _: tables[name])
    (line,) = cited.untold_events({("A/58/98", "para. 1"): TOLD})
    assert "field 'date_end': value '': expected: 2006-09-15, to which A/58/98, para. 1" in line


def test_the_bound_of_a_date_is_cited_where_its_day_stands() -> None:
    texts = {
        ("A/59/325", "note 8"): "Vienna, 2003.",
        ("A/59/325", "note 16"): "Accessed on 22 September 2004.",
    }
    rows = load("events")
    assert not list(cited.untold_events(texts))
    rows.loc[rows["event_id"] == "report-a-59-325", "place"] = "note 8"
    with standing_in("events", rows):
        (line,) = cited.untold_events(texts)
    assert "field 'place': value 'note 8': expected: note 16, which has 2004-09-22" in line


@pytest.mark.parametrize(("ends", "given"), [("2017-12", "2017-12"), (None, "")])
def test_the_last_day_of_an_event_is_that_of_its_place(ends: str | None, given: str) -> None:
    rows = load("events")
    rows.loc[rows["event_id"] == "compact-phase-1", "date_end"] = ends
    text = "Consultations, first phase, April 2017 to November 2017, stocktaking to December 2017."
    with standing_in("events", rows):
        told = list(cited.untold_events({("GRCP7", "p. 28"): text}))
    expected = f"field 'date_end': value '{given}': expected: 2017-11, to which GRCP7, p. 28"
    assert any(expected in line for line in told)


def test_the_day_by_which_replies_were_asked_for_is_that_of_its_place() -> None:
    asked = "By resolution 56/203 of 21 February 2002, views on the conference by 15 April 2003."
    texts = {("A/58/98", "para. 41"): asked}
    assert not list(cited.undated_rounds(texts))
    rows = load("conference_survey_rounds")
    rows.loc[rows["round_id"] == "round-2003", "reply_requested_by"] = None
    with standing_in("conference_survey_rounds", rows):
        (line,) = cited.undated_rounds(texts)
    assert "field 'reply_requested_by': value '': expected: 2003-04-15, by A/58/98" in line
    (line,) = cited.undated_rounds({})
    assert "expected: nothing, by A/58/98, para. 41" in line
    other = {place: text.replace("21", "22") for place, text in texts.items()}
    (line,) = cited.undated_rounds(other)
    assert "'mandate_date_stated': value '2002-02-21': expected: 22 February 2002, by" in line


@pytest.mark.parametrize(
    ("table", "row", "told"),
    [
        ("convention_status", {"date": "2006-09-16"}, "field 'date': value '2006-09-16'"),
        ("relations", {"claimed": "2006-09-16", "kind": "entry into force", "operands": "x"},
         "field 'place': value 'para. 1': expected: a place that has the claim 2006-09-16"),
        ("relations", {"claimed": "Friday", "kind": "weekday", "operands": "2006-09-15"},
         "a place that has the claim Friday; it has no Friday"),
        ("relations", {"claimed": "in order", "kind": "timetable", "operands": "10:00-13:00"},
         "a place that has the claim in order; it has no 10"),
        ("discrepancies", {"class": "contradiction", "document_a": "A/58/98",
         "place_a": "para. 1", "reading_a": "four Ministers resigned", "document_b": "record",
         "place_b": None, "reading_b": ""}, "'place_a': value 'para. 1': expected: a place that"),
        ("discrepancies", {"class": "contradiction", "document_a": "A/58/98",
         "place_a": "para. 1", "reading_a": "16 September 2006", "document_b": "record",
         "place_b": None, "reading_b": ""}, "expected: places that all have the day 16 September"),
    ],
)  # fmt: skip
def test_what_does_not_stand_at_its_place_is_told(
    monkeypatch: pytest.MonkeyPatch, table: str, row: dict[str, object], told: str
) -> None:
    rows = pd.DataFrame([{"document_id": "A/58/98", "place": "para. 1", **row}])
    monkeypatch.setattr(cited, "load", lambda *_: rows)
    check = {"convention_status": cited.undated_status, "relations": cited.untold_claims,
             "discrepancies": cited.untold_readings}[table]  # fmt: skip
    (line,) = check({("A/58/98", "para. 1"): TOLD})
    assert told in line
    assert not list(
        check(
            {("A/58/98", "para. 1"): f"{TOLD}: Friday, 16 September 2006, 10 a.m. 1 four Ministers"}
        )
    )


def test_a_year_of_establishment_stands_where_a_process_is_described(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    row = {"document_id": "A/59/325", "place": "para. 45", "established": 1991}
    texts = {("A/59/325", "para. 45"): "The first meeting was convened in 1991."}
    monkeypatch.setattr(cited, "load", lambda *_: pd.DataFrame([row]))
    assert not list(cited.unfounded_processes(texts))
    monkeypatch.setattr(cited, "load", lambda *_: pd.DataFrame([{**row, "established": 1992}]))
    (line,) = cited.unfounded_processes(texts)
    assert "'established': value 1992: expected: a year that A/59/325, para. 45, tells" in line


def test_who_stayed_away_is_named_before_the_words_that_say_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = load("iscm_survey_absentees")
    note = f"The (ACP) - (EU) Dialogue and another (MIDWA) {rows['phrase'].iloc[0]}."
    assert not list(cited.unnamed_absentees({("GRCP7", "p. 9"): note}))
    (line,) = cited.unnamed_absentees({("GRCP7", "p. 9"): note.replace("MIDWA", "MIDSA")})
    assert "field 'mechanism': value 'MIDWA': expected: one that GRCP7, p. 9, names before" in line
    (line,) = cited.unnamed_absentees({("GRCP7", "p. 9"): note.replace("ACP", "LAC")})
    assert "value 'ACP EU Dialogue'" in line
    monkeypatch.setattr(cited, "load", lambda *_: rows.assign(mechanism="Budapest Process"))
    assert len(list(cited.unnamed_absentees({("GRCP7", "p. 9"): note}))) == len(rows)


def test_a_page_that_ends_with_its_number_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = pd.DataFrame({
        "document_id": "GRCP7", "place": ["p. 5", "p. 7", "p. 9", "p. 11"],
        "printed_page": pd.array([3, 5, None, None], "Int64"),
        "first_note": None, "last_note": None,
    })  # fmt: skip
    monkeypatch.setattr(cited, "load", lambda *_: pages)
    texts = {("GRCP7", "p. 9"): "See note 7", ("GRCP7", "p. 11"): "held in 2009"}
    (line,) = cited.unnumbered_pages(texts)
    assert "row 4: field 'printed_page': value '': expected: 7, with which the page ends" in line


def test_a_page_has_the_numbers_of_its_notes(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = pd.DataFrame({
        "document_id": "GRCP7", "place": ["p. 5"], "printed_page": 3, "first_note": 40,
        "last_note": 49,
    })  # fmt: skip
    monkeypatch.setattr(cited, "load", lambda *_: pages)
    assert not list(cited.unnumbered_pages({("GRCP7", "p. 5"): "40 See above. 49 See below."}))
    (line,) = cited.unnumbered_pages({("GRCP7", "p. 5"): "40 See above. 41 See below."})
    assert "'last_note': value 49: expected: the number of a note of the page" in line


@pytest.mark.parametrize(
    ("date", "text", "apart"),
    [
        ("2018-09", "before the debate (25 September 2018)", False),
        ("2018-10", "held in October. It meets in September 2018", True),
        ("2018-10", "held in 2018", False),  # Of a month that is not there another line tells.
        ("2018", "held in October", False),
    ],
)
def test_a_month_stands_before_its_year_in_one_sentence(date: str, text: str, apart: bool) -> None:
    assert cited._apart(date, text) == apart


def test_a_quantity_is_told_in_the_words_of_its_places(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = pd.DataFrame({
        "document_id": "A/58/98", "place": ["para. 8", "para. 9"], "unit": "migrants",
        "quantity_id": "world-stock", "denominator": None,
        "quantity": ["international migrants in the world", "international migrants in the world"],
    })  # fmt: skip
    documents = pd.DataFrame({"document_id": ["A/58/98"], "title": ["International migration"]})
    tables = {"statements": rows, "documents": documents}
    monkeypatch.setattr(cited, "load", lambda name, _: tables[name])
    texts = {("A/58/98", "para. 8"): "The world had 175 million.", ("A/58/98", "para. 9"): "154"}
    assert not list(cited.unfounded_quantities(texts))
    tables["statements"] = rows.replace("international migrants in the world", "refugees, all told")
    line, _ = cited.unfounded_quantities(texts)
    assert "row 2: field 'quantity': value 'refugees, all told': expected: words of A/58/98" in line


def test_an_element_stands_below_the_heading_of_its_theme(monkeypatch: pytest.MonkeyPatch) -> None:
    themes = pd.DataFrame({"theme_id": ["rights", "data"], "title": ["Human rights", "Data"]})
    elements = pd.DataFrame({
        "letter": ["a", "b"], "theme_id": ["rights", "data"], "document_id": "GRCP7",
        "place": ["p. 1", "p. 2"],
    })  # fmt: skip
    tables = {"compact_themes": themes, "compact_elements": elements}
    monkeypatch.setattr(cited, "load", lambda name, _: tables[name])
    texts = {("GRCP7", "p. 1"): "Human rights Element (a): one. Data",
             ("GRCP7", "p. 2"): "Element (b): two."}  # fmt: skip
    assert not list(cited.misplaced_elements(texts))
    tables["compact_elements"] = elements.assign(theme_id="rights")
    (line,) = cited.misplaced_elements(texts)
    assert "row 3: field 'theme_id': value 'rights': expected: data, below whose heading" in line


def test_a_heading_ends_with_the_first_full_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = pd.DataFrame({
        "agenda": "recommended", "part": "1", "document_id": "GRCP7",
        "place": ["p. 12", "p. 12", "p. 12", "p. 13"],
        "phrase": ["Uphold rights", "of all", "adhere to laws", "Return"],
        "level": ["heading", "heading", "text", "text"],
    })  # fmt: skip
    monkeypatch.setattr(cited, "load", lambda *_: rows)
    texts = {("GRCP7", "p. 12"): "1. Uphold rights of all This is shared. States adhere to laws.",
             ("GRCP7", "p. 13"): "Return is left."}  # fmt: skip
    assert not list(cited.unpunctuated_levels(texts))
    swapped = rows.assign(level=["heading", "text", "heading", "heading"])
    monkeypatch.setattr(cited, "load", lambda *_: swapped)
    told = [line.partition("expected: ")[2] for line in cited.unpunctuated_levels(texts)]
    assert [line.partition(",")[0] for line in told] == ["heading", "text", "text"]


def test_a_part_of_a_wish_is_named_by_the_wish_or_all_by_its_paragraph(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    row = {"document_id": "A/58/98", "place": "para. 46", "wish": "how long", "parts": "days; year",
           "wanted": "of three days", "phrase": "for at least three days"}  # fmt: skip
    texts = {("A/58/98", "para. 46"): "A conference of three days in a year to be decided, a place"}
    monkeypatch.setattr(cited, "load", lambda *_: pd.DataFrame([row]))
    assert not list(cited.unnamed_parts(texts))
    monkeypatch.setattr(cited, "load", lambda *_: pd.DataFrame([{**row, "parts": "days; regi"}]))
    assert len(list(cited.unnamed_parts(texts))) == 1
    monkeypatch.setattr(cited, "load", lambda *_: pd.DataFrame([{**row, "parts": "plac; deci"}]))
    assert not list(cited.unnamed_parts(texts))
    monkeypatch.setattr(cited, "load", lambda *_: pd.DataFrame([{**row, "parts": "plac; regi"}]))
    (line,) = cited.unnamed_parts(texts)
    assert "'parts': value 'plac; regi': expected: parts that the words of the wish name" in line


def test_rows_whose_places_fit_better_exchanged_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the words of the readings alone and with the titles; by their documents too."""
    texts = {("A/58/98", "para. 1"): "Remittances grew.", ("A/58/98", "para. 2"): "States replied.",
             ("GRCP7", "para. 1"): "Delegates came."}  # fmt: skip
    rows = pd.DataFrame({
        "document_a": "A/58/98", "place_a": ["para. 1", "para. 2"], "title": ["Money", "Replies"],
        "reading_a": ["remittances", "replied"], "document_b": ["GRCP7", "A/58/98"],
        "place_b": "para. 1", "reading_b": ["delegates", "remittances"],
    })  # fmt: skip
    swapped = rows.assign(place_a=["para. 2", "para. 1"])
    other = rows.assign(document_b=["A/58/98", "GRCP7"])
    said = []
    for table in (rows, swapped, other):
        monkeypatch.setattr(cited, "load", lambda *_, table=table: table)
        said.append([line.partition(": expected")[0] for line in cited.exchanged_readings(texts)])
    assert [len(each) for each in said] == [0, 1, 1]
    assert said[1][0].endswith("row 2: field 'place_a': value 'para. 2'")
    assert said[2][0].endswith("row 2: field 'document_b': value 'A/58/98'")


def test_a_document_whose_place_has_less_of_the_words_than_anothers_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    texts = {
        ("A/58/98", "para. 1"): "Remittances grew.",
        ("A/59/325", "para. 1"): "States replied.",
    }
    rows = pd.DataFrame({
        "document_a": ["A/58/98"], "place_a": "para. 1", "reading_a": "remittances",
        "document_b": "A/58/98", "place_b": "para. 1", "reading_b": "replied", "title": "Grew",
    })  # fmt: skip
    monkeypatch.setattr(cited, "load", lambda *_: rows)
    # By the words of the reading, not by those of the title, which tell of both sides.
    assert not list(cited.misattributed_readings(texts))
    monkeypatch.setattr(cited, "load", lambda *_: rows.assign(document_a="A/59/325"))
    (line,) = cited.misattributed_readings(texts)
    assert line.endswith("'document_a': value 'A/59/325': expected: A/58/98, which has more of the "
                         "words there")  # fmt: skip


def test_events_whose_places_fit_better_exchanged_are_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    texts = {("GRCP7", "p. 17"): "A declaration of 2013", ("GRCP7", "p. 26"): "A meeting in Cairo"}
    rows = pd.DataFrame({
        "document_id": "GRCP7", "place": ["p. 17", "p. 26"], "title": ["Declaration", "Cairo"],
        "description": ["Of 2013.", "Meeting."],
    })  # fmt: skip
    monkeypatch.setattr(cited, "load", lambda *_: rows)
    assert not list(cited.exchanged_events(texts))
    monkeypatch.setattr(cited, "load", lambda *_: rows.assign(place=["p. 26", "p. 17"]))
    (line,) = cited.exchanged_events(texts)
    assert "row 2: field 'place': value 'p. 26': expected: its own; those of this event" in line


def test_last_year_is_the_year_before_the_document() -> None:
    assert cited.undated("2016", "opened last year", "2017") == ""
    assert cited.undated("2015", "opened last year", "2017") == "2015"


@pytest.mark.parametrize(
    ("date", "text", "last"),
    [
        ("2003-10-07", "7 and 8 October 2003", "2003-10-08"),
        ("2017-04-18", "(18 19 April 2017)", "2017-04-19"),
        ("1998-06-29", "from 29 June to 3 July 1998", "1998-07-03"),
        ("2017-04", "Phase I (April 2017 November 2017)", "2017-11"),
        ("2017-07-18", "(18 19 April 2017) and (18 19 July 2017)", "2017-07-19"),
        ("2003-10-07", "7 October 2003", ""),
        ("1999-07-02", "2 July 1999 and 22 December 1999", ""),
        ("2017-04", "in April 2017 and in 2018", ""),
        ("2017", "2017 to 2018", ""),
    ],
)
def test_the_last_day_is_that_of_the_text(date: str, text: str, last: str) -> None:
    assert cited.last_day(date, text) == last


def test_the_first_month_of_an_event_is_that_of_its_place() -> None:
    text = "Phase I (April 2017 November 2017), Phase II (November 2017 January 2018)"
    assert cited.first_month("2018-01", text) == "2017-11"
    assert cited.first_month("2017-11", text) == "2017-04"
    assert cited.first_month("2017-12", text) == ""
    events = load("events").query("event_id == 'compact-phase-2'").reset_index(drop=True)
    texts = {("GRCP7", "p. 28"): f"{text} of stocktaking, as planned for the compact"}
    events["date"] = "2017-12"
    with standing_in("events", events):
        (line,) = [line for line in cited.untold_events(texts) if "'date'" in line]
    assert "value '2017-12': expected: a date that GRCP7, p. 28, tells; it has no Dec" in line
    events["date"] = "2018-01"
    with standing_in("events", events):
        (line,) = [line for line in cited.untold_events(texts) if "'date'" in line]
    assert "value '2018-01': expected: 2017-11, from which GRCP7, p. 28, has it" in line


def test_a_day_stands_beside_its_month() -> None:
    text = "Of 22 December 2003 and of 21 May 2003"
    assert cited.undated("2003-12-22", text) == ""
    assert cited.undated("2003-12-21", text) == "21"


PLACED = {
    ("A/58/98", "para. 45"): "In 1991 the Ministers of European countries met in Berlin.",
    ("A/58/98", "para. 46"): "In 1996 a conference on displaced persons was held.",
}


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("date", "1992", "field 'date': value '1992': expected: a date that A/58/98, para. 45, "),
        ("place", "para. 46", "it has no 1991"),
        ("title", "Trafficking protocol adopted", "expected: a place that speaks of it"),
    ],
)
def test_an_event_is_told_where_it_is_cited(
    monkeypatch: pytest.MonkeyPatch, field: str, value: str, told: str
) -> None:
    event = {
        "document_id": "A/58/98", "place": "para. 45", "date": "1991", "date_end": None,
        "bounds": False, "record_table": None, "lane": "regional processes",
        "title": "Ministers meet", "description": "",
    }  # fmt: skip
    tables = {"documents": load("documents")}
    monkeypatch.setattr(cited, "load", lambda name, _: tables[name])
    tables["events"] = pd.DataFrame([event])
    assert list(cited.untold_events(PLACED)) == []
    tables["events"] = pd.DataFrame([{**event, field: value}])
    assert told in next(cited.untold_events(PLACED))


def changed(package: Path, table: str, old: str, new: str) -> None:
    path = package.parent / describe(table)["path"]
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize(
    ("table", "old", "new", "told"),
    [
        ("documents", "numbered paragraphs", "verses",
         "row 2: field 'places': value 'verses': expected: string, required "
         "True, enum ["),
        ("documents", "numbered paragraphs", "resolution",
         "row 2: field 'places': value 'resolution': expected: a way that"),
        ("documents", "report.txt", "other.txt",
         "row 2: field 'transcription': value 'other.txt': expected: a file"),
        ("documents", "# A REPORT", "# THE REPORT",
         "row 2: field 'begins': value '# THE REPORT': expected: the first "
         "words of one line of report.txt; 0 lines"),
        ("documents", "# A REPORT", "#",
         "row 2: field 'begins': value '#': expected: the first words of one "
         "line of report.txt; 2 lines"),
        ("documents", "# Not of", "# A REPORT OF",
         "row 2: field 'ends': value '# A REPORT OF': expected: the first"),
        ("titles", "**AND THE", "AND THE",
         "row 3: field 'begins': value 'AND THE': expected: the first words of "
         "a line of slides.txt"),
        ("titles", "slide: THE MEETINGS", "page 1",
         "row 2: field 'place': value 'page 1': expected: "),
        ("statements", "para. 1", "p. 1",
         "row 2: field 'place': value 'p. 1': expected: para. 7, note 7, "
         "summary or annex (REPORT has numbered paragraphs)"),
        ("discrepancies", ",record,", ",recrod,",
         "row 2: field 'document_b': value 'recrod': expected: record"),
    ],
)  # fmt: skip
def test_a_bad_row_is_told_on_one_line_with_row_field_and_what_was_expected(
    package: Path, table: str, old: str, new: str, told: str
) -> None:
    add_report(package)
    add_slides(package)
    add_statement(package, "para. 1", "12 meetings", "12")
    add(package, "discrepancies", discrepancy_id="d", title="D", document_a="REPORT",
        place_a="para. 1", document_b="record", reading_a="12", reading_b="13", numeric="true",
        favours="a", evidence="Made up.", status="resolved", gravity=1, consequence="None.",
        **{"class": "contradiction"})  # fmt: skip
    changed(package, table, old, new)
    lines = problems(package.parent.parent, package)
    assert lines[0].startswith(f"{describe(table)['path']}: {told}"), lines
    assert sum(": field " in line for line in lines) == 1


def test_two_documents_cannot_begin_with_one_line(package: Path) -> None:
    add_report(package)
    digest = hashlib.sha256(REPORT.encode()).hexdigest()
    add(package, "documents", document_id="TWIN", title="Made up", kind="slides",
        date_earliest="2031", date_basis="Made up.", transcription="report.txt", sha256=digest,
        places="pages", begins="# A REP")  # fmt: skip
    (line,) = problems(package.parent.parent, package)
    assert line == (
        "stated/documents.csv: row 3: field 'begins': value '# A REP': "
        "expected: a line of its own; REPORT begins with the same"
    )


def test_a_transcription_in_another_encoding_is_told(package: Path) -> None:
    add_report(package)
    latin = "# A REPORT from Zürich".encode("latin-1")
    (package.parent.parent / "report.txt").write_bytes(latin)
    digest = hashlib.sha256(REPORT.encode()).hexdigest()
    changed(package, "documents", digest, hashlib.sha256(latin).hexdigest())
    (line,) = problems(package.parent.parent, package)
    assert line.endswith("value 'report.txt': expected: a text in UTF-8; its byte 18 is not")


def test_a_missing_and_a_changed_transcription_are_told(package: Path) -> None:
    add_report(package)
    add_slides(package)
    folder = package.parent.parent
    (folder / "report.txt").unlink()
    (folder / "slides.txt").write_bytes(b"another text")
    with pytest.raises(ReadingError) as error:
        read(folder, package)
    first, second = str(error.value).split("\n")
    assert "row 2: field 'transcription': value 'report.txt': expected: a file in" in first
    assert f"expected: {hashlib.sha256(b'another text').hexdigest()}, that of slides.txt" in second


def verify(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tools.verify", *arguments],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip


@pytest.mark.slow
def test_without_a_folder_nothing_is_verified_and_it_is_said_how_to_get_the_documents() -> None:
    run = verify()
    assert run.returncode == 1
    assert f"{len(load('statements'))} statements" in run.stdout
    for name in load("documents")["transcription"]:
        assert name in run.stdout
    assert "undocs.org" in run.stdout
    assert "Documents not checked" in run.stdout
    assert "Verified" not in run.stdout


def _file(path: Path) -> None:
    path.write_text("not a folder", encoding="utf-8")


def _other_files(path: Path) -> None:
    path.mkdir()
    (path / "notes.txt").touch()


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda path: None, "No such file or directory"),
        (_file, "Not a directory"),
        (lambda path: path.mkdir(), "none of the documents is there"),
        (_other_files, "none of the documents is there"),
    ],
)
def test_a_named_folder_without_documents_is_one_problem(
    make: Callable[[Path], None], told: str, tmp_path: Path
) -> None:
    folder = tmp_path / "typo"
    make(folder)
    (problem,) = problems(folder)
    assert problem.startswith(f"SOURCES: {str(folder)!r}: {told}; expected: a folder that holds ")
    assert "hld-page.txt" in problem


def test_a_document_that_is_a_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "hld-page.txt").mkdir()
    assert len(problems(tmp_path)) == len(set(load("documents")["transcription"]))


@pytest.mark.slow
def test_with_wrong_documents_the_command_fails(tmp_path: Path) -> None:
    (tmp_path / "hld-page.txt").write_text("another text", encoding="utf-8")
    run = verify(str(tmp_path))
    assert run.returncode == 1
    assert "Verified" not in run.stdout
    assert "documents.csv: row " in run.stdout
    assert "field 'sha256'" in run.stdout


@pytest.fixture(scope="module")
def passages() -> list[Passage]:
    return read(SOURCES)


@needs_documents
@pytest.mark.slow
def test_the_ledger_stands_in_the_documents() -> None:
    run = verify(str(SOURCES))
    assert "nothing amiss" in run.stdout
    assert run.returncode == 0


@needs_documents
def test_every_stretch_of_the_documents_belongs_to_a_place(passages: list[Passage]) -> None:
    """What the places hold is the whole file, but for foreign matter and the markdown."""
    for name, rows in load("documents").groupby("transcription"):
        if rows["ends"].notna().any():
            continue
        text = (SOURCES / str(name)).read_text(encoding="utf-8")
        own = rows["document_id"].tolist()
        held = sum(len("".join(p.text.split())) for p in passages if p.document_id in own)
        whole = len("".join(plain(text).split()))
        # List marks at line ends and joined heading marks account for a handful of characters.
        assert abs(held - whole) <= 0.002 * whole
    assert {p.document_id for p in passages} == set(load("documents")["document_id"])


@needs_documents
def test_every_row_about_numbers_in_the_text_meets_one(passages: list[Passage]) -> None:
    for name in load("numbered_names")["name"]:
        texts = [passage for passage in passages if name in passage.text]
        assert any(n.kind == "name" for p in texts for n in numbers(p, Names([name]))), name
    pages = load("pages").set_index(["document_id", "place"])
    met = coverage.all_numbers([p for p in passages if (p.document_id, p.place) in pages.index])
    for key, row in pages.iterrows():
        here = [n for n in met if (n.passage.document_id, n.passage.place) == key]
        kinds = {(n.kind, int(n.text)) for n in here if n.text.isdigit()}
        asked = {("page number", row["printed_page"]), ("note mark", row["first_note"]),
                 ("note mark", row["last_note"])}  # fmt: skip
        assert {pair for pair in asked if pd.notna(pair[1])} <= kinds, key


@pytest.fixture(scope="module")
def found(passages: list[Passage]) -> list[Number]:
    return coverage.all_numbers(passages)


@needs_documents
def test_no_statement_can_be_left_out_unseen(passages: list[Passage], found: list[Number]) -> None:
    """Take each statement away in turn: its figure surfaces, and nothing but its figure."""
    ledger, reviewed = load("statements"), load("uncovered")
    same_figure = ["document_id", "place", "phrase", "figure"]
    assert not ledger.duplicated(same_figure).any()
    for index, row in ledger.iterrows():
        rest = coverage.cover(passages, found, ledger.drop(index=index), reviewed).rest
        assert rest, f"{row['statement_id']} could be dropped without being missed"
        for number in rest:
            assert number.text.lower() in str(row["figure"]).lower()
            assert (number.passage.document_id, number.passage.place) == (
                row["document_id"],
                row["place"],
            )


@needs_documents
def test_every_entry_of_the_reviewed_list_is_needed(
    passages: list[Passage], found: list[Number]
) -> None:
    ledger, reviewed = load("statements"), load("uncovered")
    for index in reviewed.index:
        rest = coverage.cover(passages, found, ledger, reviewed.drop(index=index)).rest
        assert len(rest) == 1


def test_the_items_of_lists_are_looked_up_in_the_documents() -> None:
    assert "list_items" in set(places.quotations()["table"])
