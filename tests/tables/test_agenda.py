"""The tables of the chapter on the agenda: what the two readings differ on, from their file."""

from __future__ import annotations

import csv
from pathlib import Path

from analysis.agenda import tables

DATA = Path(__file__).resolve().parents[2] / "data"


def rows(path: str) -> list[dict[str, str]]:
    with (DATA / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_disagreement_is_told_by_the_titles_of_both_codings() -> None:
    """Those that one reader alone coded have no coding to differ from and are left out."""
    titles = {row["theme"]: row["title"] for row in rows("stated/agenda_themes.csv")}
    phrases = {row["item_id"]: row["phrase"] for row in rows("stated/agenda_items.csv")}
    both = [row for row in rows("readings/agenda_differences.csv") if row["theme_a"]]
    shown = tables.disagreements().to_dict("records")
    assert 0 < len(both) < len(rows("readings/agenda_differences.csv"))
    for own, row in zip(shown, both, strict=True):
        codes = [
            titles[row[f"theme_{side}"]]
            + (
                f", or {titles[row[second]].lower()}"
                if row[second := f"second_theme_{side}"]
                else ""
            )
            for side in "ab"
        ]
        assert own == {
            "Topic": phrases[row["item_id"]], "Reading A": codes[0], "Reading B": codes[1],
            "Kept": row["kept"], "Reason": row["reason"],
        }  # fmt: skip
