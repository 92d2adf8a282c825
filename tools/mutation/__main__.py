"""Change the code of the analysis on purpose, and count which changes the tests notice.

    python -m tools.mutation precision survey.replies           # all mutants of these modules
    python -m tools.mutation precision survey.replies --ends 37 # those whose number ends so
    python -m tools.mutation --sample 300 --seed 15             # so many, drawn from all modules

mutmut makes the mutants and runs, for each, the tests that call what it changed, in a copy of the
project in `_build/mutation`. It is no part of the lock; `make mutants` brings it. The score goes to
`book/trust.json`, from which the page "How far to trust this" is made.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import subprocess
import sys
import sysconfig
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tools.corrupt.score import FILE, Score
from tools.inputs import ROOT
from tools.mutation import rerun
from tools.mutation.results import Tried, kind, read, together
from tools.replace import unwritten

PLACE = ROOT / "_build" / "mutation"
SETTINGS = "pyproject.toml"
LIBRARY = sysconfig.get_path("purelib")
OWN = re.compile(r"^ *(?:from|import) (analysis|tools)\b", re.MULTILINE)
OTHER = re.compile(r'"book"|\.ipynb|"pyproject')
LEFT_OUT = {".git", ".venv", "_build", SETTINGS}


def main() -> int:
    """The command line; returns the exit code."""
    given = _arguments()
    if shutil.which("mutmut") is None:
        print("mutmut is not there; `make mutants` installs it where it may", file=sys.stderr)
        return 1
    modules = given.modules or list(all_modules())
    lay_out([f"analysis/{_path(module)}" for module in modules],
            given.tests or list(of_the_analysis()))  # fmt: skip
    if given.sample:
        return _sample(modules[0], given.sample, given.seed, given.workers)
    last = f"*[{given.ends}]" if given.ends else "*"
    if code := _run([f"analysis.{module}.x*__mutmut_{last}" for module in modules], given.workers):
        return code
    found = {name: own for name, own in read(listed()).items() if own.tried}
    if not found:
        print("no mutant was tried; the score stays as it was", file=sys.stderr)
        return 1
    for name, own in found.items():
        print(f"{name:32} {own.noticed} of {own.tried} noticed, of {own.made} mutants")
    code_score = Score.read().code | {name: _entry(own) for name, own in found.items()}
    return _publish(code=code_score)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("modules", nargs="*", help="of `analysis`, such as precision stock.tables")
    parser.add_argument("--ends", default="", help="digits: a sample by the last of the number")
    parser.add_argument("--sample", type=int, help="how many to draw at random from all of them")
    parser.add_argument("--seed", type=int, default=1, help="of the draw (1)")
    parser.add_argument("--tests", nargs="*", help="these files alone: quicker, and notices less")
    parser.add_argument("--workers", type=int, default=1, help="how many at a time (1)")
    given = parser.parse_args()
    for module in given.modules:
        if not (ROOT / "analysis" / _path(module)).is_file():
            parser.error(f"no such module of analysis: {module}")
    if given.ends and not given.ends.isdigit():
        parser.error(f"--ends {given.ends!r}; expected digits, such as 37")
    if given.sample is not None and (given.sample < 1 or given.ends):
        parser.error(f"--sample {given.sample}; expected a number from 1, and no --ends")
    if not given.modules and not given.sample:
        parser.error("expected modules, such as precision stock.tables, or --sample")
    return given


def _path(module: str) -> str:
    return f"{module.replace('.', '/')}.py"


def all_modules() -> Iterator[str]:
    """The modules of the analysis, as the command line names them."""
    folder = ROOT / "analysis"
    for path in sorted(folder.rglob("*.py")):
        if path.name != "__init__.py":
            yield ".".join(path.relative_to(folder).with_suffix("").parts)


def _sample(first: str, size: int, seed: int, workers: int) -> int:
    """Try mutants drawn from all, each as likely as another, and say what share is noticed.

    Those that no test notices are tried on the notebooks, which show what no test looks at.
    """
    # mutmut lists what it has made, and makes them all before it tries any.
    if code := _run([f"analysis.{first}.x*__mutmut_1"], workers):
        return code
    made = sum(own.made for own in read(listed()).values())
    chosen = draw(listed(), size, seed)
    if code := _run(chosen, workers):
        return code
    by_tests = replace(together(read(listed(set(chosen))).values()), made=made)
    shown = rerun.unlike(by_tests.missed, PLACE / "mutants", _compared)
    whole = by_tests.but(shown)
    for name in whole.missed:
        print(mutmut("show", name, quiet=True).stdout)
    low, high = whole.interval()
    print(f"{by_tests.noticed} of {whole.tried} noticed by tests and {len(shown)} by notebooks, "
          f"drawn from {made} mutants (seed {seed}): {whole.noticed / whole.tried:.1%}, "
          f"95% interval {low:.1%} to {high:.1%}")  # fmt: skip
    ends = {"notebooks": len(shown), "least": round(low, 4), "most": round(high, 4)}
    return _publish(sample={"seed": seed, **_entry(whole), **ends})


def _compared(mutant: str, notebooks: Sequence[str]) -> bool:
    python = Path(shutil.which("mutmut") or "").with_name("python")
    return rerun.compared(python, PLACE / "mutants", LIBRARY)(mutant, notebooks)


def draw(lines: Iterable[str], size: int, seed: int) -> list[str]:
    """So many names of mutants from the list that mutmut prints, all if there are fewer."""
    names = sorted(line.strip().rpartition(": ")[0] for line in lines if "__mutmut_" in line)
    return random.Random(seed).sample(names, min(size, len(names)))


def _publish(**parts: Any) -> int:
    try:
        replace(Score.read(), **parts).write(FILE)
    except OSError as error:
        print(unwritten(FILE, error), file=sys.stderr)
        return 1
    print(f"Written: {FILE}")
    return 0


def lay_out(files: list[str], tests: list[str]) -> None:
    """Links to all that the project holds, where mutmut may copy it.

    Args:
        files: those to be changed, from the root of the project.
        tests: the files of tests that may notice it.
    """
    PLACE.mkdir(parents=True, exist_ok=True)
    for path in ROOT.iterdir():
        link = PLACE / path.name
        if path.name not in LEFT_OUT and not link.exists():
            link.symlink_to(path)
    # Its section stands last in the file, so that a line more belongs to it.
    settings = (ROOT / SETTINGS).read_text(encoding="utf-8")
    added = f"only_mutate = {json.dumps(files)}\n"
    added += f"pytest_add_cli_args_test_selection = {json.dumps(tests)}\n"
    (PLACE / SETTINGS).write_text(settings + added, encoding="utf-8")
    # mutmut copies no file again that is there; one without a record is old, or was cut off.
    for copy in (PLACE / "mutants" / "analysis").rglob("*.py"):
        if not copy.with_name(f"{copy.name}.meta").is_file():
            copy.unlink()


def of_the_analysis() -> Iterator[str]:
    """The files of tests that try the analysis alone: no tools, no pages, no text of ours."""
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        text = path.read_text(encoding="utf-8")
        if {own[1] for own in OWN.finditer(text)} == {"analysis"} and not OTHER.search(text):
            yield path.relative_to(ROOT).as_posix()


def mutmut(*arguments: str, quiet: bool = False) -> subprocess.CompletedProcess[str]:
    """Run it in the copy, with the packages of the lock before those that it came with."""
    environment = {**os.environ, "PYTHONPATH": LIBRARY}
    return subprocess.run(
        ["mutmut", *arguments], cwd=PLACE, env=environment, text=True, encoding="utf-8",
        stdout=subprocess.PIPE if quiet else None,
    )  # fmt: skip


def _run(names: Sequence[str], workers: int) -> int:
    return mutmut("run", "--max-children", str(workers), *names).returncode


def listed(only: Collection[str] = ()) -> list[str]:
    """What became of the mutants, as mutmut lists them; of these alone, if any are named."""
    lines = mutmut("results", "--all", "true", quiet=True).stdout.splitlines()
    return [line for line in lines if not only or line.strip().rpartition(": ")[0] in only]


def _entry(own: Tried) -> dict[str, Any]:
    kinds = Counter(kind(mutmut("show", name, quiet=True).stdout) for name in own.missed)
    return {
        "day": datetime.now(UTC).date().isoformat(),
        "made": own.made, "tried": own.tried, "noticed": own.noticed,
        "missed": dict(kinds.most_common()),
    }  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
