"""Audit what the lock brings: licences by the installed packages, vulnerabilities by pip-audit.

    python -m tools.supply    # `make audit`: a line for each problem, and exit code 1

Where the advisories cannot be reached, that is said, and the licences are checked all the same.
"""

from __future__ import annotations

import sys

from tools.inputs import ROOT
from tools.supply import advisories, licences
from tools.supply.lock import pinned
from tools.words import command

LOCK = ROOT / "requirements.txt"


def main() -> int:
    """The command; returns the exit code."""
    try:
        pins = pinned(LOCK)
        found = list(licences.problems(pins, licences.allowed()))
    except OSError as error:
        print(f"{error.filename}: {error.strerror}; expected: the lock", file=sys.stderr)
        return 1
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"licences of {len(pins)} packages: {len(found)} problems", flush=True)
    if elsewhere := licences.absent(pins):
        print(f"licences that are read on other systems only: {', '.join(elsewhere)}", flush=True)
    audit = advisories.audit(LOCK)
    if audit.unchecked:
        print(f"vulnerabilities NOT checked: {audit.unchecked}")
    else:
        print(f"vulnerabilities: {len(audit.problems)} problems")
    if amiss := found + audit.problems:
        print("\n".join(amiss), file=sys.stderr)
    return int(bool(amiss))


if __name__ == "__main__":
    command(__doc__).parse_args()
    sys.exit(main())
