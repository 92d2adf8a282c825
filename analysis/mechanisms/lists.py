"""GRCP 7, October 2017: what the mechanisms work on, what they recommend, and all findings of it.

The areas of focus are read from lists that have run together, under every way of cutting them
(`analysis.mechanisms.focus`); who answered and who attended is in `analysis.mechanisms.meeting`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import pandas as pd

from analysis.mechanisms.focus import incidence, ranged, resolutions, theme_coverage
from analysis.tables import load
from analysis.words import from_to

RELATIONS = SAME, GATHERED, REPORT_ONLY, HIGHLIGHTS_ONLY = (
    "same-subject", "gathered", "report-only", "highlights-only",
)  # fmt: skip


@cache
def readings() -> tuple[pd.DataFrame, ...]:
    """All readings of the appendix, the adopted one first."""
    return tuple(resolutions(load("iscm_focus_areas"), load("iscm_focus_boundaries")))


def listed() -> int:
    """Mechanisms that any surviving row of the appendix lists."""
    return int(load("iscm_focus_areas")["mechanism"].nunique())


def layout(every: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Themes and areas in the order of the figures, with the mechanisms listed.

    Returns:
        `theme_id`, `title`, `area` (missing for a theme without rows), `total` (text), `low` and
        `high` (mechanisms), `broken`. The last list of the appendix breaks off, so its total has
        a plus sign.
    """
    focus = load("iscm_focus_areas")
    areas = focus.drop_duplicates("area")[["theme_id", "area"]]
    counts = ranged(every, lambda r: incidence(r).sum())
    last = focus.sort_values(["page", "position"])["area"].iloc[-1]
    total = {
        area: from_to(row.low, row.high, join="–") + ("+" if area == last else "")
        for area, row in counts.iterrows()
    }
    themes = load("compact_themes").sort_values("number")[["theme_id", "title"]]
    rows = themes.merge(areas, on="theme_id", how="left")
    low, high = (rows["area"].map(counts[end]).astype("Int64") for end in ("low", "high"))
    broken = (rows["area"] == last).fillna(False)
    return rows.assign(total=rows["area"].map(total), low=low, high=high, broken=broken)


def coverage() -> pd.DataFrame:
    """Elements and mechanisms by theme (`analysis.mechanisms.focus.theme_coverage`)."""
    return theme_coverage(load("compact_themes"), load("compact_elements"), readings())


def side_by_side(recommendations: pd.DataFrame) -> pd.DataFrame:
    """The report's recommendations beside the items of its Highlights.

    Args:
        recommendations: table `recommendations`; `matches` lists ids of the other list.

    Returns:
        One row per pair, then the items without counterpart: `group`, `report`, `highlights`
        (ids or missing), `relation`: one of `RELATIONS` (`GATHERED`: one item against several).

    Raises:
        ValueError: a match that the other side does not return.
    """
    items = recommendations.set_index("recommendation_id")
    links = items["matches"].str.split("; ").explode().dropna()
    forward = set(zip(links.index, links, strict=True))
    lame = sorted(pair for pair in forward if pair[::-1] not in forward)
    if lame:
        raise ValueError(f"recommendations: {lame[0][0]}: match {lame[0][1]} is not returned")
    several = set(links.index[links.index.duplicated(keep=False)])
    rows: list[tuple[str, str | None, str | None, str]] = []
    for item in items.index:
        group, report = str(items.at[item, "recommendation_group"]), item.startswith("report")
        mates = sorted(b for a, b in forward if a == item)
        if report:
            relation = GATHERED if item in several else SAME
            rows += [(group, item, mate, relation) for mate in mates]
        if not mates:
            only = REPORT_ONLY if report else HIGHLIGHTS_ONLY
            rows.append((group, item if report else None, None if report else item, only))
    table = pd.DataFrame(rows, columns=["group", "report", "highlights", "relation"])
    order = {"inclusion": 0, "follow-up": 1}
    return table.sort_values("group", key=lambda c: c.map(order), kind="stable", ignore_index=True)
