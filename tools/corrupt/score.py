"""The score of a run: of the corruptions of each kind, how many were noticed, and by whom."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.tables import PACKAGE
from tools.replace import whole

if TYPE_CHECKING:
    # What tries a corruption takes longer to come than the page that shows the score.
    from tools.corrupt.trial import Outcome

FILE = PACKAGE.parent.parent / "book" / "trust.json"
SHARP = ("key", "fact", "row")
ROLES = (*SHARP, "quotation", "prose")


@dataclass(frozen=True)
class Score:
    """What a run found; written as JSON, and never by hand.

    Attributes:
        run: seed, size of the sample, day and the digest of the data that were tried.
        roles: by role: `tried`, `noticed` (without the documents) and `documents` (with them).
        kinds: the same by role and kind, as `fact: digit`.
        survivors: by table and field, the same where something was missed.
        sharp: those of them that are keys, facts or rows.
        checks: how many corruptions each check was the first to notice.
        code: by module, the mutants of its code that `tools.mutation` made and tests noticed.
        sample: the same for mutants that were drawn from all modules, with the seed.
        covered: per cent of statements and branches that the tests run, by folder, and the `day`.
    """

    run: dict[str, Any]
    roles: dict[str, dict[str, int]]
    kinds: dict[str, dict[str, int]]
    survivors: dict[str, dict[str, int]]
    sharp: list[str]
    checks: dict[str, int]
    code: dict[str, dict[str, Any]] = field(default_factory=dict)
    sample: dict[str, Any] = field(default_factory=dict)
    covered: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, outcomes: Sequence[Outcome], seed: int, each: int | None, day: date) -> Score:
        """Count the outcomes of a run."""
        fields = _counted(outcomes, lambda m: f"{m.table}.{m.field or m.kind}")
        found = _counted(outcomes, lambda m: m.role)
        return cls(
            {"seed": seed, "each": each, "day": day.isoformat(), "data": digest()},
            {role: found[role] for role in ROLES if role in found},
            _counted(outcomes, lambda m: f"{m.role}: {m.kind}"),
            {name: own for name, own in fields.items() if own["noticed"] < own["tried"]},
            sorted({
                f"{o.mutant.table}.{o.mutant.field or o.mutant.kind}"
                for o in outcomes if o.mutant.role in SHARP and not o.by
            }),
            dict(Counter(outcome.by for outcome in outcomes if outcome.by).most_common()),
        )  # fmt: skip

    def lines(self) -> list[str]:
        """The score for a terminal."""
        rows = [("", "tried", "noticed", "with documents"),
                *((role, *_shares(own)) for role, own in self.roles.items())]  # fmt: skip
        return [f"{a:10} {b:>6} {c:>8} {d:>15}" for a, b, c, d in rows]

    def write(self, path: Path) -> None:
        """Write it as JSON.

        Raises:
            OSError: there is no room, or no leave to write.
        """
        text = json.dumps(self.__dict__, indent=1, ensure_ascii=False, sort_keys=False)
        whole(path, text + "\n")

    @classmethod
    def read(cls, path: Path = FILE) -> Score:
        """The score that was written last."""
        return cls(**json.loads(path.read_text(encoding="utf-8")))


def digest() -> str:
    """SHA-256 of all tables and schemas: which data a score belongs to."""
    whole = hashlib.sha256()
    for path in sorted(PACKAGE.parent.rglob("*")):
        if path.is_file():
            whole.update(path.relative_to(PACKAGE.parent).as_posix().encode() + b"\0")
            whole.update(path.read_bytes())
    return whole.hexdigest()


def _counted(outcomes: Sequence[Outcome], of: Any) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for outcome in outcomes:
        own = found.setdefault(of(outcome.mutant), {"tried": 0, "noticed": 0, "documents": 0})
        own["tried"] += 1
        own["noticed"] += bool(outcome.by)
        own["documents"] += bool(outcome.documents)
    return dict(sorted(found.items()))


def _shares(own: dict[str, int]) -> tuple[str, str, str]:
    tried = own["tried"]
    return (str(tried), f"{own['noticed'] / tried:.1%}", f"{own['documents'] / tried:.1%}")
