"""The command that checks the ledger finds what is wrong, and nothing else.

Made-up documents show each kind of fault; where the transcriptions are at hand, the ledger itself
is checked, and every statement is taken out in turn to see whether its figure would be missed.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from analysis.tables import load
from tools.verify import coverage, figures, places
from tools.verify.numbers import Number, numbers
from tools.verify.transcription import Passage, TranscriptionError, cut, plain, read

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT.parent / "shared" / "sources"
needs_documents = pytest.mark.skipif(
    not SOURCES.is_dir(), reason="the documents belong to their publishers and are not at hand"
)


def statement(**changes: object) -> pd.DataFrame:
    row: dict[str, object] = {
        "table": "statements", "statement_id": "votes", "row_id": "votes", "document_id": "A/58/98",
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
        ({"value": 40.0}, "reads 400"),
        ({"value": float("nan")}, "reads 400"),
        ({"figure": "40"}, "sought the figure"),
        ({"phrase": "400 of 400"}, "sought the figure"),
        ({"figure": "votes"}, "not a number"),
        ({"qualifier": "exact"}, "asks for the qualifier more-than"),
        ({"phrase": "400 votes", "qualifier": "range"}, "range and upper value"),
        ({"phrase": "2 to 10", "figure": "2 to 10", "value": 2.0, "qualifier": "range"}, "reads"),
    ],
)
def test_a_statement_that_disagrees_with_itself_is_told(
    changes: dict[str, object], told: str
) -> None:
    problems = list(figures.problems(statement(**changes)))
    assert problems
    assert told in problems[0]
    assert problems[0].startswith("votes: A/58/98, para. 7")


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
        ({"place": "para. 70"}, "no such place; nearest: para. 7"),
        ({"place": "summary", "document_id": "GRCP7"}, "none in this document"),
    ],
)
def test_a_miss_says_what_was_sought_and_what_stands_there(
    changes: dict[str, object], told: str
) -> None:
    (miss,) = places.misses(statement(**changes), [PARA_7])
    assert told in miss
    assert miss.startswith("votes: ")


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
        ("the 5+5 Dialogue", ["name"] * 2),
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
    assert result.unused == ["A/58/98, para. 7: “cast by 26 States” [26]"]


def test_only_the_figure_is_covered_not_the_phrase_around_it() -> None:
    wide = statement(phrase="more than 400 votes were cast by 26 States")
    rest = coverage.cover([PARA_7], coverage.all_numbers([PARA_7]), wide, wide.iloc[:0]).rest
    assert [n.text for n in rest] == ["26"]


def test_markdown_is_dropped_and_lines_are_joined() -> None:
    assert plain("- **Two\n\n  panels**<sup>4</sup> ### met\n---\n") == "Two panels ### met"


def test_pages_of_the_damaged_report_end_where_its_text_ends() -> None:
    pages = "\n".join(f"{n} page with 50 things" for n in range(1, 37))
    found = cut("grcp7-report.txt", f"Size: 3\n{pages}\n\nA notice of 99 other things\n")
    assert [passage.place for passage in found] == [f"p. {n}" for n in range(1, 37)]
    assert not any("notice" in passage.text for passage in found)


def test_a_changed_or_missing_transcription_is_told(tmp_path: Path) -> None:
    (tmp_path / "iom-hld-page.txt").write_text("another text", encoding="utf-8")
    found = hashlib.sha256(b"another text").hexdigest()
    with pytest.raises(TranscriptionError) as error:
        read(tmp_path, {"iom-hld-page.txt": "0" * 64, "hld-page.txt": "1" * 64})
    first, second = str(error.value).split("\n")
    assert f"iom-hld-page.txt: SHA-256 is {found}; expected 0000" in first
    assert "hld-page.txt: not in" in second


def verify(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tools.verify", *arguments],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip


@pytest.mark.slow
def test_without_documents_the_command_checks_what_it_can_and_says_how_to_get_them(
    tmp_path: Path,
) -> None:
    run = verify(str(tmp_path))
    assert run.returncode == 0
    assert f"{len(load('statements'))} statements" in run.stdout
    for name in load("documents")["transcription"]:
        assert name in run.stdout
    assert "undocs.org" in run.stdout


@pytest.mark.slow
def test_with_wrong_documents_the_command_fails(tmp_path: Path) -> None:
    (tmp_path / "hld-page.txt").write_text("another text", encoding="utf-8")
    run = verify(str(tmp_path))
    assert run.returncode == 1
    assert "hld-page.txt: SHA-256 is" in run.stdout


@pytest.fixture(scope="module")
def passages() -> list[Passage]:
    documents = load("documents")
    return read(SOURCES, dict(zip(documents["transcription"], documents["sha256"], strict=True)))


@needs_documents
@pytest.mark.slow
def test_the_ledger_stands_in_the_documents() -> None:
    run = verify(str(SOURCES))
    assert "nothing amiss" in run.stdout
    assert run.returncode == 0


@needs_documents
def test_every_stretch_of_the_documents_belongs_to_a_place(passages: list[Passage]) -> None:
    """What the places hold is the whole file, but for its chrome and notices and the markdown."""
    for name in ("imr2006-part-two.txt", "hld-slides.txt", "hld-page.txt", "iom-hld-page.txt"):
        text = (SOURCES / name).read_text(encoding="utf-8")
        held = sum(len("".join(p.text.split())) for p in cut(name, text))
        whole = len("".join(plain(text).split()))
        # List marks at line ends and joined heading marks account for a handful of characters.
        assert abs(held - whole) <= 0.002 * whole
    assert {p.document_id for p in passages} == set(load("documents")["document_id"])


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
