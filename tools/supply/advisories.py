"""Known vulnerabilities of the packages of the lock, as pip-audit finds them in PyPI's advisories.

pip-audit is no part of the lock: it brings a score of packages that nothing else needs, and an
audit wants the newest of it. `make audit` installs it beside the project's environment.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROGRAM = "pip-audit"
PATIENCE = 600  # seconds for all packages


@dataclass(frozen=True)
class Audit:
    """A line for each problem; or why nothing was checked, which is not that nothing is wrong."""

    problems: list[str]
    unchecked: str = ""


def audit(lock: Path) -> Audit:
    """Ask for the advisories of every package that this system installs from the lock."""
    program = shutil.which(PROGRAM)
    if program is None:
        return Audit([], f"{PROGRAM} is not there; `make audit` installs it where it may")
    command = [
        program, "--requirement", str(lock), "--require-hashes", "--disable-pip",
        "--format", "json", "--progress-spinner", "off",
    ]  # fmt: skip
    try:
        result = subprocess.run(
            command, capture_output=True, text=True, encoding="utf-8", timeout=PATIENCE
        )
    except subprocess.TimeoutExpired:
        return Audit([], f"{PROGRAM} had no answer within {PATIENCE} s")
    try:
        found = json.loads(result.stdout)["dependencies"]
    except (json.JSONDecodeError, KeyError):
        last = result.stderr.strip().rpartition("\n")[2]
        return Audit([], last or f"{PROGRAM} ended with {result.returncode} and said nothing")
    return read(found)


def read(dependencies: list[dict[str, Any]]) -> Audit:
    """What pip-audit's list of packages says.

    It ends well although it could ask about none of them, each then having a `skip_reason`.
    """
    skipped = [each for each in dependencies if "skip_reason" in each]
    if len(skipped) == len(dependencies):
        first = skipped[0]["skip_reason"] if skipped else "no package was named"
        return Audit([], f"the advisories could not be read ({first})")
    unasked = [f"{each['name']}: not checked: {each['skip_reason']}" for each in skipped]
    return Audit([*_known(dependencies), *unasked])


def _known(dependencies: list[dict[str, Any]]) -> Iterator[str]:
    for each in dependencies:
        for weakness in each.get("vulns", []):
            mended = ", ".join(weakness["fix_versions"]) or "no version yet"
            yield f"{each['name']} {each['version']}: {weakness['id']}; mended in {mended}"
