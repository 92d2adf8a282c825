"""Run the notebooks whose inputs changed, and keep what they show.

A run records in the notebook's metadata what its outputs depend on (`tools.inputs`), so that a
stale notebook can be told from a fresh one without running it.

    python -m tools.notebooks            # run the stale ones
    python -m tools.notebooks stock      # run these, stale or not
    python -m tools.notebooks --check    # only report; exit 1 if any is stale
    python -m tools.notebooks stock --whole    # and show the whole of an error
"""

from __future__ import annotations

import ast
import json
import os
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import groupby
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, NamedTuple

from tools import cause, inputs, replace
from tools.inputs import ROOT
from tools.leaving import leave_with
from tools.words import command

if TYPE_CHECKING:
    from nbclient import NotebookClient
    from nbformat import NotebookNode

BOOK = ROOT / "book"
RECORDER = Path(__file__).with_name("recorder.py")
# JupyterLab writes other names for the same kernel; one name keeps diffs to what changed.
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


def notebooks() -> list[Path]:
    """All notebooks of the book, by name."""
    return sorted(BOOK.glob("*.ipynb"))


class Problem(NamedTuple):
    """Why a notebook is not fit to publish: where, and what is wrong."""

    name: str
    place: str
    cause: str

    def __str__(self) -> str:
        return f"{self.name}: {self.place}{self.cause}"


def problem(path: Path, root: Path = ROOT) -> Problem | None:
    """Why a notebook is not fit to publish: stripped, failed or stale; `None` if it is."""
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        cause = "expected: JSON; is a merge unfinished?"
        return Problem(path.name, f"line {error.lineno}: ", cause)
    for index, cell in enumerate(notebook["cells"]):
        if cell["cell_type"] != "code":
            continue
        if cell["execution_count"] is None:
            return Problem(path.name, f"cell {index} ", "has not been run; run `make notebooks`")
        if any(output["output_type"] == "error" for output in cell["outputs"]):
            cause = "shows an error; mend it and run `make notebooks`"
            return Problem(path.name, f"cell {index} ", cause)
    if not inputs.record(notebook):
        cause = "what it depends on was not recorded; run `make notebooks`"
        return Problem(path.name, "stale: ", cause)
    if changed := inputs.changed(notebook, root):
        others = f" and {len(changed) - 1} more" if len(changed) > 1 else ""
        what = f"{changed[0]}{others} changed since it ran"
        return Problem(path.name, "stale: ", f"{what}; run `make notebooks`")
    return None


def unfit(paths: Iterable[Path], root: Path = ROOT) -> list[str]:
    """What is wrong with notebooks, a line for each cause; empty if all can be published."""
    found = sorted(
        (told for path in paths if (told := problem(path, root))),
        key=lambda told: (told.place, told.cause, told.name),
    )
    return [_together(list(alike)) for _, alike in groupby(found, key=lambda told: told[1:])]


def _together(alike: list[Problem]) -> str:
    """One line for the notebooks that one cause made unfit."""
    if len(alike) == 1:
        return str(alike[0])
    names = ", ".join(Path(each.name).stem for each in alike)
    return f"{len(alike)} notebooks: {alike[0].place}{alike[0].cause} ({names})"


class Failure(NamedTuple):
    """Why a notebook could not be run: where, the error, and the whole of what was said."""

    name: str
    place: str
    error: str
    whole: str

    def __str__(self) -> str:
        return f"FAILED {self.name}: {self.place}{self.error}"


def run(path: Path, root: Path = ROOT) -> Failure | None:
    """Execute one notebook in place; on failure the file stays as it was and the error is told."""
    # Imported here because nbformat takes two seconds, which those who only check can spare.
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError

    from tools.kernels import AsyncManager

    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    client = NotebookClient(
        notebook,
        kernel_name=KERNEL["name"],
        kernel_manager_class=AsyncManager,
        timeout=300,
        record_timing=False,
        shutdown_kernel="immediate",  # asked politely, a kernel may complain of the interruption
        resources={"metadata": {"path": str(path.parent)}},
    )
    try:
        asked = inputs.asked_for(_executed(client), root)
        language = notebook.metadata.get("language_info", {})
        # The patch version of Python says nothing about the outputs and would churn the diff.
        language.pop("version", None)
        notebook.metadata = nbformat.NotebookNode({"kernelspec": KERNEL, "language_info": language})
        for number, cell in enumerate(notebook.cells):
            cell.id = f"cell-{number:03d}"
        inputs.stamp(notebook, asked, root)
        text = nbformat.writes(notebook).rstrip("\n") + "\n"
        if path.read_text(encoding="utf-8") != text:  # else its date would have its page built
            replace.whole(path, text)
    except CellExecutionError as error:
        told = _first_line(f"{error.ename}: {error.evalue}")
        return Failure(path.name, f"cell {_failed(notebook)}: ", told, error.traceback)
    except (RuntimeError, TimeoutError, OSError) as error:  # a kernel, its time, room on the disk
        told = cause(error) or str(error) or type(error).__name__
        return Failure(path.name, "", _first_line(told), str(error))
    return None


def _first_line(told: str) -> str:
    first, *more = told.strip().splitlines()
    return f"{first} (and {len(more)} lines more)" if more else first


def _summary(failures: Iterable[Failure], whole: bool) -> Iterator[str]:
    """A line for each error, however many notebooks meet it, and how to see the rest."""
    ordered = sorted(failures, key=lambda failure: (failure.error, failure.name))
    for error, alike in groupby(ordered, key=lambda failure: failure.error):
        first, *others = alike
        more = f" and {len(others)} more notebooks" if others else ""
        yield f"FAILED {first.name}{more}: {first.place}{error}" if others else str(first)
        if whole:
            yield first.whole
    if ordered and not whole:
        yield f"`python -m tools.notebooks {Path(ordered[0].name).stem} --whole` shows the rest"


def _failed(notebook: NotebookNode) -> int:
    """The number of the cell that shows an error."""
    return next(
        number
        for number, cell in enumerate(notebook.cells)
        if any(output["output_type"] == "error" for output in cell.get("outputs", []))
    )


def _executed(client: NotebookClient) -> dict[str, Any]:
    """Execute a client's notebook; returns what its kernel asked for."""
    recorder = RECORDER.read_text(encoding="utf-8")
    with client.setup_kernel():
        kernel = client.kc
        assert kernel is not None
        # Silent: neither is counted among the executions, and nothing of it is shown.
        kernel.execute(f"_recorder = {{}}; exec({recorder!r}, _recorder)", silent=True)
        # What its report is read with, while the kernel is at work.
        Thread(target=inputs.installed).start()
        client.execute(cleanup_kc=False)
        wanted = {"report": "_recorder['report']()"}
        reply = client.wait_for_reply(kernel.execute("", silent=True, user_expressions=wanted))
    assert reply is not None
    shown = reply["content"]["user_expressions"]["report"]["data"]["text/plain"]
    return json.loads(ast.literal_eval(shown))


def main() -> int:
    """The command line; returns the exit code."""
    from tools import wellformed  # not for those who only ask of notebooks: it takes half a second

    parser = command(__doc__)
    parser.add_argument("names", nargs="*", help="run these notebooks, stale or not")
    parser.add_argument("--check", action="store_true", help="only say which are not fit")
    parser.add_argument("--whole", action="store_true", help="show the whole of an error")
    arguments = parser.parse_args()
    wanted = [BOOK / f"{Path(name).stem}.ipynb" for name in arguments.names] or notebooks()
    missing = [path.name for path in wanted if not path.is_file()]
    if missing:
        parser.error(f"no such notebook in book/: {', '.join(missing)}")
    if wellformed.refused():
        return 1
    if arguments.check:
        found = unfit(wanted)
        print("\n".join(found) or "every notebook is fresh")
        return int(bool(found))
    return _run_all([path for path in wanted if arguments.names or problem(path)], arguments.whole)


def _run_all(stale: list[Path], whole: bool) -> int:
    """Run notebooks side by side and say what came of it; returns the exit code."""
    for left in BOOK.glob("*.part"):  # by a run that was killed
        left.unlink()
    with ProcessPoolExecutor(
        max_workers=min(len(stale) or 1, os.cpu_count() or 1),
        initializer=partial(leave_with, os.getpid()),
    ) as pool:
        # Those that show most take longest: begun last, they would keep one process from its rest.
        stale = sorted(stale, key=lambda path: path.stat().st_size, reverse=True)
        results = dict(zip(stale, pool.map(run, stale), strict=True))
    ran = sorted(f"ran {path.name}" for path, failure in results.items() if failure is None)
    failures = [failure for failure in results.values() if failure]
    print("\n".join([*ran, *_summary(failures, whole)]) or "every notebook is fresh")
    return int(bool(failures))


if __name__ == "__main__":
    sys.exit(main())
