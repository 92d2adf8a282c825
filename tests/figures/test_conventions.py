"""The figures of the chapter on conventions: days, counts and shares where the record has them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.dates import date2num

from analysis.conventions import figures, participation
from analysis.conventions.ratifications import DEPOSITED, SIGNATURES
from analysis.style import INSTRUMENTS, PAGE, PAPER, PHONE, RULE, Sheet
from analysis.treaties import NAMES
from tests.figures.artists import (
    bars,
    dots,
    lines,
    numbers,
    path,
    placed,
    reaches,
    said,
    ticks,
    title,
)

RECORD = Path(__file__).resolve().parents[2] / "data" / "record"
BOTH = pytest.mark.parametrize("sheet", [PAGE, PHONE], ids=["page", "phone"])
DAYS = pd.Timestamp("2004-09-22"), pd.Timestamp("2004-12-22")


def day(text: str) -> float:
    return float(date2num(pd.Timestamp(text)))


def deposits(treaty: str) -> Iterator[str]:
    with (RECORD / "treaty_actions.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["instrument_id"] == treaty and row["action_date"] and row["iso3"]:
                yield row["action_date"]


@BOTH
def test_a_stretch_of_days_is_as_long_as_its_count_held(sheet: Sheet) -> None:
    """The numbers of deposits of the Convention between two days, counted from the file."""
    edges = sorted({d for d in deposits("icrmw") if "2004-08-01" <= d <= "2005-01-31"})
    starts = ["2004-08-01", *edges]
    ends = [*edges, "2005-01-31"]
    counts = [sum(d <= start for d in deposits("icrmw")) for start in starts]
    strips = pd.DataFrame(
        {"counted": DEPOSITED, "first": pd.to_datetime(starts), "last": pd.to_datetime(ends),
         "states": counts}
    )  # fmt: skip
    protocols = pd.DataFrame(
        {"instrument_id": ["trafficking-protocol", "smuggling-protocol"], "counted": SIGNATURES,
         "states": [117, 90]}
    )  # fmt: skip
    drawn = figures.windows(strips, protocols, counts[0], 100.0, DAYS, sheet=sheet)
    upper, lower = drawn.axes
    assert [(b.start, b.end) for b in bars(upper)] == [
        (day(start), day(end)) for start, end in zip(starts, ends, strict=True)
    ]
    tone = to_hex(INSTRUMENTS["icrmw"]["color"])
    assert [b.face for b in bars(upper)] == [tone if n == counts[0] else RULE for n in counts]
    reported = [path(line)[0][0] for line in lines(upper)]
    assert reported == [date2num(each) for each in DAYS]
    written = [int(text) for text in said(upper) if text.isdigit()]
    long = [n for n, a, b in zip(counts, starts, ends, strict=True) if day(b) - day(a) > 12]
    assert written == long
    assert ticks(upper.yaxis) == ["had deposited"]
    assert [(b.start, b.end) for b in bars(lower)] == [(0, 117), (0, 90)]
    assert [b.face == PAPER for b in bars(lower)] == [False, True]
    assert {"117", "90"} <= {word for text in said(lower) for word in text.split()}
    assert title(upper) == "Migrant Workers Convention: States, day by day"


@BOTH
def test_a_share_steps_up_on_its_days_and_ends_with_the_record(sheet: Sheet) -> None:
    curve = pd.DataFrame(
        {"day": pd.to_datetime(["1954-01-01", "1980-01-01", "2013-06-01"]),
         "share": [0.1, 0.5, 0.748]}
    )  # fmt: skip
    stated = (pd.Timestamp("2004-09-22"), 0.136, "26 States, as stated")
    given = {"refugee-convention": curve, "icrmw": curve.assign(share=[0.0, 0.1, 0.24])}
    (axes,) = figures.diffusion(given, stated, sheet=sheet).axes
    steps = [path(line) for line in lines(axes) if len(path(line)) == 3]
    xs = [day("1954-01-01"), day("1980-01-01"), day("2013-06-01")]
    assert steps[0] == list(zip(xs, (10, 50, pytest.approx(74.8)), strict=True))
    assert steps[1] == list(zip(xs, (0, 10, 24), strict=True))
    assert all(line.get_drawstyle() == "steps-post" for line in lines(axes)[::2][:2])
    stops = [(d.x, d.y) for d in dots(axes) if d.marker == "|"]
    assert stops == [(xs[-1], pytest.approx(74.8)), (xs[-1], 24)]
    (ring,) = (d for d in dots(axes) if d.marker == "o")
    assert (ring.x, ring.y, ring.face) == (day("2004-09-22"), pytest.approx(13.6), PAPER)
    words = " | ".join(said(axes))
    assert f"{NAMES['refugee-convention']} 75%, 2013" in words
    assert f"{NAMES['icrmw']} 24%, 2013" in words
    assert placed(axes)["26 States, as stated"] == (stated[0], pytest.approx(13.6))
    # On either sheet a name begins where its line ends.
    for name, end in ((NAMES["refugee-convention"], 74.8), (NAMES["icrmw"], 24)):
        (x, y) = next(place for text, place in placed(axes).items() if text.startswith(name))
        assert x == curve["day"].iloc[-1]
        assert abs(y - end) < 2


@BOTH
def test_curves_of_one_scale_are_read_at_one_age(sheet: Sheet) -> None:
    def curve(*points: tuple[float, float]) -> pd.DataFrame:
        return pd.DataFrame(points, columns=["years", "share"])

    given = {
        "icrmw": curve((0, 0.0), (10, 0.05), (14, 0.1), (23, 0.24)),
        "trafficking-protocol": curve((0, 0.0), (5, 0.4), (13, 0.82)),
        "refugee-convention": curve((0, 0.1), (12, 0.3), (60, 0.75)),
    }
    (axes,) = figures.one_scale(given, 12, sheet=sheet).axes
    at_age = [(d.x, d.y) for d in dots(axes) if d.marker == "o"]
    assert at_age == [(12, pytest.approx(share)) for share in (5, 40, 30)]
    words = said(axes)
    assert {"5%", "40%", "30%", "half", "at 12 years"} <= set(words)
    # None is drawn beyond the youngest's age; a stop stands where a record ends before it.
    ends = [path(line)[-1] for line in lines(axes) if len(path(line)) > 2]
    assert ends == [(23, 24), (13, 82), (23, 30)]
    assert [(d.x, d.y) for d in dots(axes) if d.marker == "|"] == [(23, 24), (13, 82)]
    assert reaches(axes) == [[(0, 50), (23, 50)]]
    assert {NAMES[treaty] for treaty in given} <= set(words)


def since_signature(treaty: str) -> list[float | None]:
    """Years from the signature of each State to its deposit, from the file; None without one."""
    with (RECORD / "treaty_actions.csv").open(encoding="utf-8", newline="") as file:
        own = [r for r in csv.DictReader(file) if r["instrument_id"] == treaty]
    return [
        (day(r["action_date"]) - day(r["signature_date"])) / 365.25 if r["action_date"] else None
        for r in own
        if r["signature_date"] and r["participant"] != "European Union"
    ]


@BOTH
def test_a_bar_is_cut_where_signatories_waited_longer(sheet: Sheet) -> None:
    (axes,) = figures.lags(participation.waits(), sheet=sheet).axes
    signed = {treaty: since_signature(treaty) for treaty in NAMES if any(since_signature(treaty))}
    drawn, written = bars(axes), []
    for y, waited in enumerate(signed.values()):
        known = [years for years in waited if years is not None]
        counts = [sum(low <= years < high for years in known)
                  for low, high in ((0, 2), (2, 5), (5, 10), (10, 1000))]  # fmt: skip
        counts.append(len(waited) - len(known))
        own = [bar for bar in drawn if bar.middle == pytest.approx(y)]
        edges = [100 * sum(counts[:n]) / len(waited) for n in range(6)]
        assert [bar.start for bar in own] == pytest.approx(edges[:-1])
        assert [bar.end for bar in own] == pytest.approx(edges[1:])
        assert [bar.face for bar in own] == [*map(to_hex, figures.SHADES), PAPER]
        # Hollow where no deposit came; a number where a bar has room for one.
        assert [bool(bar.hatch) for bar in own] == [False] * 4 + [True]
        room = 4 if sheet is PAGE else 8
        written += [
            (f"{n}", ((a + b) / 2, y))
            for n, (a, b) in zip(counts, pairwise(edges), strict=True)
            if b - a > room
        ]
    assert len(drawn) == 5 * len(signed)
    assert [(label.words, label.at) for label in numbers(axes)] == [
        (number, pytest.approx(place)) for number, place in written
    ]
    assert len(said(axes)) == len(written)
    assert ticks(axes.yaxis) == [
        f"{NAMES[treaty]} {len(waited)} signatories" for treaty, waited in signed.items()
    ]
    (key,) = axes.figure.legends
    assert [text.get_text() for text in key.get_texts()] == [
        "under 2 years", "2 to 5 years", "5 to 10 years", "10 years or more",
        "no deposit in the record",
    ]  # fmt: skip


@BOTH
def test_a_set_of_instruments_is_a_ring_and_a_dot(sheet: Sheet) -> None:
    """Sets of fewer than five States on both days stand together, before those with none."""
    held = {
        "all": list(NAMES), "refugee": ["refugee-convention", "refugee-protocol"],
        "workers": ["icrmw"], "rare": ["smuggling-protocol"],
        "rarer": ["trafficking-protocol", "icrmw"], "none": [],
    }  # fmt: skip
    sets = pd.DataFrame([[i in each for i in NAMES] for each in held.values()], columns=list(NAMES))
    sets["earlier"], sets["later"] = [1, 40, 5, 4, 0, 20], [60, 30, 5, 2, 1, 3]
    (axes,) = figures.overlap(sets, DAYS, sheet=sheet).axes
    earlier, later = [1, 40, 5, 4, 20], [60, 30, 5, 3, 3]
    assert [(d.x, d.y, d.face == PAPER) for d in dots(axes)] == [
        (x, y, ring)
        for ring, counts in ((True, earlier), (False, later))
        for y, x in enumerate(counts)
    ]
    assert reaches(axes) == [
        [(a, y), (b, y)] for y, (a, b) in enumerate(zip(earlier, later, strict=True))
    ]
    assert ticks(axes.yaxis) == [
        "All instruments", "Refugee instruments alone", "Migrant Workers Convention alone",
        "2 other sets, together", "None of the instruments",
    ]  # fmt: skip
    # A number stands on the far side of the other of its pair.
    assert numbers(axes) == [
        (f"{count}", (count, y), "left" if count > other else "right")
        for y, pair in enumerate(zip(earlier, later, strict=True))
        for count, other in (pair, pair[::-1])
    ]
    assert [(text, x) for text, (x, _) in placed(axes).items() if not text.isdigit()] == [
        ("22 Sep 2004", 1), ("22 Dec 2004", 60),
    ]  # fmt: skip
    low, high = axes.get_ylim()
    assert low > 4 > 0 > high  # the first set is drawn at the top
