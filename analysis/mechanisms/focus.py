"""Mechanisms by area of focus, under every reading of lists that have run together.

Appendix 2 of the GRCP 7 background note came down as columns run into one another. Where a list
ends and the next begins is a reading; a doubtful cut is carried through as all its options.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product

import numpy as np
import pandas as pd

SEVERAL = 3  # areas below which two lists agree too easily to be compared


def resolutions(focus: pd.DataFrame, boundaries: pd.DataFrame) -> list[pd.DataFrame]:
    """Every reading of the run-together lists that the doubtful boundaries allow.

    Args:
        focus: table `iscm_focus_areas`, the adopted reading.
        boundaries: table `iscm_focus_boundaries`, the possible cuts between two lists.

    Returns:
        One frame per combination of cuts, the adopted one first: `area`, `theme_id`, `mechanism`.
    """
    doubtful = boundaries[boundaries["boundary"] == "doubtful"]
    doubtful = doubtful.sort_values("adopted", ascending=False, kind="stable")
    options = [_moves(focus, cuts) for _, cuts in doubtful.groupby("boundary_id", sort=False)]
    theme = focus.drop_duplicates("area").set_index("area")["theme_id"].to_dict()
    found = []
    for choice in product(*options):
        area = focus["area"].astype(object)
        for moved in choice:
            area.loc[moved.index] = moved
        columns = {"area": area, "theme_id": area.map(theme), "mechanism": focus["mechanism"]}
        found.append(pd.DataFrame(columns))
    return found


def _moves(focus: pd.DataFrame, cuts: pd.DataFrame) -> list[pd.Series]:
    """For each cut of one boundary: the area of every name that the cuts leave open."""
    ends = cuts["cut_after_position"]
    # Only names between the earliest and the latest cut are in doubt; the rest stay put.
    inside = focus["position"].between(ends.min() + 1, ends.max())
    place = focus.loc[inside & (focus["page"] == cuts["page"].iloc[0]), "position"]
    return [
        pd.Series(np.where(place <= c.cut_after_position, c.area_before, c.area_after), place.index)
        for c in cuts.itertuples()
    ]


def incidence(reading: pd.DataFrame, by: str = "area") -> pd.DataFrame:
    """Which mechanism is listed where: booleans, mechanisms down, areas (or themes) across."""
    rows, mechanisms = pd.factorize(reading["mechanism"], sort=True)
    columns, heads = pd.factorize(reading[by], sort=True)
    matrix = np.zeros((len(mechanisms), len(heads)), dtype=bool)
    matrix[rows, columns] = True
    return pd.DataFrame(matrix, mechanisms.rename("mechanism"), heads.rename(by))


def ranged(
    readings: Sequence[pd.DataFrame], statistic: Callable[[pd.DataFrame], pd.Series]
) -> pd.DataFrame:
    """A statistic under every reading: `adopted` (the first), `low` and `high`."""
    values = pd.concat([statistic(reading) for reading in readings], axis=1)
    return pd.DataFrame(
        {"adopted": values.iloc[:, 0], "low": values.min(axis=1), "high": values.max(axis=1)}
    )


def certainty(readings: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """In what share of the readings a mechanism is listed under an area: 0, 1 or in doubt."""
    matrices = [incidence(reading).astype("float64") for reading in readings]
    total = matrices[0]
    for matrix in matrices[1:]:
        total = total.add(matrix, fill_value=0.0)
    return total.fillna(0.0) / len(matrices)


def theme_coverage(
    themes: pd.DataFrame, elements: pd.DataFrame, readings: Sequence[pd.DataFrame]
) -> pd.DataFrame:
    """Elements, areas and mechanisms of each theme; missing where the appendix has no row.

    Returns:
        Index: theme_id, in the order of the themes. `title`, `elements`, `areas`, and
        mechanisms as `adopted`, `low`, `high` (integers, missing for themes without a row).
    """
    table = themes.sort_values("number").set_index("theme_id")[["title"]]
    table["elements"] = elements.groupby("theme_id").size()
    table["areas"] = readings[0].groupby("theme_id")["area"].nunique()
    return table.join(ranged(readings, lambda r: incidence(r, "theme_id").sum())).astype(
        dict.fromkeys(("elements", "areas", "adopted", "low", "high"), "Int64")
    )
