"""The tables of the chapter on GRCP 7 as readers see them: heads, units, order."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.mechanisms.census import spread


def attendance_data(groups: pd.DataFrame, unplaced: int) -> pd.DataFrame:
    """The table of `analysis.meeting.attendance` for readers, with those asked but not placed."""
    heads = {"both": "Answered and attended", "answered_only": "Answered only",
             "attended_only": "Attended only"}  # fmt: skip
    table = groups.rename(columns=heads).assign(**{"Place not identified": 0})
    table.loc["Asked, place not identified"] = [0, 0, 0, unplaced]
    return table.rename_axis("Kind of entity").reset_index()


def response_data(rates: pd.DataFrame, asked: int) -> pd.DataFrame:
    """The table of `analysis.meeting.by_type` for readers, with all asked; rates in per cent."""
    columns = {
        "answered": "Answered",
        "asked_low": "Asked, at least",
        "asked_high": "Asked, at most",
        "rate_low": "Rate at least, per cent",
        "rate_high": "Rate at most, per cent",
        "free_low": "Without the assumption: at least, per cent",
        "free_high": "Without the assumption: at most, per cent",
    }
    table, answered = rates[list(columns)].copy(), rates["answered"].sum()
    table.loc["All asked"] = [answered, asked, asked, *[answered / asked] * 4]
    shares = [name for name in columns if name.startswith(("rate", "free"))]
    counts = [name for name in columns if name not in shares]
    table[shares], table[counts] = 100 * table[shares], table[counts].astype(int)
    return table.rename(columns=columns).rename_axis("Type").reset_index()


def matrix_data(
    share: pd.DataFrame, adopted: pd.DataFrame, themes: pd.DataFrame, names: pd.DataFrame
) -> pd.DataFrame:
    """Every mark of the matrix as a row: theme, area and its total, mechanism, how sure."""
    marks = share.stack()
    rows = marks[marks > 0].rename("part").reset_index(name="part")
    rows.columns = pd.Index(["area", "mechanism", "part"])
    rows = themes[["title", "area", "low", "high"]].merge(rows, on="area", how="left")
    full = names.set_index("mechanism")["full_name"]
    chosen = [bool(adopted.at[r.area, r.mechanism]) if pd.notna(r.area) else False
              for r in rows.itertuples()]  # fmt: skip
    how = [
        "no row survives" if pd.isna(part) else "every reading" if part == 1
        else "in doubt: as adopted" if yes else "in doubt: otherwise"
        for part, yes in zip(rows["part"], chosen, strict=True)
    ]  # fmt: skip
    return pd.DataFrame(
        {
            "Theme": rows["title"], "Area of focus": rows["area"], "Mechanism": rows["mechanism"],
            "Full name": rows["mechanism"].map(full), "Listed": how,
            "Area lists, at least": rows["low"], "Area lists, at most": rows["high"],
        }
    )  # fmt: skip


def overlap_data(alike: pd.DataFrame, shared: pd.DataFrame, themes: pd.DataFrame) -> pd.DataFrame:
    """The pairs of areas for readers, and each area with itself: what its list has."""
    table = pd.DataFrame(
        {
            "Shared, at least": shared["low"],
            "Shared, at most": shared["high"],
            "Jaccard, adopted": alike["adopted"],
            "Lowest": alike["low"],
            "Highest": alike["high"],
        }
    )
    table = table.rename_axis(["Area", "Other area"]).reset_index()
    areas = themes.dropna(subset="area")
    own = {"Area": areas["area"], "Other area": areas["area"],
           "Shared, at least": areas["low"], "Shared, at most": areas["high"]}  # fmt: skip
    place = {area: position for position, area in enumerate(areas["area"])}
    table = pd.concat([table.astype(dict.fromkeys(list(own)[2:], "Int64")), pd.DataFrame(own)])
    return table.sort_values(["Area", "Other area"], key=lambda column: column.map(place))


def coverage_data(themes: pd.DataFrame) -> pd.DataFrame:
    """The table of `analysis.mechanisms.coverage` for readers."""
    columns = {
        "title": "Theme", "elements": "Elements", "areas": "Areas of focus",
        "low": "Mechanisms, at least", "high": "Mechanisms, at most",
    }  # fmt: skip
    return themes[list(columns)].rename(columns=columns)


def link_data(
    pairs: pd.DataFrame, report: Sequence[str], highlights: Sequence[str]
) -> pd.DataFrame:
    """The recommendations and the items of the Highlights, each with its place in its own list."""
    places = [
        pairs[side].map({text: number for number, text in enumerate(items, start=1)})
        for side, items in (("report", report), ("highlights", highlights))
    ]
    return pd.DataFrame(
        {
            "Part": pairs["group"],
            "Place in the report": places[0].astype("Int64"), "Report": pairs["report"],
            "Place in the Highlights": places[1].astype("Int64"),
            "Highlights": pairs["highlights"],
        }
    )  # fmt: skip


def pair_data(pairs: pd.DataFrame) -> pd.DataFrame:
    """The table of `analysis.focus.closest` for readers."""
    shared = [spread(r.shared_low, r.shared_high) for r in pairs.itertuples()]
    columns = {"jaccard": "Jaccard, adopted", "low": "Lowest", "high": "Highest"}
    table = pairs[list(columns)].rename(columns=columns)
    table.insert(0, "Areas shared", shared)
    return table.rename_axis(["Mechanism", "Mechanism alike"]).reset_index()
