"""Make a release, or make it again and compare.

    python -m tools.release 2026.11           # `make release VERSION=2026.11`: to _build/release
    python -m tools.release --check           # `make release-check`
    python -m tools.release --check FOLDER    # against the SHA256SUMS of that folder

The version must be the one that all files name, on one day, in a tree without changes. Both ways
clone the commit that is checked out and make it in the clone: the site, three PDFs, the data and
those of the exhibits, the wheel and the source distribution.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

from tools import MISSING, refused
from tools.downloads import CHECKSUMS
from tools.inputs import ROOT
from tools.release import making, ready
from tools.replace import ask_leave, naming

FOLDER = ROOT / "_build" / "release"


def release(version: str) -> int:
    """Make a version; returns the exit code."""
    if amiss := ready.problems(ROOT, version):
        print("\n".join(amiss), file=sys.stderr)
        return 1
    ask_leave(FOLDER)
    write(making.made(ROOT), FOLDER)
    print(f"Released: {FOLDER.relative_to(ROOT).as_posix()}; `make release-check` makes it again")
    return 0


def check(folder: Path) -> int:
    """Make again what a folder's checksums list; returns the exit code."""
    released = (folder / CHECKSUMS).read_text(encoding="utf-8")
    again = making.made(ROOT)[CHECKSUMS].decode()
    if amiss := making.differing(released, again):
        print("\n".join(amiss), file=sys.stderr)
        return 1
    print(f"the same, byte for byte: {len(again.splitlines())} files")
    return 0


def write(files: dict[str, bytes], folder: Path) -> None:
    """Put files in a folder's place, all of them or none."""
    partial = _partial(folder)
    try:
        partial.mkdir(parents=True)
        for name, content in files.items():
            with naming(folder / name):
                (partial / name).write_bytes(content)
        shutil.rmtree(folder, ignore_errors=True)
        partial.rename(folder)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _partial(folder: Path) -> Path:
    """Where a release is written until it is whole; gone, if one that was killed has left it."""
    partial = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(partial, ignore_errors=True)
    return partial


def main() -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(description="Make a release, or make it again and compare.")
    parser.add_argument("version", nargs="?", help="year and month, such as 2026.11")
    parser.add_argument(
        "--check", nargs="?", type=Path, const=FOLDER, metavar="FOLDER",
        help="make it again and compare with the checksums of a release",
    )  # fmt: skip
    given = parser.parse_args()
    if (given.version is None) == (given.check is None):
        parser.error("expected: a version, such as 2026.11, or --check")
    _partial(FOLDER)
    try:
        return check(given.check) if given.version is None else release(given.version)
    except OSError as error:
        told = f"{error.filename}: {error.strerror}; expected: a file of a project, or of a release"
        print(told if error.errno in MISSING else refused(error), file=sys.stderr)
    except ValueError as error:
        print(error, file=sys.stderr)
    except KeyError as error:
        print(f"a file that says the version lacks {error}", file=sys.stderr)
    except subprocess.CalledProcessError as error:
        # A step has told by itself why it failed.
        if told := (error.stderr or "").strip():
            print(f"{error.cmd[0]}: {told}; expected: a clone of the project", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
