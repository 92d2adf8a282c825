"""Build the HTML book from the stored outputs of fresh notebooks.

    python -m tools.book
    python -m tools.book --whole    # whatever was built before

Where nothing changed since the last build, the book stands. Where only sentences, code or drawings
of pages did, those pages are built, and the few that collect from all; where anything did that
pages have in common, or what was made is not as it was left, all are.

Jupyter Book's own exit code is nought when a cell failed or a link dangles; `-n -W` make it fail,
and `--keep-going` shows all problems at once.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools import replace, stored, traced, wellformed
from tools.notebooks import ROOT, notebooks, unfit
from tools.pdf import shelf

BUILD = ROOT / "_build"
SITE, KEPT, REMEMBERED = BUILD / "html", BUILD / "kept", BUILD / ".doctrees"
TRACE, BUILT, MADE = KEPT / "site.json", KEPT / "pages.json", KEPT / "made.json"
COMMAND = "jupyter_book.cli.main:main"
ARGUMENTS = ["build", ".", "-n", "-W", "--keep-going", "--quiet"]
# What a build writes last; a site without it is half built, and no test takes it for fresh.
LAST = Path("_static", "search-data.js")


def build(whole: bool = False) -> int:
    """Check what is read and the notebooks, build the pages; returns the exit code."""
    if wellformed.refused():
        return 1
    if stale := unfit(notebooks()):
        print("\n".join(stale), file=sys.stderr)
        return 1
    before, now = _built(), _pages()
    stands = before and _stands() and not traced.changed(TRACE, [COMMAND, *ARGUMENTS])
    whole = whole or not stands
    changed = [name for name, known in now.items() if before.get(name) != known]
    if whole or changed:
        if code := _make(whole, changed):
            return code
        replace.whole(MADE, json.dumps(_made(), indent=0))
        replace.whole(BUILT, json.dumps(now, indent=0))
    # Tests go by its date; where nothing may be written, a book that stands is none the worse.
    with contextlib.nullcontext() if whole or changed else contextlib.suppress(OSError):
        (SITE / LAST).touch()
    print(f"The book: {(SITE / 'book' / 'index.html').relative_to(ROOT).as_posix()}")
    return 0


def _make(whole: bool, changed: list[str]) -> int:
    """Build all pages, or those that changed; returns the exit code."""
    # The epoch belongs to figures, inside kernels; here it would rewrite the footer's year.
    environment = {k: v for k, v in os.environ.items() if k != "SOURCE_DATE_EPOCH"}
    command = [sys.executable, "-m", "tools.traced", str(TRACE), COMMAND, *ARGUMENTS]
    if whole:  # what Sphinx remembers of the pages, and files that it would not make any more
        shutil.rmtree(REMEMBERED, ignore_errors=True)
        shutil.rmtree(SITE, ignore_errors=True)
        TRACE.unlink(missing_ok=True)
    for name in changed:
        (ROOT / "book" / name).touch()  # Sphinx goes by dates
    shelf.clear(SITE)
    (SITE / LAST).unlink(missing_ok=True)
    BUILT.unlink(missing_ok=True)
    result = subprocess.run(
        command, cwd=ROOT, env=environment, text=True, capture_output=True, encoding="utf-8"
    )
    # Jupyter Book ends with a banner about local paths; only warnings and errors are worth reading.
    told = [line for line in result.stderr.splitlines() if line.strip()]
    if result.returncode:
        (SITE / LAST).unlink(missing_ok=True)
        # Where the system refused a file, others have told of it before, and where in their code.
        shown = told[-1:] if result.returncode == traced.REFUSED else told
        print("\n".join(shown), file=sys.stderr)
    return result.returncode


def _pages() -> dict[str, str]:
    """The pages by their names, and what each is."""
    paths = sorted(path for path in (ROOT / "book").iterdir() if stored.is_page(path))
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def _built() -> dict[str, str]:
    """What the pages were when all of the site was built; nothing if it was not."""
    return _noted(BUILT) if (SITE / LAST).is_file() else {}


def _made() -> dict[str, str]:
    """The files of the site and those by which Sphinx remembers it, and what each is."""
    paths = sorted(path for folder in (SITE, REMEMBERED) for path in folder.rglob("*"))
    return {p.relative_to(BUILD).as_posix(): _digest(p) for p in paths if p.is_file()}


def _stands() -> bool:
    """Whether all that the last build made is there and as it was left."""
    made = _noted(MADE)
    try:
        return bool(made) and all(_digest(BUILD / name) == known for name, known in made.items())
    except OSError:
        return False


def _digest(path: Path) -> str:
    return hashlib.sha256(shelf.unprinted(path, SITE)).hexdigest()


def _noted(note: Path) -> dict[str, str]:
    try:
        read = json.loads(note.read_text(encoding="utf-8"))
    except (OSError, ValueError):  # Half written, by a machine that went down: all is built again.
        return {}
    return read if isinstance(read, dict) else {}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Build the HTML book.")
    parser.add_argument("--whole", action="store_true", help="whatever was built before")
    sys.exit(build(parser.parse_args().whole))
