"""Run the notebooks whose inputs changed, and keep what they show.

A run records in the notebook's metadata what its outputs depend on (`tools.inputs`), so that a
stale notebook can be told from a fresh one without running it.

    python -m tools.notebooks            # run the stale ones
    python -m tools.notebooks stock      # run these, stale or not
    python -m tools.notebooks --check    # only report; exit 1 if any is stale
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tools import inputs
from tools.inputs import ROOT

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


def problem(path: Path, root: Path = ROOT) -> str | None:
    """Why a notebook is not fit to publish: stripped, failed or stale; `None` if it is."""
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        return f"{path.name}: line {error.lineno}: expected: JSON; is a merge unfinished?"
    for index, cell in enumerate(notebook["cells"]):
        if cell["cell_type"] != "code":
            continue
        if cell["execution_count"] is None:
            return f"{path.name}: cell {index} has not been run; run `make notebooks`"
        if any(output["output_type"] == "error" for output in cell["outputs"]):
            return f"{path.name}: cell {index} shows an error; mend it and run `make notebooks`"
    if not inputs.record(notebook):
        return f"{path.name}: stale: what it depends on was not recorded; run `make notebooks`"
    if changed := inputs.changed(notebook, root):
        others = f" and {len(changed) - 1} more" if len(changed) > 1 else ""
        what = f"{changed[0]}{others} changed since it ran"
        return f"{path.name}: stale: {what}; run `make notebooks`"
    return None


def run(path: Path, root: Path = ROOT) -> str:
    """Execute one notebook in place; on failure the file stays as it was and the error is told."""
    # Imported here because nbformat takes two seconds, which those who only check can spare.
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError

    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    client = NotebookClient(
        notebook,
        kernel_name=KERNEL["name"],
        timeout=300,
        record_timing=False,
        shutdown_kernel="immediate",  # asked politely, a kernel may complain of the interruption
        resources={"metadata": {"path": str(path.parent)}},
    )
    try:
        asked = inputs.asked_for(_executed(client), root)
    except CellExecutionError as error:
        return f"FAILED {path.name}: cell {_failed(notebook)}: {error.ename}: {error.evalue}"
    except RuntimeError as error:  # a kernel that did not start
        return f"FAILED {path.name}: {error}"
    language = notebook.metadata.get("language_info", {})
    # The patch version of Python says nothing about the outputs and would churn the diff.
    language.pop("version", None)
    notebook.metadata = nbformat.NotebookNode({"kernelspec": KERNEL, "language_info": language})
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number:03d}"
    inputs.stamp(notebook, asked, root)
    temporary = path.with_suffix(".part")
    nbformat.write(notebook, temporary)
    temporary.replace(path)
    return f"ran {path.name}"


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
        client.execute(cleanup_kc=False)
        wanted = {"report": "_recorder['report']()"}
        reply = client.wait_for_reply(kernel.execute("", silent=True, user_expressions=wanted))
    assert reply is not None
    shown = reply["content"]["user_expressions"]["report"]["data"]["text/plain"]
    return json.loads(ast.literal_eval(shown))


def main() -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("names", nargs="*", help="run these notebooks, stale or not")
    parser.add_argument("--check", action="store_true", help="only say which are not fit")
    arguments = parser.parse_args()
    wanted = [BOOK / f"{Path(name).stem}.ipynb" for name in arguments.names] or notebooks()
    missing = [path.name for path in wanted if not path.is_file()]
    if missing:
        parser.error(f"no such notebook in book/: {', '.join(missing)}")
    problems = {path: problem(path) for path in wanted}
    if arguments.check:
        print("\n".join(p for p in problems.values() if p) or "every notebook is fresh")
        return int(any(problems.values()))
    stale = [path for path in wanted if arguments.names or problems[path]]
    with ProcessPoolExecutor(max_workers=min(len(stale) or 1, os.cpu_count() or 1)) as pool:
        results = list(pool.map(run, stale))
    print("\n".join(results) or "every notebook is fresh")
    return int(any(result.startswith("FAILED") for result in results))


if __name__ == "__main__":
    sys.exit(main())
