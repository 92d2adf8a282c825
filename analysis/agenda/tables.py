"""The tables of the chapter on the agendas as readers see them: names, heads, order."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from analysis.agenda.history import AGENDAS, LISTED, PATTERNS, fates, marks
from analysis.tables import load

HEADS = dict(
    zip(
        AGENDAS,
        ("Raised, 2003", "Proposed, 2005", "Decided, 2005", "Listed, 2016", "Recommended, 2017"),
        strict=True,
    )
)
FATES = {
    "stayed": "Stayed",
    "returned": "Came back",
    "entered-2005": "Entered in 2005",
    "entered-later": "Entered after 2005",
    "dropped-later": "Dropped after 2005",
    "dropped-2005": "Dropped in 2005",
    "only-2005": "In 2005 alone",
    "never": "Proposed alone",
}
GLOSSES = {
    "stayed": "raised, decided on, named later",
    "returned": "raised, left out in 2005, named later",
    "entered-2005": "not raised, decided on, named later",
    "entered-later": "neither raised nor decided on, named later",
    "dropped-later": "raised, decided on, not named later",
    "dropped-2005": "raised, neither decided on nor named later",
    "only-2005": "neither raised nor named later",
    "never": "neither raised, decided on nor named later",
}


def titles() -> dict[str, str]:
    """The titles of the themes by id, in the order of the protocol."""
    themes = load("agenda_themes").sort_values("position")
    return dict(zip(themes["theme"], themes["title"], strict=True))


def in_words(themes: Iterable[str]) -> str:
    """Themes by their titles within a sentence: "skills, return and border control"."""
    named = titles()
    *most, last = (named[theme][0].lower() + named[theme][1:] for theme in themes)
    return f"{', '.join(most)} and {last}" if most else last


def ordered() -> pd.DataFrame:
    """The result of `history.fates`, grouped by what became of the themes."""
    order = {pattern: place for place, pattern in enumerate(PATTERNS.values())}
    return fates().sort_values("adopted", key=lambda column: column.map(order), kind="stable")


def cells() -> pd.DataFrame:
    """Topics of each theme on each agenda, as drawn: a count, or why there is none."""
    found = marks(load("agenda_items")).set_index(["theme", "agenda"])
    words = {
        key: "in doubt" if row.state == "doubtful"
        else f"{row.items} in running text" if row.state == "text" else row.items
        for key, row in zip(found.index, found.itertuples(), strict=True)
    }  # fmt: skip
    rows = ordered()
    table = {"Theme": rows.index.map(titles()), "What became of it": rows["adopted"].map(FATES)}
    for agenda, head in HEADS.items():
        table[head] = [words.get((theme, agenda)) for theme in rows.index]
    return pd.DataFrame(table).reset_index(drop=True)


def places() -> pd.DataFrame:
    """Where each agenda names each theme; a question mark where every topic there is in doubt."""
    items = load("agenda_items")
    second = items.dropna(subset="second_theme")
    either = pd.concat([items, second.assign(theme=second["second_theme"])]).sort_index()
    rows = ordered()
    table = {"Theme": rows.index.map(titles())}
    for agenda, head in HEADS.items():
        own = either[either["agenda"] == agenda]
        found = {theme: _parts(cell) for theme, cell in own.groupby("theme")}
        table[head] = [found.get(theme) for theme in rows.index]
    table["What became of it"] = ["; or ".join(FATES[p] for p in row) for row in rows["possible"]]
    return pd.DataFrame(table)


def _parts(cell: pd.DataFrame) -> str:
    sure = set(cell.loc[cell["boundary"] == "clear", "part"])
    listed = cell["agenda"].iloc[0] == LISTED
    return ", ".join(
        (f"({part})" if listed else _part(part)) + ("" if part in sure else "?")
        for part in dict.fromkeys(cell["part"])
    )


def _part(part: str) -> str:
    """A part of an agenda in words: "43", "round table 2", "follow-up 1"."""
    head, _, number = part.replace("round-table", "round table").rpartition("-")
    return f"{head} {number}" if head else number


def disagreements() -> pd.DataFrame:
    """The items that both readers coded, and coded differently, with what was kept and why."""
    rows = load("agenda_differences").dropna(subset="theme_a")
    phrase = load("agenda_items").set_index("item_id")["phrase"]
    named = titles()
    codes = {
        side: [
            named[first] + ("" if pd.isna(second) else f", or {named[second].lower()}")
            for first, second in zip(
                rows[f"theme_{side}"], rows[f"second_theme_{side}"], strict=True
            )
        ]
        for side in "ab"
    }
    return pd.DataFrame(
        {
            "Topic": rows["item_id"].map(phrase), "Reading A": codes["a"],
            "Reading B": codes["b"], "Kept": rows["kept"], "Reason": rows["reason"],
        }
    )  # fmt: skip
