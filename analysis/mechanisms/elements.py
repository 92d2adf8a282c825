"""The elements of the compact against the recommendations, and against those who had begun.

Elements and recommendations were coded twice under one list of themes (table `agenda_items`); a
recommendation takes up an element if it names a theme of it.
"""

from __future__ import annotations

import pandas as pd

from analysis.mechanisms.focus import incidence, ranged
from analysis.mechanisms.lists import readings
from analysis.precision import Interval
from analysis.tables import load

ELEMENTS, RECOMMENDATIONS = "listed-2016", "recommended-2017"
# From the strongest: in a heading, in the text under one, by a topic in doubt, not at all.
STATES = BY_HEADING, BY_TEXT, IN_DOUBT, BY_NONE = "heading", "text", "doubtful", "none"
STARTED = "started"


def taken_up() -> pd.DataFrame:
    """How the recommendations take up each element.

    Returns:
        Index: letter of the element, in the order of the report. `theme_id` (of the compact),
        `phrase`, `state`: one of `STATES`, the strongest that holds.
    """
    items = load("agenda_items")
    named = items[items["agenda"] == RECOMMENDATIONS]
    sure = named[named["boundary"] == "clear"]
    headings = set(sure.loc[sure["level"] == "heading", "theme"])
    elements = load("compact_elements").sort_values("position").set_index("letter")
    states = {}
    for letter, cell in items[items["agenda"] == ELEMENTS].groupby("part"):
        own = set(cell.loc[cell["boundary"] == "clear", "theme"])
        if own & headings:
            states[letter] = BY_HEADING
        elif own & set(sure["theme"]):
            states[letter] = BY_TEXT
        else:
            states[letter] = IN_DOUBT if _themes(cell) & _themes(named) else BY_NONE
    return elements[["theme_id", "phrase"]].assign(state=elements.index.map(states))


def _themes(items: pd.DataFrame) -> set[str]:
    return {*items["theme"], *items["second_theme"].dropna()}


def how_many() -> Interval:
    """Elements taken up: by headings at least, with running text and doubtful topics at most."""
    counts = taken_up()["state"].value_counts()
    return Interval(int(counts[BY_HEADING]), int(counts.sum() - counts.get(BY_NONE, 0)))


def starters() -> list[str]:
    """The mechanisms named as having started to consider their part in the compact."""
    steps = load("iscm_compact_steps")
    return steps.loc[steps["step"] == STARTED, "mechanism"].tolist()


def starters_listed() -> pd.DataFrame:
    """How many of them each theme's surviving rows list: `adopted`, `low`, `high`, by theme."""
    names = set(starters())
    return ranged(
        readings(), lambda reading: incidence(reading, "theme_id").loc[_among(reading, names)].sum()
    )


def _among(reading: pd.DataFrame, names: set[str]) -> list[str]:
    return sorted(names & set(reading["mechanism"]))
