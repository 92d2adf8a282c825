"""Which themes an agenda names, and how they fared from one agenda to the next.

A topic in doubt counts under either of its themes, and running text under a heading counts or
does not. Every combination is a reading, so a result is a range over all of them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import product

import pandas as pd

from analysis.precision import Interval, hull
from analysis.tables import load

AGENDAS = ASKED, PROPOSED, DECIDED, LISTED, RECOMMENDED = (
    "asked-2003", "proposed-2005", "decided-2005", "listed-2016", "recommended-2017",
)  # fmt: skip
# Asked for in 2003, decided on in 2005, named in 2016 or 2017: yes or no for each.
PATTERNS = {
    (True, True, True): "stayed",
    (True, False, True): "returned",
    (False, True, True): "entered-2005",
    (False, False, True): "entered-later",
    (True, True, False): "dropped-later",
    (True, False, False): "dropped-2005",
    (False, True, False): "only-2005",
    (False, False, False): "never",
}


def presence(items: pd.DataFrame, themes: list[str]) -> list[pd.DataFrame]:
    """Which theme stands on which agenda, for every way of placing the doubtful items.

    Args:
        items: table `agenda_items`, or some of its rows.
        themes: all themes, in order.

    Returns:
        Boolean frames, themes down and agendas across; the first has every doubtful item under
        its first theme. Items whose two themes the agenda has anyhow make no difference.
    """
    sure = items[items["boundary"] == "clear"]
    base = pd.crosstab(sure["theme"], sure["agenda"]).reindex(
        index=themes, columns=list(AGENDAS), fill_value=0
    ).astype(bool)  # fmt: skip
    doubtful = items[items["boundary"] == "doubtful"]
    cells = [
        [(row.theme, row.agenda), (row.second_theme, row.agenda)] for row in doubtful.itertuples()
    ]
    grids = []
    for choice in product(*(pair for pair in cells if not all(base.at[cell] for cell in pair))):
        grid = base.copy()
        for theme, agenda in choice:
            grid.at[theme, agenda] = True
        grids.append(grid)
    return grids


@cache
def every_reading() -> tuple[pd.DataFrame, ...]:
    """All readings of the five agendas, the adopted one first.

    Running text of the agenda of 2003, which has no headings, always counts; that under the
    headings of the others counts in one half of the readings only.
    """
    items = load("agenda_items")
    themes = load("agenda_themes").sort_values("position")["theme"].tolist()
    headed = items[(items["level"] == "heading") | (items["agenda"] == ASKED)]
    return (*presence(items, themes), *presence(headed, themes))


def histories(grid: pd.DataFrame) -> pd.Series:
    """The pattern of each theme (`PATTERNS`) over three stages: 2003, 2005, and 2016 or 2017."""
    later = grid[LISTED] | grid[RECOMMENDED]
    stages = zip(grid[ASKED], grid[DECIDED], later, strict=True)
    return pd.Series([PATTERNS[stage] for stage in stages], index=grid.index)


@cache
def _every_history() -> tuple[pd.Series, ...]:
    """The histories of `every_reading`, in its order."""
    return tuple(map(histories, every_reading()))


def counted(count: Callable[[pd.DataFrame], int]) -> Interval:
    """The range of a count over all readings."""
    return hull(count(grid) for grid in every_reading())


def standing(agenda: str) -> pd.DataFrame:
    """Whether each theme stands on one agenda in every reading (`always`), or in any (`ever`)."""
    columns = pd.concat([grid[agenda] for grid in every_reading()], axis=1)
    return pd.DataFrame({"always": columns.all(axis=1), "ever": columns.any(axis=1)})


def fates() -> pd.DataFrame:
    """What became of each theme.

    Returns:
        Index: theme. `adopted`: its pattern in the adopted reading; `possible`: a tuple of all
        its patterns, the adopted one first.
    """
    patterns = pd.concat(_every_history(), axis=1)
    possible = [tuple(dict.fromkeys(row)) for row in patterns.itertuples(index=False)]
    return pd.DataFrame({"adopted": patterns.iloc[:, 0], "possible": possible})


def with_pattern(*wanted: str) -> Interval:
    """How many themes have one of these patterns, over all readings."""
    return hull(int(each.isin(wanted).sum()) for each in _every_history())


def certain(pattern: str) -> list[str]:
    """The themes that have this pattern in every reading."""
    table = fates()
    return [theme for theme in table.index if table.at[theme, "possible"] == (pattern,)]


def marks(items: pd.DataFrame) -> pd.DataFrame:
    """How an agenda names a theme.

    Returns:
        One row per theme and agenda with an item: `items` (clear ones), `state`: `heading`, `text`
        (under a heading alone) or `doubtful`.
    """
    second = items.dropna(subset="second_theme")
    either = pd.concat([items, second.assign(theme=second["second_theme"])])
    rows = []
    for (theme, agenda), cell in either.groupby(["theme", "agenda"]):
        sure = cell[cell["boundary"] == "clear"]
        own = agenda == ASKED or (sure["level"] == "heading").any()
        state = "doubtful" if sure.empty else "heading" if own else "text"
        rows.append((theme, agenda, len(sure), state))
    return pd.DataFrame(rows, columns=["theme", "agenda", "items", "state"])
