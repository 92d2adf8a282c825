"""The tables of the chapter on GRCP 7 as readers see them: heads, units, order."""

from __future__ import annotations

import pandas as pd

from analysis.census import spread


def attendance_data(groups: pd.DataFrame) -> pd.DataFrame:
    """The table of `analysis.meeting.attendance` for readers."""
    heads = {"both": "Answered and attended", "answered_only": "Answered only",
             "attended_only": "Attended only"}  # fmt: skip
    return groups.rename(columns=heads).rename_axis("Kind of entity").reset_index()


def response_data(rates: pd.DataFrame) -> pd.DataFrame:
    """The table of `analysis.meeting.by_type` for readers; rates in per cent."""
    columns = {
        "answered": "Answered",
        "asked_low": "Asked, at least",
        "asked_high": "Asked, at most",
        "rate_low": "Rate at least, per cent",
        "rate_high": "Rate at most, per cent",
        "free_low": "Without the assumption: at least, per cent",
        "free_high": "Without the assumption: at most, per cent",
    }
    table = rates[list(columns)].copy()
    shares = [name for name in columns if name.startswith(("rate", "free"))]
    table[shares] = (100 * table[shares]).round(1)
    return table.rename(columns=columns).rename_axis("Type").reset_index()


def matrix_data(
    share: pd.DataFrame, adopted: pd.DataFrame, themes: pd.DataFrame, names: pd.DataFrame
) -> pd.DataFrame:
    """Every mark of the matrix as a row: theme, area, mechanism, its full name, how sure."""
    marks = share.stack()
    rows = marks[marks > 0].rename("part").reset_index(name="part")
    rows.columns = pd.Index(["area", "mechanism", "part"])
    rows = themes[["title", "area"]].merge(rows, on="area", how="left")
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
        }
    )  # fmt: skip


def overlap_data(alike: pd.DataFrame, shared: pd.DataFrame) -> pd.DataFrame:
    """The pairs of areas for readers."""
    table = pd.DataFrame(
        {
            "Shared, at least": shared["low"],
            "Shared, at most": shared["high"],
            "Jaccard, adopted": alike["adopted"],
            "Lowest": alike["low"],
            "Highest": alike["high"],
        }
    )
    return table.rename_axis(["Area", "Other area"]).reset_index()


def coverage_data(themes: pd.DataFrame) -> pd.DataFrame:
    """The table of `analysis.mechanisms.coverage` for readers."""
    columns = {
        "title": "Theme", "elements": "Elements", "areas": "Areas of focus",
        "low": "Mechanisms, at least", "high": "Mechanisms, at most",
    }  # fmt: skip
    return themes[list(columns)].rename(columns=columns)


def pair_data(pairs: pd.DataFrame) -> pd.DataFrame:
    """The table of `analysis.focus.closest` for readers."""
    shared = [spread(r.shared_low, r.shared_high) for r in pairs.itertuples()]
    columns = {"jaccard": "Jaccard, adopted", "low": "Lowest", "high": "Highest"}
    table = pairs[list(columns)].rename(columns=columns)
    table.insert(0, "Areas shared", shared)
    return table.rename_axis(["Mechanism", "Mechanism alike"]).reset_index()
