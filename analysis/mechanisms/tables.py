"""The tables of the chapter on GRCP 7 as readers see them: heads, units, order."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from analysis.mechanisms import elements, histories, lists, meeting
from analysis.mechanisms.census import possible_totals
from analysis.precision import Interval
from analysis.statements import stated
from analysis.tables import load
from analysis.words import capital

UNPLACED = "Asked, place not in our sources"
ASSUMPTIONS = {
    meeting.SOME_ABSENT: "The named absentees are some of those absent",
    meeting.ATTENDED_ASKED: "Whoever attended had been asked",
    meeting.ALL_ABSENT: "The named absentees are all of those absent",
}
RELATIONS = {
    lists.SAME: "same subject",
    lists.GATHERED: "gathered",
    lists.REPORT_ONLY: "report only",
    lists.HIGHLIGHTS_ONLY: "Highlights only",
}
STATES = {
    elements.BY_HEADING: "in a heading",
    elements.BY_TEXT: "in running text",
    elements.IN_DOUBT: "in doubt",
    elements.BY_NONE: "in none",
}
FATES = {
    "continues": "continues",
    "concluded": "concluded, year not in our sources",
    "not established": "not in our sources",
}

Formats = dict[str, str | Callable[..., str]]
OVERLAPS = {
    "Answered only": "answered_only", "Both": "both", "Attended only": "attended_only",
    "Attended, answered or both": "either",
}  # fmt: skip
GRANULARITY: Formats = {"Response rate, per cent": ".2f"}
RANGES: Formats = dict.fromkeys(OVERLAPS, ",.0f")
RESPONSE: Formats = dict.fromkeys(
    ["Rate at least, per cent", "Rate at most, per cent",
     "Without the assumption: at least, per cent", "Without the assumption: at most, per cent"],
    ".1f",
)  # fmt: skip


def kinds() -> dict[str, str]:
    """The names of the types of entity, and of the mechanisms together, by id."""
    named = load("iscm_survey_responses").set_index("group_id")["respondent_group"]
    return {**named.map(capital), meeting.MECHANISMS: "Mechanisms"}


def granularity(count: int, share: Interval, asked: int) -> pd.DataFrame:
    """What share the count would be of the numbers near those asked, and which fit."""
    near = range(asked - 2, asked + 3)
    fits = possible_totals(count, share)
    rows = [(number, 100 * count / number, number in fits) for number in near]
    heads = ["Entities asked", "Response rate, per cent", "Rounds to the stated share"]
    return pd.DataFrame(rows, columns=heads)


def overlaps() -> pd.DataFrame:
    """What both lists imply under each assumption, as intervals; formats: `RANGES`."""
    rows = meeting.overlaps()
    ranges = {
        head: list(map(Interval, rows[f"{name}_low"], rows[f"{name}_high"]))
        for head, name in OVERLAPS.items()
    }
    return pd.DataFrame({"Assumption": rows.index.map(ASSUMPTIONS), **ranges})


def doubtful_cuts(boundaries: pd.DataFrame) -> pd.DataFrame:
    """The doubtful boundaries, one per row: the cut adopted and the others."""
    doubtful = boundaries[boundaries["boundary"] == "doubtful"]
    rows = []
    for _, cuts in doubtful.groupby("boundary_id", sort=False):
        chosen, others = cuts[cuts["adopted"]].iloc[0], cuts[~cuts["adopted"]]
        rows.append(
            {
                "Earlier list": chosen["area_before"],
                "Later list": chosen["area_after"],
                "Page": chosen["page"],
                "Earlier list ends with": chosen["last_before"],
                "It could end with": " or ".join(others["last_before"]),
                "Why it is cut so": chosen["reason"],
            }
        )
    return pd.DataFrame(rows)


def attendance_data(groups: pd.DataFrame, unplaced: int) -> pd.DataFrame:
    """The result of `meeting.attendance`, with those asked but not placed."""
    heads = {"both": "Answered and attended", "answered_only": "Answered only",
             "attended_only": "Attended only"}  # fmt: skip
    table = groups.rename(columns=heads, index=kinds()).assign(**{"Place not in our sources": 0})
    table.loc[UNPLACED] = [0, 0, 0, unplaced]
    return table.rename_axis("Kind of entity").reset_index()


def response_data(rates: pd.DataFrame, asked: int) -> pd.DataFrame:
    """The result of `meeting.by_type`, with all asked; rates in per cent."""
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
    return table.rename(columns=columns, index=kinds()).rename_axis("Type").reset_index()


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


def coverage_data(themes: pd.DataFrame) -> pd.DataFrame:
    """Each element, how it is taken up, and the row of its theme in `lists.coverage`."""
    taken = elements.taken_up()
    started = elements.starters_listed()["adopted"].astype("Int64").rename("started")
    rows = taken.join(themes[["title", "areas", "low", "high"]].join(started), on="theme_id")
    rows = rows.assign(letter=rows.index, state=rows["state"].map(STATES),
                       phrase=rows["phrase"].map(capital))  # fmt: skip
    columns = {
        "title": "Theme", "phrase": "Element", "letter": "Letter", "state": "Taken up",
        "areas": "Areas of focus of the theme", "low": "Mechanisms, at least",
        "high": "Mechanisms, at most", "started": "Of them had started",
    }  # fmt: skip
    return rows[list(columns)].rename(columns=columns).reset_index(drop=True)


def processes() -> pd.DataFrame:
    """The processes of the report of 2004 and what became of them."""
    rows = histories.described()
    fate = [
        f"{row.fate}, {row.ended}" if pd.notna(row.ended) else FATES[str(row.fate)]
        for row in rows.itertuples()
    ]
    return pd.DataFrame(
        {
            "Process": rows["name"], "Also called": rows["other_names"],
            "Place in A/59/325": rows["place"], "Began": rows["established"],
            "On the list of 2017": rows["mechanism"].notna(), "What became of it": fate,
            "Source": rows["source"],
        }
    )  # fmt: skip


def attended() -> pd.DataFrame:
    """How many mechanisms attended, by who counts, and what that implies for the silent."""
    report = stated(meeting.ATTENDED)
    elsewhere = meeting.counts_elsewhere()
    counts = [report.count, *elsewhere["value"].astype(int)]
    return pd.DataFrame(
        {
            "Source": [report.cite, *elsewhere["source"]],
            "What it counts": ["mechanisms whose delegates attended", *elsewhere["counted"]],
            "Mechanisms": counts,
            "Silent entities in the room, at least": [
                int(meeting.silent_but_present(count).lo) for count in counts
            ],
        }
    )


def phrased(matched: pd.DataFrame, items: pd.DataFrame) -> pd.DataFrame:
    """The result of `lists.side_by_side` with phrases in place of ids.

    Args:
        matched: that result.
        items: table `recommendations`.
    """
    phrase = items.set_index("recommendation_id")["phrase"]
    return matched.assign(
        report=matched["report"].map(phrase), highlights=matched["highlights"].map(phrase)
    )


def side_by_side(matched: pd.DataFrame, items: pd.DataFrame) -> pd.DataFrame:
    """The same for readers, with what is remarked on each pair; arguments as for `phrased`."""
    notes = items.set_index("recommendation_id")["note"]
    remark = matched["report"].map(notes).combine_first(matched["highlights"].map(notes))
    relation = matched["relation"].map(RELATIONS)
    shown = phrased(matched, items).assign(relation=relation, note=remark)
    heads = ["Part", "Report, section 3", "Highlights, annex 3", "Relation", "Difference"]
    return shown.set_axis(heads, axis=1)
