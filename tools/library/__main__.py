"""Try the library by itself: `make library`.

    python -m tools.library

The source distribution is built, the wheel is built from it, and twine checks both. The wheel goes
into an empty environment with what it declares and no more; the tests that need nothing else run
there against it. Not part of `make test`, since it needs a network, and twine.
"""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
import tarfile
import venv
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from tools.inputs import ROOT
from tools.release.packages import build
from tools.words import command

RUNNERS = ("pytest", "hypothesis")
FOUND = (
    "import importlib.util as u, json, sys; print(json.dumps([*filter(u.find_spec, sys.argv[1:])]))"
)
WHERE = "import analysis; print(analysis.__file__)"


def built(folder: Path) -> tuple[Path, Path]:
    """The source distribution of the project, and the wheel built from it, in a folder."""
    source = build("build_sdist", ROOT, folder)
    with tarfile.open(source) as bundle:
        bundle.extractall(folder, filter="data")
    return source, build("build_wheel", folder / source.name.removesuffix(".tar.gz"), folder)


def environment(folder: Path, wheel: Path) -> str:
    """The Python of a new environment that has the wheel, what it declares, and pytest."""
    venv.create(folder, with_pip=True)
    python = str(folder / ("Scripts" if os.name == "nt" else "bin") / "python")
    # Isolated, since pip takes for installed what lies in a folder that PYTHONPATH names.
    pip = [python, "-I", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, str(wheel), *RUNNERS], check=True)
    if not Path(_told(python, WHERE)).is_relative_to(folder):
        raise OSError(f"analysis is imported from {_told(python, WHERE)}; expected: {folder.name}")
    return python


def imports(test: Path) -> set[str]:
    """The packages that a test imports, by their first names."""
    found = set()
    for node in ast.walk(ast.parse(test.read_text(encoding="utf-8"))):
        match node:
            case ast.Import(names=names):
                found |= {name.name.partition(".")[0] for name in names}
            case ast.ImportFrom(module=str(module)):
                found.add(module.partition(".")[0])
    return found


def alone(tests: Iterable[Path], there: set[str]) -> Iterator[Path]:
    """The tests of the analysis that need nothing but packages that are `there`.

    One that asks where it lies looks at the project around it, and is none of them.
    """
    for test in tests:
        if {"analysis"} <= imports(test) <= there and "__file__" not in test.read_text("utf-8"):
            yield test


def tried(python: str, folder: Path) -> int:
    """Run those tests in a folder from which the project is not seen; returns the exit code."""
    tests = sorted((ROOT / "tests").glob("test_*.py"))
    wanted = sorted(set().union(*map(imports, tests)))
    chosen = list(alone(tests, set(json.loads(_told(python, FOUND, *wanted)))))
    folder.mkdir()
    for test in chosen:
        shutil.copy(test, folder)
    print(f"{len(chosen)} of {len(tests)} files of tests need the library alone", flush=True)
    command = [python, "-I", "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    return subprocess.run([*command, "--import-mode=importlib", "."], cwd=folder).returncode


def _told(python: str, code: str, *arguments: str) -> str:
    command = [python, "-I", "-c", code, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def main() -> int:
    """Build, check and try; returns the exit code."""
    if not (twine := shutil.which("twine")):
        print("twine is not installed; `make library` brings it", file=sys.stderr)
        return 1
    with TemporaryDirectory() as place:
        folder = Path(place).resolve()
        try:
            source, wheel = built(folder)
            subprocess.run([twine, "check", "--strict", str(source), str(wheel)], check=True)
            return tried(environment(folder / "empty", wheel), folder / "tests")
        except (OSError, subprocess.CalledProcessError) as error:
            print(error, file=sys.stderr)
            return 1


if __name__ == "__main__":
    command(__doc__).parse_args()
    sys.exit(main())
