"""The figures of the chapter on preferences: bars as long as counts, a square for each wish."""

from __future__ import annotations

import csv
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest

from analysis.preferences import answers, figures, hedges, tables
from analysis.style import PAGE, PAPER, PHONE, Sheet
from tests.figures.artists import bars, lines, path, placed, said, ticks, title

STATED = Path(__file__).resolve().parents[2] / "data" / "stated"
BOTH = pytest.mark.parametrize("sheet", [PAGE, PHONE], ids=["page", "phone"])


def wishes() -> pd.DataFrame:
    return hedges.counts().query("subject != @hedges.ROLE")


@BOTH
def test_what_is_certain_ends_where_what_is_possible_begins(sheet: Sheet) -> None:
    table = wishes()
    (axes,) = figures.counts(table, hedges.bases(), sheet=sheet).axes
    rows: dict[float, list[tuple[float, float]]] = {}
    for bar in bars(axes):
        rows.setdefault(round(bar.middle, 6), []).append((bar.start, bar.end))
    known = table.dropna(subset="fewest")
    assert len(rows) == len(known)
    for pieces in rows.values():
        assert pieces[0][0] == 0
        assert all(one[1] == pytest.approx(other[0]) for one, other in pairwise(pieces))
    assert Counter(pieces[-1][1] for pieces in rows.values()) == Counter(known["most"])
    assert Counter(pieces[0][1] for pieces in rows.values()) == Counter(known["fewest"])
    # What is certain is full, what is possible is hollow: one mark for each.
    assert {bar.face == PAPER for bar in bars(axes)[::2]} == {False}
    assert {bar.face for bar in bars(axes)[1::2]} == {PAPER}
    missing = [path(line) for line in lines(axes) if line.get_linestyle() == ":"]
    assert len(missing) == len(table) - len(known)
    assert said(axes).count(tables.NO_NUMBER) == len(missing)


@BOTH
def test_groups_are_as_large_as_the_report_says(sheet: Sheet) -> None:
    """24 or 25 in favour and the others of 47 replies, of whom one State spoke for ten."""
    (axes,) = figures.counts(wishes(), hedges.bases(), sheet=sheet).axes
    sizes = {max(size) for side, size in hedges.bases().items() if side in set(wishes()["base"])}
    words = [text for text in said(axes) if text.startswith("all ")]
    assert sorted(words) == sorted(f"all {size} of them" for size in sizes)
    ends = {x for line in lines(axes) for x, _ in path(line) if line.get_linestyle() == "-"}
    assert ends == {float(size) for size in sizes}


def test_every_wish_is_named_beside_its_bar_or_on_a_phone_above_it() -> None:
    names = {name[0].upper() + name[1:] for name in wishes()["wish"]}
    (page,) = figures.counts(wishes(), hedges.bases(), sheet=PAGE).axes
    assert sorted(ticks(page.yaxis)) == sorted(names)
    (phone,) = figures.counts(wishes(), hedges.bases(), sheet=PHONE).axes
    assert names <= set(said(phone))
    assert set(ticks(phone.yaxis)) == {""}
    heights = [placed(phone)[name][1] for name in names]
    assert len(set(heights)) == len(names)


@BOTH
def test_a_square_stands_for_each_wish_under_its_verdict(sheet: Sheet) -> None:
    table = answers.verdicts().query("asks")
    drawn = figures.verdicts(table, sheet=sheet)
    named = {text: side for side, text in tables.SIDES.items()}
    for axes in drawn.axes:
        own = table[table["side"] == named[title(axes)]]
        counts = Counter(own["verdict"])
        words = {f"{counts[verdict]} {text}" for verdict, text in tables.VERDICTS.items()}
        assert set(said(axes)) == words
        starts = sorted(x for x, _ in placed(axes).values())
        under = Counter(max(s for s in starts if s <= bar.start + 1e-9) for bar in bars(axes))
        assert under == Counter({
            placed(axes)[f"{n} {tables.VERDICTS[v]}"][0]: n for v, n in counts.items()
        })  # fmt: skip
        assert all((bar.face == PAPER) == bool(bar.hatch) for bar in bars(axes))
        assert len({(bar.start, bar.middle) for bar in bars(axes)}) == len(own)


def test_each_panel_has_the_wishes_of_its_side_by_the_file() -> None:
    with (STATED / "preferences.csv").open(encoding="utf-8", newline="") as file:
        asking = [row for row in csv.DictReader(file) if row["parts"]]
    counted = Counter(
        hedges.ROLE if row["subject"] == "role-of-un" else row["base"] for row in asking
    )
    drawn = figures.verdicts(answers.verdicts().query("asks"), sheet=PAGE)
    assert {title(axes): len(bars(axes)) for axes in drawn.axes} == {
        tables.SIDES[side]: number for side, number in counted.items()
    }
