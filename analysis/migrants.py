"""The migrant stock of countries and areas, by edition of the United Nations estimates.

An edition is one consistent series: it revises the past together with the present. So a change
over time is taken within an edition and a revision between two, and every row says its edition.
"""

from __future__ import annotations

from functools import cache

import pandas as pd

from analysis.tables import load

WORLD = 900
COUNTRY = "country or area"
MAJOR_AREA = "major area"
CROSSING = "development group"  # cuts across the areas, so its members are not its parts
FORMER_STATES = ("Soviet Union", "Yugoslavia", "Czechoslovakia")


def areas() -> pd.DataFrame:
    """Countries, areas, regions and groups, one a row, as in the table `migrant_stock_areas`.

    Returns:
        Index `m49`; columns `iso3`, `name`, `level`, `within`, `development`, `formerly` and
        `major_area` (the code of the major area that a country or region lies in).
    """
    frame = load("migrant_stock_areas").drop(columns=["source", "confidence"]).set_index("m49")
    frame["major_area"] = pd.Series(
        {code: _major_area(int(code), frame) for code in frame.index}, dtype="Int64"
    )
    return frame


def _major_area(code: int, frame: pd.DataFrame) -> int | None:
    """The first major area on the way from an area up to the world."""
    while frame.at[code, "level"] != MAJOR_AREA:
        above = frame.at[code, "within"]
        if pd.isna(above):
            return None
        code = int(above)
    return code


@cache
def _stock() -> pd.DataFrame:
    frame = load("migrant_stock").merge(areas(), left_on="m49", right_index=True, how="left")
    frame["population"] = frame.pop("population_thousands") * 1e3
    return frame.reset_index(drop=True)


def stock() -> pd.DataFrame:
    """Every estimate of every edition, with what is known of its area.

    Returns:
        One row per edition, area and year: `edition`, `m49`, `year`, `persons` (international
        migrants), `population` (persons, as the same workbook prints it; missing in the edition
        of 2008), `type_of_data` and the columns of `areas`.
    """
    return _stock().copy()


def countries(edition: int | None = None) -> pd.DataFrame:
    """The rows of `stock` for countries and areas, of one edition or of all.

    Raises:
        ValueError: there is no such edition.
    """
    frame = stock()
    if edition is not None and edition not in set(frame["edition"]):
        known = ", ".join(str(each) for each in sorted(set(frame["edition"])))
        raise ValueError(f"no edition of {edition} by country; expected one of: {known}")
    own = frame if edition is None else frame[frame["edition"] == edition]
    return own[own["level"] == COUNTRY].reset_index(drop=True)


def editions() -> list[int]:
    """The editions that the record has by country, oldest first."""
    return sorted(int(edition) for edition in load("migrant_stock_editions")["edition"])


def sums(measure: str = "persons") -> pd.DataFrame:
    """Every whole of an edition and year beside the sum of its parts.

    A region is the sum of its countries, a major area of its regions, the world of its major
    areas, and a development group of its countries.

    Args:
        measure: `persons` or `population`.

    Returns:
        Index `edition`, `year`, `m49`; columns `stated` (of the whole) and `parts` (their sum).
    """
    frame = stock()
    frame = frame[frame[measure].notna()]
    keys = ["edition", "year"]
    nested = frame[frame["level"] != CROSSING].groupby([*keys, "within"])[measure].sum()
    named = {"more developed": 901, "less developed": 902}
    across = frame.assign(group=frame["development"].map(named))
    crossing = across.dropna(subset="group").groupby([*keys, "group"])[measure].sum()
    parts = pd.concat([nested.rename_axis([*keys, "m49"]), crossing.rename_axis([*keys, "m49"])])
    stated = frame.set_index([*keys, "m49"])[measure]
    return pd.concat({"stated": stated, "parts": parts}, axis="columns", join="inner").sort_index()
