"""Run the notebooks whose inputs changed, and keep what they show.

A notebook's fingerprint covers all that its outputs depend on: its own cells, `analysis/`,
`data/` and the lock. It is written into the notebook's metadata by the run, so that a stale
notebook can be told from a fresh one without running it.

    python -m tools.notebooks            # run the stale ones
    python -m tools.notebooks stock      # run these, stale or not
    python -m tools.notebooks --check    # only report; exit 1 if any is stale
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

ROOT = Path(__file__).resolve().parent.parent
BOOK = ROOT / "book"
KEPT_METADATA = ("kernelspec", "language_info")


def notebooks() -> list[Path]:
    """All notebooks of the book, by name."""
    return sorted(BOOK.glob("*.ipynb"))


@cache
def _shared_inputs() -> bytes:
    digest = hashlib.sha256()
    files: Iterable[Path] = [
        *sorted((ROOT / "analysis").rglob("*.py")),
        *sorted(p for p in (ROOT / "data").rglob("*") if p.is_file()),
        ROOT / "requirements.txt",
    ]
    for path in files:
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0")
        # Line ends are folded so that a checkout on Windows has the same fingerprint.
        digest.update(path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return digest.digest()


def fingerprint(notebook: nbformat.NotebookNode) -> str:
    """What the notebook's outputs depend on, as a hexadecimal digest."""
    digest = hashlib.sha256(_shared_inputs())
    for cell in notebook.cells:
        tags = ",".join(cell.metadata.get("tags", []))
        digest.update(f"{cell.cell_type}\0{tags}\0{cell.source}\0".encode())
    return digest.hexdigest()


def problem(path: Path) -> str | None:
    """Why a notebook is not fit to publish: stripped, failed or stale; `None` if it is."""
    notebook = nbformat.read(path, as_version=4)
    for index, cell in enumerate(notebook.cells):
        if cell.cell_type != "code":
            continue
        if cell.execution_count is None:
            return f"{path.name}: cell {index} has not been run; run `make notebooks`"
        if any(output.output_type == "error" for output in cell.outputs):
            return f"{path.name}: cell {index} shows an error; mend it and run `make notebooks`"
    if notebook.metadata.get("fingerprint") != fingerprint(notebook):
        return f"{path.name}: stale: its cells, analysis/, data/ or the lock changed since it ran"
    return None


def run(path: Path) -> str:
    """Execute one notebook in place; on failure the file stays as it was and the error is told."""
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    try:
        client = NotebookClient(
            notebook,
            kernel_name="python3",
            timeout=300,
            record_timing=False,
            resources={"metadata": {"path": str(BOOK)}},
        )
        client.execute()
    except (CellExecutionError, RuntimeError) as error:  # the second: a kernel that did not start
        return f"FAILED {path.name}: {error}"
    notebook.metadata = nbformat.NotebookNode(
        {key: notebook.metadata[key] for key in KEPT_METADATA if key in notebook.metadata}
    )
    # The patch version of Python says nothing about the outputs and would churn the diff.
    notebook.metadata.get("language_info", {}).pop("version", None)
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number:03d}"
    notebook.metadata["fingerprint"] = fingerprint(notebook)
    temporary = path.with_suffix(".part")
    nbformat.write(notebook, temporary)
    temporary.replace(path)
    return f"ran {path.name}"


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
