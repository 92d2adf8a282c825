"""The errors that are made on purpose, and who notices them."""

from __future__ import annotations

import random
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.tables import load, names
from tools import wellformed
from tools.checks.check import Check
from tools.corrupt import __main__ as command
from tools.corrupt import mutants as made
from tools.corrupt import trial
from tools.corrupt.mutants import Mutant, mutants
from tools.corrupt.score import SHARP, Score
from tools.corrupt.trial import Bench, Outcome
from tools.verify.problems import ReadingError

SCHEMA = {
    "fields": [
        {"name": "item_id", "type": "string", "role": "key"},
        {"name": "number", "type": "integer", "role": "fact"},
        {"name": "day", "type": "date", "role": "fact"},
        {"name": "kind", "type": "string", "role": "fact", "constraints": {"enum": ["x", "y"]}},
        {"name": "note", "type": "string", "role": "prose"},
    ]
}
RAW = pd.DataFrame(
    {
        "item_id": ["a", "b", "c"], "number": ["120", "7", pd.NA],
        "day": ["2003-07-01", "2003-12-31", pd.NA], "kind": ["x", "y", "x"],
        "note": ["one two", pd.NA, "three"],
    },
    dtype="string",
)  # fmt: skip


def test_each_field_suffers_what_its_type_can() -> None:
    found = list(mutants("t", RAW, SCHEMA, {}, 1, None))
    kinds = {(m.field, m.kind) for m in found}
    assert {kind for field, kind in kinds if field == "number"} == {
        "digit", "thousandfold", "sign", "lost", "swap"}  # fmt: skip
    assert {kind for field, kind in kinds if field == "day"} == {"date", "lost", "swap"}
    assert {kind for field, kind in kinds if field == "kind"} == {"code", "lost", "swap"}
    assert {kind for field, kind in kinds if not field} == {"row lost", "row doubled"}


def test_no_mutant_leaves_the_table_as_it_was_and_each_changes_what_it_says() -> None:
    for mutant in mutants("t", RAW, SCHEMA, {}, 1, None):
        after = mutant.apply(RAW)
        assert not after.equals(RAW), mutant
        if mutant.field:
            apart = (after.fillna("") != RAW.fillna("")).stack()
            assert {(row, field) for row, field in apart.index[apart]} == {
                (row, mutant.field) for row in mutant.rows
            }


def test_neighbouring_cells_of_one_type_change_places() -> None:
    fields = [{"name": name, "type": "integer", "role": role}
              for name, role in (("low", "fact"), ("high", "fact"), ("note", "prose"))]  # fmt: skip
    raw = pd.DataFrame(
        {"low": ["1", "2"], "high": ["1", pd.NA], "note": ["3", "4"]}, dtype="string"
    )
    found = [m for m in mutants("t", raw, {"fields": fields}, {}, 1, None) if m.kind == "columns"]
    assert [(m.field, m.beside, m.rows) for m in found] == [("low", "high", (1,))]
    assert found[0].apply(raw).fillna("").to_numpy().tolist() == [["1", "1", "3"], ["", "2", "4"]]


def test_the_same_seed_makes_the_same_errors() -> None:
    once, again, other = (list(mutants("t", RAW, SCHEMA, {}, seed, 1)) for seed in (1, 1, 2))
    assert once == again
    assert once != other


@pytest.mark.parametrize(
    ("change", "cell", "possible"),
    [
        (made.digit, "7", {"0", "1", "2", "3", "4", "5", "6", "8", "9"}),
        (made.thousandfold, "120", {"120000"}),
        (made.thousandfold, "1.5", {"1500"}),
        (made.sign, "1.5", {"-1.5"}),
        (made.sign, "0", {None}),
        (made.comma, "1.5", {"1,5"}),
        (made.comma, "15", {None}),
        (made.day, "2003-12-31", {"2003-12-30", "2004-01-01"}),
        (made.day, "2004-01", {"2003-12", "2004-02"}),
        (made.day, "1990", {"1989", "1991"}),
    ],
)
def test_a_change_by_hand(change: made.Change, cell: str, possible: set[str | None]) -> None:
    assert {change(cell, random.Random(seed), []) for seed in range(200)} == possible


@pytest.fixture(scope="module")
def bench() -> Bench:
    return Bench.of_the_package()


def _work_for_ever(*_: object) -> None:
    while True:
        pass


@pytest.mark.skipif(not hasattr(signal, "SIGVTALRM"), reason="stops by a signal of POSIX")
def test_a_check_is_stopped_by_its_work_and_not_by_that_of_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(trial, "PATIENCE", 0.1)
    with trial._patience():
        time.sleep(0.3)
    with pytest.raises(TimeoutError), trial._patience():
        _work_for_ever()


def swap(table: str, field: str, row: int) -> Mutant:
    cells = load(table)[field].astype(str)
    pair = (cells[row + 1], cells[row])
    return Mutant(table, "swap", "fact", field, (row, row + 1), pair)


@pytest.mark.slow
def test_two_years_of_the_world_s_population_cannot_change_places(bench: Bench) -> None:
    """It moved a published share from −0.06 to −0.23, and nothing noticed."""
    outcome = bench.try_out(swap("world_population", "year", 0))
    assert "record/world_population.csv: row 2: field 'population_" in outcome.line


@pytest.mark.slow
def test_a_row_twice_and_a_key_that_leads_nowhere_are_noticed_by_the_schema(bench: Bench) -> None:
    twice = Mutant("statements", "row doubled", "row", "", (3,))
    nowhere = Mutant("events", "key", "key", "document_id", (0,), ("A/1/1",))
    assert [bench.try_out(m).by for m in (twice, nowhere)] == ["schema", "schema"]


@pytest.mark.slow
def test_nothing_is_left_behind(bench: Bench) -> None:
    before = load("un_members")
    bench.try_out(Mutant("un_members", "code", "fact", "continent", (18,), ("Asia",)))
    assert load("un_members").equals(before)


@pytest.mark.slow
def test_the_share_that_is_published_is_that_of_another_sample(bench: Bench) -> None:
    """Forty errors by another seed: with weaker checks than the page says fewer are noticed."""
    every = [m for m in bench.mutants(list(names()), 2026, 1) if m.role in SHARP]
    sample = random.Random(2026).sample(every, 40)
    noticed = sum(bool(bench.try_out(mutant).by) for mutant in sample)
    own = [Score.read().roles[role] for role in SHARP]
    share = sum(each["noticed"] for each in own) / sum(each["tried"] for each in own)
    # Four standard deviations of a sample of 40 below the published share.
    assert noticed / 40 > share - 4 * (share * (1 - share) / 40) ** 0.5


def test_the_score_that_is_published_adds_up() -> None:
    score = Score.read()
    tried = sum(own["tried"] for own in score.roles.values())
    assert tried == sum(own["tried"] for own in score.kinds.values())
    assert all(own["noticed"] <= own["documents"] <= own["tried"] for own in score.kinds.values())
    assert sum(score.checks.values()) == sum(own["noticed"] for own in score.roles.values())


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["typo"], "SOURCES: 'typo': No such file or directory; expected: a folder that holds"),
        (["--each", "0"], "argument --each: '0'; expected: a number from 1"),
        (["--most", "-1"], "argument --most: '-1'; expected: a number from 1"),
        (["--survivors", "nowhere/x"], "--survivors: 'nowhere/x': expected: a file in a folder"),
    ],
)
def test_what_cannot_be_tried_is_told_before_anything_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    arguments: list[str], told: str,
) -> None:  # fmt: skip
    monkeypatch.setattr(sys, "argv", ["tools.corrupt", *arguments])
    monkeypatch.setattr(wellformed, "refused", lambda: False)
    monkeypatch.setattr(Bench, "of_the_package", _work_for_ever)
    with pytest.raises(SystemExit) as ended:
        command.main()
    assert ended.value.code
    assert told in capsys.readouterr().err


def test_nothing_is_tried_on_tables_that_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["tools.corrupt"])
    monkeypatch.setattr(wellformed, "refused", lambda: True)
    monkeypatch.setattr(Bench, "of_the_package", _work_for_ever)
    assert command.main() == 1


def test_tables_that_fail_before_any_corruption_are_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def failing(*_: object) -> Bench:
        raise ValueError("stated/events.csv: row 2")

    monkeypatch.setattr(sys, "argv", ["tools.corrupt"])
    monkeypatch.setattr(wellformed, "refused", lambda: False)
    monkeypatch.setattr(Bench, "of_the_package", failing)
    assert command.main() == 1
    assert capsys.readouterr().err == "stated/events.csv: row 2\n"


LOST = Mutant("t", "row lost", "row", "", (0,))
DIGIT = Mutant("t", "digit", "fact", "number", (1,), ("8",))
SWAP = Mutant("t", "swap", "prose", "note", (0, 1), (None, "one two"))
OUTCOMES = [
    Outcome(LOST, "schema", "t: row 2", True),
    Outcome(DIGIT, "", "", True),
    Outcome(SWAP, "", "", False),
]


class Stand(SimpleNamespace):
    """A bench of three corruptions: a check notices one, the documents another."""

    def mutants(self, *_: object) -> Iterator[Mutant]:
        return (outcome.mutant for outcome in OUTCOMES)

    def try_out(self, mutant: Mutant) -> Outcome:
        return next(outcome for outcome in OUTCOMES if outcome.mutant == mutant)


@pytest.fixture
def stand(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The file of the score, for a run on that bench."""
    monkeypatch.setattr(wellformed, "refused", lambda: False)
    monkeypatch.setattr(Bench, "of_the_package", lambda sources: Stand())
    monkeypatch.setattr(command, "absent", lambda *_: "")
    monkeypatch.setattr(command, "FILE", tmp_path / "score.json")
    return tmp_path / "score.json"


def test_a_run_with_the_documents_is_counted_shown_and_kept(
    stand: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    survivors = tmp_path / "survivors"
    monkeypatch.setattr(
        sys, "argv", ["tools.corrupt", str(tmp_path), "--survivors", str(survivors)]
    )
    assert command.main() == 0
    told = capsys.readouterr().out
    assert told.startswith("3 corruptions of 1 tables\n")
    assert [line.split() for line in told.splitlines()[1:5]] == [
        ["tried", "noticed", "with", "documents"],
        ["fact", "1", "0.0%", "100.0%"], ["row", "1", "100.0%", "100.0%"],
        ["prose", "1", "0.0%", "0.0%"],
    ]  # fmt: skip
    score = Score.read(stand)
    assert score.sharp == ["t.number"]
    assert score.survivors["t.note"] == {"tried": 1, "noticed": 0, "documents": 0}
    assert (score.checks, score.run["each"]) == ({"schema": 1}, 3)
    # What was tried and measured of the code stays.
    last = Score.read()
    assert (score.code, score.sample, score.covered) == (last.code, last.sample, last.covered)
    assert survivors.read_text() == (
        "fact\tdigit\tt\tnumber\t3\t8\tdocuments\n"
        "prose\tswap\tt\tnote\t2, 3\t(empty) | one two\tnobody\n"
    )


@pytest.mark.parametrize("arguments", [["--all"], ["--most", "2"], ["--tables", "statements"]])
def test_a_part_of_a_run_or_one_without_the_documents_is_not_kept(
    arguments: list[str], stand: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setattr(sys, "argv", ["tools.corrupt", *arguments])
    assert command.main() == 0
    tried = 2 if "--most" in arguments else 3
    assert capsys.readouterr().out.startswith(f"{tried} corruptions of 1 tables\n")
    assert not stand.exists()


@pytest.mark.parametrize(
    ("change", "cell"),
    [(made.digit, "none"), (made.thousandfold, "0"), (made.thousandfold, "none"),
     (made.day, "2003-02-30"), (made.day, "July"), (made.neighbour, "x"), (made.word, "x"),
     (made.emptied, "")],
)  # fmt: skip
def test_what_cannot_be_changed_so_is_left(change: made.Change, cell: str) -> None:
    assert change(cell, random.Random(1), [cell]) is None


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A package of one rule, and what the documents say of the tables."""
    said: list[str] = []

    def even() -> Iterator[str]:
        if any(load("dates")["event_id"].str.contains("broken")):
            yield "dates.csv: row 2"

    monkeypatch.setattr(trial, "CHECKS", (Check.of(even),))
    monkeypatch.setattr(trial, "read", lambda folder: [])
    monkeypatch.setattr(trial.cited, "problems", lambda passages: iter(said))
    monkeypatch.setattr(trial.places, "misses", lambda *_: iter([]))
    monkeypatch.setattr(trial.places, "out_of_order", lambda *_: iter(["out of order"]))
    monkeypatch.setattr(trial.coverage, "all_numbers", lambda passages: [])
    cover = SimpleNamespace(rest=[], unused=["stands nowhere"])
    monkeypatch.setattr(trial.coverage, "cover", lambda *_: cover)
    return said


def test_documents_are_asked_of_what_no_check_notices(small: list[str], tmp_path: Path) -> None:
    small.append("no such place")
    with pytest.raises(ValueError, match="fail the documents: no such place"):
        Bench.of_the_package(tmp_path)
    small.clear()
    cover = trial.coverage.cover([], [], load("statements"), load("uncovered"))
    cover.unused.clear()
    bench = Bench.of_the_package(tmp_path)
    cover.unused.append("stands nowhere")
    note = Mutant("dates", "word", "prose", "event", (0,), ("another",))
    assert bench.try_out(note) == Outcome(note, "", "stands nowhere", True)
    page = Mutant("pages", "word", "prose", "running_title", (0,), ("another",))
    assert bench.try_out(page).line == "stands nowhere"
    ordered = Mutant("compact_elements", "word", "quotation", "phrase", (0,), ("another",))
    assert bench.try_out(ordered).line == "out of order"


def test_documents_that_cannot_be_cut_notice_what_made_them_so(
    small: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cover = trial.coverage.cover([], [], load("statements"), load("uncovered"))
    cover.unused.clear()
    bench = Bench.of_the_package(tmp_path)

    def failing(folder: Path) -> list[object]:
        raise ReadingError("documents.csv: row 2: no such line")

    monkeypatch.setattr(trial, "read", failing)
    named = Mutant("documents", "word", "prose", "date_basis", (0,), ("another",))
    assert bench.try_out(named).line == "documents.csv: row 2: no such line"


def test_tables_that_fail_a_check_are_told_before_any_corruption(
    small: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trial, "CHECKS", (Check("never", lambda: ["dates.csv: row 3"]),))
    with pytest.raises(ValueError, match=r"the committed data fail never:\ndates\.csv: row 3"):
        Bench.of_the_package()
