"""The bench measures what it says, and the README shows its last run."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest

from tools.bench import __main__ as command
from tools.bench import floors
from tools.bench.record import FILE, OTHER_WORK, PLACE, README, Record, Row
from tools.bench.spent import BenchError, Spent, Step, median, pairs

ROOT = Path(__file__).resolve().parent.parent
BUSY = "import time\nuntil = time.process_time() + 0.3\nwhile time.process_time() < until: pass"
RECORD = Record(
    "2026-11-27",
    "2 cores, Linux, Python 3.11.7",
    [
        Row("build it", "empty pages", Spent(2.0, 1.5), Spent(5.0, 6.0)),
        Row("see an edit", "", None, Spent(7.25, 3.0)),
    ],
)


def test_the_readme_shows_the_last_run_and_names_no_machine() -> None:
    text = README.read_text(encoding="utf-8")
    shown = PLACE.search(text)
    assert shown is not None
    assert shown.group() == Record.read(FILE).shown()
    kind = rf"\d+ cores, \w+, Python [\d.]+(, {OTHER_WORK})?"
    assert re.fullmatch(kind, Record.read(FILE).machine)


def test_every_measure_of_the_last_run_has_a_row_whose_ratio_is_that_of_its_seconds() -> None:
    text = README.read_text(encoding="utf-8")
    for row in Record.read(FILE).rows:
        (line,) = [line for line in text.splitlines() if line.startswith(f"| {row.done} |")]
        if row.least is not None:
            told = line.strip("| ").split(" | ")
            assert float(told[4]) == pytest.approx(row.book.elapsed / row.least.elapsed, abs=0.051)


def test_a_run_is_shown_as_a_table_and_read_back_as_it_was(tmp_path: Path) -> None:
    readme, kept = tmp_path / "README.md", tmp_path / "last.json"
    readme.write_text(
        "Before.\n\n<!-- made by make bench -->\n\nold\n\n<!-- to here -->\n\nAfter.\n"
    )
    RECORD.write(kept, readme)
    assert Record.read(kept) == RECORD
    assert readme.read_text() == (
        "Before.\n\n<!-- made by make bench -->\n\n"
        "On 27 November 2026, 2 cores, Linux, Python 3.11.7:\n\n"
        "| what is done | floor | s | book, s | ratio | ratio of processor time |\n"
        "| --- | --- | --: | --: | --: | --: |\n"
        "| build it | empty pages | 2.0 | 5.0 | 2.5 | 4.0 |\n"
        "| see an edit |  |  | 7.2 |  |  |\n\n"
        "<!-- to here -->\n\nAfter.\n"
    )


def test_what_a_command_takes_includes_its_children_and_not_what_prepares_it(
    tmp_path: Path,
) -> None:
    nested = f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {BUSY!r}])"
    asleep = "import time\ntime.sleep(0.3)"
    busy = Step([(sys.executable, "-c", nested)], tmp_path)
    idle = Step([(sys.executable, "-c", asleep)], tmp_path)
    least, most = pairs(idle, busy, 1)
    assert most.processor - least.processor > 0.25
    assert least.elapsed > 0.3
    ran: list[str] = []
    prepared = Step([(sys.executable, "-c", "")], tmp_path, lambda: ran.append("prepared"))
    assert prepared.run().elapsed < least.elapsed + most.elapsed
    assert ran == ["prepared"]


def test_a_command_that_fails_is_not_measured(tmp_path: Path) -> None:
    step = Step([(sys.executable, "-c", "raise SystemExit('no such page')")], tmp_path)
    with pytest.raises(BenchError, match="no such page"):
        step.run()


def test_the_median_is_taken_of_each_kind_of_seconds() -> None:
    taken = [Spent(1.0, 9.0), Spent(2.0, 7.0), Spent(9.0, 8.0)]
    assert median(taken) == Spent(2.0, 8.0)


def test_floors_have_as_many_pages_notebooks_and_figures_as_asked(tmp_path: Path) -> None:
    empty = floors.book(tmp_path / "empty", 3)
    assert len(list(empty.glob("*.md"))) == 3
    listed = (empty / "_toc.yml").read_text(encoding="utf-8")
    assert all(path.stem in listed for path in empty.glob("*.md"))
    names = list(floors.notebooks(tmp_path, [0, 2]))
    drawn = [
        sum("add_subplot" in cell.source for cell in nbformat.read(path, as_version=4).cells)
        for path in (tmp_path / f"{name}.ipynb" for name in names)
    ]
    assert drawn == [0, 2]


def test_a_copy_of_the_project_has_what_is_kept_and_nothing_that_was_made(tmp_path: Path) -> None:
    source = tmp_path / "project"
    for name in (
        "book/page.md",
        "_build/html/page.html",
        ".venv/bin/python",
        "a/__pycache__/x.pyc",
    ):
        (source / name).parent.mkdir(parents=True)
        (source / name).write_text("x")
    copy = floors.project(source, tmp_path / "copy")
    found = {path.relative_to(copy).as_posix() for path in copy.rglob("*") if path.is_file()}
    assert found == {"book/page.md"}


def test_a_measure_that_there_is_not_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["tools.bench", "--only", "tea"])
    monkeypatch.setattr(command.wellformed, "refused", lambda: False)
    monkeypatch.setattr(command, "measures", lambda _: [])
    assert command.main() == 1
    assert capsys.readouterr().err == "--only 'tea': no measure; expected: a part of its name\n"


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, bool, bool]]:
    """A bench of two measures that take no time; whether a run was written, and of what."""
    quick = Step([(sys.executable, "-c", "")], ROOT)
    written: list[tuple[str, bool, bool]] = []

    def two(folder: Path) -> Iterator[command.Measure]:
        assert folder.is_dir()
        yield command.Measure("build it", "an empty book", quick, quick)
        yield command.Measure("see an edit", "", None, quick)

    def write(record: Record) -> None:
        written.extend((row.done, row.least is None, bool(row.floor)) for row in record.rows)

    monkeypatch.setattr(command, "measures", two)
    monkeypatch.setattr(command.wellformed, "refused", lambda: False)
    monkeypatch.setattr(Record, "write", write)
    return written


@pytest.mark.parametrize(
    ("arguments", "shown", "kept"),
    [([], 2, True), (["--dry"], 2, False), (["--only", "edit"], 1, False)],
)
def test_a_whole_run_is_written_and_a_dry_one_or_a_part_is_shown(
    arguments: list[str], shown: int, kept: bool, measured: list[tuple[str, bool, bool]],
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setattr(sys, "argv", ["tools.bench", *arguments])
    assert command.main() == 0
    told = capsys.readouterr()
    assert len([line for line in told.out.splitlines() if line.startswith("| ")]) == shown + 2
    assert told.err.count("measured: ") == shown
    whole = [("build it", False, True), ("see an edit", True, False)]
    assert measured == (whole if kept else [])


def test_a_step_that_fails_and_tables_that_cannot_be_read_end_the_run(
    measured: list[tuple[str, bool, bool]], monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    failing = Step([(sys.executable, "-c", "raise SystemExit('no such page')")], ROOT)
    broken = [command.Measure("build it", "", None, failing)]
    monkeypatch.setattr(sys, "argv", ["tools.bench"])
    monkeypatch.setattr(command, "measures", lambda _: broken)
    assert command.main() == 1
    assert capsys.readouterr().err.endswith("\nno such page\n")
    monkeypatch.setattr(command.wellformed, "refused", lambda: True)
    assert command.main() == 1
    assert measured == []


@pytest.mark.parametrize("prints", [True, False])
def test_each_measure_has_a_floor_of_the_same_size_and_edits_its_own_copy(
    prints: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def copied(source: Path, target: Path) -> Path:
        for name in (command.PROSE, command.CHART, "_build/html/index.html"):
            (target / name).parent.mkdir(parents=True)
            (target / name).write_text("A line.\n", encoding="utf-8")
        return target

    monkeypatch.setattr(floors, "project", copied)
    monkeypatch.setattr(command, "_prints", lambda: prints)
    every = {measure.done: measure for measure in command.measures(tmp_path)}
    assert [measure.done for measure in every.values() if measure.least is None] == [
        "see the edit of a chart on its page: rerun what it concerns, build",
        *(["print the three PDFs"] if prints else []),
    ]
    listed = (ROOT / "_toc.yml").read_text(encoding="utf-8").count("file: book/")
    pages = listed + 1  # the root stands apart
    assert f"build {pages} pages from nothing" in every
    assert len(list((tmp_path / "empty").glob("page-*.md"))) == pages
    for measure in every.values():
        for step in filter(None, (measure.least, measure.book)):
            assert step.folder.is_relative_to(tmp_path)
            step.prepare()
    ours = tmp_path / "book"
    assert not (ours / "_build").exists()
    assert (ours / command.PROSE).read_text(encoding="utf-8") == "A line.\n\nOne more.\n"
    assert "EDITED = " in (ours / command.CHART).read_text(encoding="utf-8")
