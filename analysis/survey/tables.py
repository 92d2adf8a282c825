"""The tables of the chapter on the survey of 2003 as readers see them: names, heads, units."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from analysis.precision import Interval
from analysis.survey import replies

# What stands for the ids of `analysis.survey.replies`.
POSITIONS = {replies.FAVOUR: "in favour", replies.RESERVE: "with reservations"}
UNITS = {replies.GOVERNMENT: "Governments", replies.LETTER: "letters"}
ASSUMPTIONS = {
    replies.NOTHING: "Nothing is assumed",
    replies.NO_MORE: "The silent favoured no more than the replies",
    replies.NO_LESS: "The silent favoured no less than the replies",
    replies.GROUPS_ALIKE: "The silent leaned as their regional group",
    **{
        key: f"The silent differed by at most {100 * gap:.0f} points"
        for key, gap in replies.GAPS.items()
    },
    replies.ALIKE: "The silent leaned as the replies",
}
CASES = {
    replies.OPEN: "What the replies fix",
    replies.LIKE_REPLIES: "If the silent were like those that replied",
    replies.TURNING: "What makes a majority",
}
COUNTED = {
    "listed": "Member States named in the list",
    "bloc": "Member States that Greece replied for, itself included",
    "member-states": "Member States that replied",
    "non-members": "Non-member States that replied: the Holy See",
    "governments": "Governments that replied",
    "both-sides": "Governments in favour and with reservations, added up",
    "letters": "Letters that all these replies came in",
}

Formats = dict[str, str | Callable[..., str]]
MEMBERS, RATE = "Member States on that day", "Response rate, per cent"
ROUNDS: Formats = {MEMBERS: ",.0f", RATE: ".1f"}
LETTERS: Formats = dict.fromkeys(
    ["Least, per cent", "Most, per cent", "At random, per cent"], ".1f"
)
REGIONS: Formats = dict.fromkeys(["Least in favour, per cent", "Most in favour, per cent"], ".1f")
ALL_IN_FAVOUR = "In favour, per cent of Member States"
CASES_FORMS: Formats = {"Silent taken as in favour": ",.0f", ALL_IN_FAVOUR: ".1f"}


def reconciliation() -> pd.DataFrame:
    """The counts of A/58/98, para. 42, rebuilt from its list, beside those stated."""
    table = replies.reconciliation().rename(index=COUNTED).reset_index()
    return table.set_axis(["What is counted", "From the list", "Stated"], axis=1)


def rounds() -> pd.DataFrame:
    """The letters one by one; formats: `ROUNDS`."""
    table = replies.rounds()
    members = zip(table["members_least"], table["members_most"], strict=True)
    rates = zip(table["rate_lo"], table["rate_hi"], strict=True)
    return pd.DataFrame(
        {
            "Letter sent": table["letter"],
            MEMBERS: [Interval(*ends) for ends in members],
            "Replied": table["replies"],
            RATE: [Interval(*ends) * 100 for ends in rates],
        }
    )


def years(row: Any) -> str:
    """The years of a row of `replies.comparison`."""
    return "1995–1999" if row.earlier else "2003"


def basis(row: Any) -> str:
    """What the response of such a row is a share of answers to."""
    if row.letters > 1:
        return f"any of {row.letters} {'letters' if row.earlier else 'such letters'}"
    return "one letter, on average" if row.earlier else "one letter"


def letters(comparison: pd.DataFrame) -> pd.DataFrame:
    """The result of `replies.comparison`; formats: `LETTERS`."""
    rows = [
        (years(row), basis(row), 100 * row.lo, 100 * row.hi, 100 * row.independent)
        for row in comparison.itertuples()
    ]
    return pd.DataFrame(rows, columns=["Years", "Basis", *LETTERS])


def regions(known: Mapping[str, Interval]) -> pd.DataFrame:
    """The result of `replies.identification`; formats: `REGIONS`."""
    rows = [(ASSUMPTIONS[key], 100 * each.lo, 100 * each.hi) for key, each in known.items()]
    return pd.DataFrame(rows, columns=["Assumption", *REGIONS])


def cases(table: pd.DataFrame) -> pd.DataFrame:
    """The result of `replies.cases`; formats: `CASES_FORMS`."""
    share = table["share"].map(lambda each: each * 100)
    shown = table.assign(share=share)[["favour", "reserve", "silent", "joining", "share"]]
    heads = ["Replied in favour", "Replied with reservations", "Silent", *CASES_FORMS]
    return shown.rename(index=CASES).set_axis(heads, axis=1).reset_index(names="Case")


def leaning(table: pd.DataFrame) -> pd.DataFrame:
    """The result of `replies.leaning`."""
    named = table.assign(bloc=table["bloc"].map(POSITIONS), unit=table["unit"].map(UNITS))
    heads = ["Position of the Union", "Unit", "In favour", "With reservations", "The Union's units"]
    return named.set_axis(heads, axis=1)
