"""All checks of the data, one place for the tests and for `tools.corrupt`.

A check loads what it needs and yields a line for each thing that is wrong, which names file, row,
field, value and what was expected. `tests/test_checks.py` runs them on the committed data, and
`tools.corrupt` on corrupted copies, so that it is known what they are worth.
"""

from __future__ import annotations

from tools.checks import (
    cited,
    dates,
    declared,
    early,
    judged,
    judgements,
    ledger,
    mechanisms,
    needed,
    readings,
    states,
    stock,
    treaties,
    twice,
)
from tools.checks.check import Check

ROOMS = (
    ledger, readings, states, treaties, stock, early, mechanisms, dates, cited, needed, judgements,
    judged, twice,
)  # fmt: skip
CHECKS: tuple[Check, ...] = (
    *declared.checks(),
    *(Check.of(check) for room in ROOMS for check in room.CHECKS),
)
