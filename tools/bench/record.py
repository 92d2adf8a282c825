"""The last run of the bench: as JSON, and as the table that the README shows."""

from __future__ import annotations

import json
import os
import platform
import re
from dataclasses import asdict, dataclass
from pathlib import Path

from analysis.words import partial_date
from tools.bench.spent import Spent
from tools.inputs import ROOT
from tools.replace import whole

FILE = Path(__file__).with_name("last.json")
README = ROOT / "README.md"
# The README shows the table between these.
PLACE = re.compile(r"(?<=<!-- made by make bench -->\n\n).*?(?=\n\n<!-- to here -->)", re.S)
OTHER_WORK = "with other work on it"
HEADS = ("what is done", "floor", "s", "book, s", "ratio", "ratio of processor time")


@dataclass(frozen=True)
class Row:
    """One measure: what is done, what its floor does, and what both take in seconds.

    `floor` is empty and `least` is `None` where nothing comparable is smaller.
    """

    done: str
    floor: str
    least: Spent | None
    book: Spent


@dataclass(frozen=True)
class Record:
    """One run.

    Attributes:
        day: ISO date.
        machine: kind of machine, in words.
        rows: the measures, in the order of the table.
    """

    day: str
    machine: str
    rows: list[Row]

    @classmethod
    def read(cls, path: Path = FILE) -> Record:
        """The last run."""
        told = json.loads(path.read_text(encoding="utf-8"))
        rows = [
            Row(row["done"], row["floor"], row["least"] and Spent(*row["least"].values()),
                Spent(*row["book"].values()))
            for row in told["rows"]
        ]  # fmt: skip
        return cls(told["day"], told["machine"], rows)

    def write(self, path: Path = FILE, readme: Path = README) -> None:
        """Keep the run, and show it in the README."""
        rows = [
            {**asdict(row), "least": row.least and _rounded(row.least), "book": _rounded(row.book)}
            for row in self.rows
        ]
        told = {"day": self.day, "machine": self.machine, "rows": rows}
        whole(path, json.dumps(told, indent=1) + "\n")
        text = readme.read_text(encoding="utf-8")
        whole(readme, PLACE.sub(lambda _: Record.read(path).shown(), text))

    def shown(self) -> str:
        """When and where it ran, and the table, in Markdown."""
        told = f"On {partial_date(self.day)}, {self.machine}:"
        return f"{told}\n\n{self.table()}"

    def table(self) -> str:
        """The table in Markdown."""
        lines = [HEADS, ("---", "---", *["--:"] * 4), *map(_cells, self.rows)]
        return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def machine() -> str:
    """The kind of this machine, and whether it does something else."""
    kind = f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
    return f"{kind}, {OTHER_WORK}" if os.getloadavg()[0] > 1 else kind


def _rounded(spent: Spent) -> dict[str, float]:
    return {name: round(seconds, 2) for name, seconds in spent._asdict().items()}


def _cells(row: Row) -> tuple[str, ...]:
    if row.least is None:
        return row.done, "", "", f"{row.book.elapsed:.1f}", "", ""
    ratios = [most / least for least, most in zip(row.least, row.book, strict=True)]
    return (
        row.done, row.floor, f"{row.least.elapsed:.1f}", f"{row.book.elapsed:.1f}",
        *(f"{ratio:.1f}" for ratio in ratios),
    )  # fmt: skip
