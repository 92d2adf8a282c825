"""Change the code of the analysis on purpose, and count which changes the tests notice.

    python -m tools.mutation precision survey.replies           # all mutants of these modules
    python -m tools.mutation precision survey.replies --ends 37 # those whose number ends so
    python -m tools.mutation --sample 300 --seed 15             # so many, drawn from all modules

mutmut makes the mutants, in a copy of the project in `_build/mutation`; `tools.mutation.trial` runs
the tests of each. A run that was cut off goes on where it ended. mutmut is no part of the lock;
`make mutants` brings it. The score goes to `book/trust.json`, from which the page "How far to trust
this" is made.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
import sysconfig
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

from tools.corrupt.score import FILE, Score
from tools.inputs import ROOT
from tools.mutation.chosen import SHOWN, imports, tests
from tools.mutation.results import MISSED, Tried, counted, kind, together
from tools.mutation.trial import Asked
from tools.replace import ask_leave, unwritten
from tools.words import command, count

PLACE = ROOT / "_build" / "mutation"
COPY = PLACE / "mutants"
SETTINGS = "pyproject.toml"
LEFT_OUT = {".git", ".venv", "_build", SETTINGS}
MAKE = """
from mutmut import __main__ as made
made.set_mutant_under_test("mutant_generation")
made.copy_src_dir()
made.copy_also_copy_files()
made.setup_source_paths()
made.create_mutants(max_children={workers})
"""


def main() -> int:
    """The command line; returns the exit code."""
    given = _arguments()
    if shutil.which("mutmut") is None:
        print("mutmut is not there; `make mutants` installs it where it may", file=sys.stderr)
        return 1
    ask_leave(FILE)
    modules = given.modules or list(all_modules())
    lay_out([f"analysis/{_path(module)}" for module in modules])
    if code := _python(["-c", MAKE.format(workers=given.workers)], PLACE):
        return code
    own = tuple(f"analysis.{module}" for module in modules)
    names = [name for name in made() if name.rpartition(".")[0] in own]
    if given.sample:
        chosen = draw(names, given.sample, given.seed)
    else:
        chosen = [name for name in names if name.endswith(tuple(given.ends or "0123456789"))]
    if code := _try(chosen, given.workers):
        return code
    outcomes = known()
    found = counted(names, {name: outcomes[name] for name in chosen})
    return _of_a_sample(found, given.seed) if given.sample else _of_modules(found)


def _arguments() -> argparse.Namespace:
    parser = command(__doc__)
    parser.add_argument("modules", nargs="*", help="of `analysis`, such as precision stock.tables")
    parser.add_argument("--ends", default="", help="digits: a sample by the last of the number")
    parser.add_argument("--sample", type=count, help="how many to draw at random from all of them")
    parser.add_argument("--seed", type=int, default=1, help="of the draw (1)")
    parser.add_argument("--workers", type=count, default=1, help="how many at a time (1)")
    given = parser.parse_args()
    for module in given.modules:
        if not (ROOT / "analysis" / _path(module)).is_file():
            parser.error(f"no such module of analysis: {module}")
    if given.ends and not (given.ends.isascii() and given.ends.isdigit()):
        parser.error(f"--ends {given.ends!r}; expected digits, such as 37")
    if given.sample and given.ends:
        parser.error(f"--sample {given.sample}; expected no --ends beside it")
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


def lay_out(files: list[str]) -> None:
    """Links to all that the project holds, where mutmut may copy it.

    Args:
        files: those to be changed, from the root of the project.
    """
    PLACE.mkdir(parents=True, exist_ok=True)
    for path in ROOT.iterdir():
        link = PLACE / path.name
        if path.name not in LEFT_OUT and not link.exists():
            link.symlink_to(path)
    # Its section stands last in the file, so that a line more belongs to it.
    settings = (ROOT / SETTINGS).read_text(encoding="utf-8")
    added = f"only_mutate = {json.dumps(files)}\n"
    (PLACE / SETTINGS).write_text(settings + added, encoding="utf-8")
    # mutmut copies no file again that is there; one without a record is old, or was cut off.
    for copy in (COPY / "analysis").rglob("*.py"):
        if not copy.with_name(f"{copy.name}.meta").is_file():
            copy.unlink()


def made() -> list[str]:
    """The names of the mutants that mutmut has made."""
    lines = mutmut("results", "--all", "true").splitlines()
    return [line.strip().rpartition(": ")[0] for line in lines if "__mutmut_" in line]


def mutmut(*arguments: str) -> str:
    """What mutmut prints."""
    command = ["mutmut", *arguments]
    ended = subprocess.run(command, cwd=PLACE, capture_output=True, check=True, encoding="utf-8")
    return ended.stdout


def draw(names: Iterable[str], size: int, seed: int) -> list[str]:
    """So many of these names of mutants, all if there are fewer."""
    ordered = sorted(names)
    return random.Random(seed).sample(ordered, min(size, len(ordered)))


@cache
def results() -> Path:
    """The file of what was tried: other code, tests or data have another."""
    whole = hashlib.sha256()
    folders = ((ROOT / name).rglob("*") for name in ("analysis", "book", "data"))
    tests = (ROOT / name for name in (*imports(), SHOWN))
    for path in sorted([*chain(*folders), *tests]):
        if path.suffix in (".py", ".csv", ".ipynb"):
            whole.update(path.read_bytes())
    return PLACE / f"tried-{whole.hexdigest()[:12]}.txt"


def known() -> dict[str, str]:
    """What became of the mutants that were tried, and of the tests without one, by their names."""
    lines = results().read_text(encoding="utf-8").splitlines() if results().is_file() else []
    return dict(line.split("\t") for line in lines)


def _try(mutants: Sequence[str], workers: int) -> int:
    """Try those that were not tried yet; returns an exit code."""
    asked = [(name, tests(name.rpartition(".")[0])) for name in mutants]
    # First the tests alone: one that fails without a mutant would notice all.
    needed = dict.fromkeys(test for _, own in asked for test in own)
    if code := _ask([("", [test]) for test in needed], workers):
        return code
    outcomes = known()
    if failing := [test for test in needed if outcomes[test] not in MISSED]:
        print(f"fail without a mutant: {', '.join(failing)}", file=sys.stderr)
        return 1
    return _ask(asked, workers)


def _ask(asked: Sequence[Asked], workers: int) -> int:
    done = known()
    left = [(name, own) for name, own in asked if (name or own[0]) not in done]
    command = ["-m", "tools.mutation.trial", str(results()), str(workers)]
    return _python(command, COPY, json.dumps(left)) if left else 0


def _python(command: list[str], place: Path, given: str = "") -> int:
    """Run the Python that has mutmut, with the packages of the lock before its own."""
    python = Path(shutil.which("mutmut") or "").with_name("python")
    path = os.pathsep.join([str(place), sysconfig.get_path("purelib")])
    environment = {**os.environ, "PYTHONPATH": path, "MUTANT_UNDER_TEST": ""}
    return subprocess.run(
        [str(python), *command], cwd=place, env=environment, input=given, encoding="utf-8"
    ).returncode


def _of_a_sample(found: Mapping[str, Tried], seed: int) -> int:
    """Say and publish what share of mutants drawn from all, each as likely, is noticed."""
    whole = together(found.values())
    for name in whole.missed:
        print(mutmut("show", name))
    low, high = whole.interval()
    print(f"{whole.noticed} of {whole.tried} noticed, drawn from {whole.made} mutants "
          f"(seed {seed}): {whole.noticed / whole.tried:.1%}, "
          f"95% interval {low:.1%} to {high:.1%}")  # fmt: skip
    ends = {"least": round(low, 4), "most": round(high, 4)}
    return _publish(sample={"seed": seed, **_entry(whole), **ends})


def _of_modules(found: Mapping[str, Tried]) -> int:
    """Say and publish what share of the mutants of each module is noticed."""
    tried = {name: own for name, own in found.items() if own.tried}
    if not tried:
        print("no mutant was tried; the score stays as it was", file=sys.stderr)
        return 1
    for name, own in tried.items():
        print(f"{name:32} {own.noticed} of {own.tried} noticed, of {own.made} mutants")
    return _publish(code=Score.read().code | {name: _entry(own) for name, own in tried.items()})


def _publish(**parts: Any) -> int:
    try:
        replace(Score.read(), **parts).write(FILE)
    except OSError as error:
        print(unwritten(FILE, error), file=sys.stderr)
        return 1
    print(f"Written: {FILE}")
    return 0


def _entry(own: Tried) -> dict[str, Any]:
    kinds = Counter(kind(mutmut("show", name)) for name in own.missed)
    return {
        "day": datetime.now(UTC).date().isoformat(),
        "made": own.made, "tried": own.tried, "noticed": own.noticed,
        "missed": dict(kinds.most_common()),
    }  # fmt: skip


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(1)
