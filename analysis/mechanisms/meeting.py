"""GRCP 7, October 2017: who was asked, who answered the survey and who attended the meeting.

The survey went to a closed list of entities: a census with silent members, so what follows is
bounds (`analysis.mechanisms.census`), not sampling error.
"""

from __future__ import annotations

import pandas as pd

from analysis.mechanisms.census import (
    allocations,
    possible_totals,
    rate_bounds,
    two_lists,
)
from analysis.precision import Interval
from analysis.statements import stated
from analysis.tables import load

RESPONDENTS, SHARE = "grcp7-survey-respondents-grcp7", "grcp7-survey-response-rate-grcp7"
ATTENDED = "grcp7-mechanisms-represented-grcp7"
TYPES = ("global-processes", "rcps", "irfs")
MEETING = "GRCP 7"  # as the record of participation has it
MECHANISMS = "mechanisms"  # of all `TYPES`
# The named absentees are some, or all, of those absent; whoever attended had been asked.
ASSUMPTIONS = SOME_ABSENT, ATTENDED_ASKED, ALL_ABSENT = (
    "some-absent", "attended-asked", "all-absent",
)  # fmt: skip
PARTNERS = ("un-regional-commissions", "regional-economic-organizations")


def replies() -> dict[str, int]:
    """Entities that answered, by type, as the report states them."""
    rows = load("iscm_survey_responses")
    rows = rows[rows["level"] == "type"]
    return {str(r.group_id): int(r.responded) for r in rows.itertuples()}


def asked() -> int:
    """Entities asked: the only number that the stated count and percentage allow."""
    totals = possible_totals(stated(RESPONDENTS).count, stated(SHARE).share)
    if len(totals) != 1:
        raise ValueError(f"{SHARE}: allows {totals or 'no number'} of entities asked, not one")
    return totals[0]


def silent_but_present(attended: int | None = None) -> Interval:
    """Entities asked that attended without answering, if everybody who attended had been asked.

    Args:
        attended: mechanisms that attended; as the report states it if not given.
    """
    fewest = int(attendance(attended)["attended_only"].sum())
    return Interval(fewest, asked() - stated(RESPONDENTS).count)


def attendance(attended: int | None = None) -> pd.DataFrame:
    """The fewest entities that both lists name, by kind, if the named absentees are all.

    Args:
        attended: as in `silent_but_present`.

    Returns:
        Index: `MECHANISMS` and `PARTNERS`. `both`, `answered_only`, `attended_only`.
    """
    rows = load("iscm_survey_responses").set_index("group_id")
    table = pd.DataFrame([seen(attended).iloc[0]], index=[MECHANISMS])[
        ["both", "answered_only", "attended_only"]
    ]
    for group in PARTNERS:
        partner = two_lists(int(rows.at[group, "attended"]), int(rows.at[group, "responded"]))
        table.loc[group] = partner.iloc[0][table.columns]
    return table.astype("int64")


def counts_elsewhere() -> pd.DataFrame:
    """What others than the report say of how many mechanisms attended: rows of the record."""
    rows = load("meeting_participation")
    return rows[(rows["meeting"] == MEETING) & rows["counted"].str.startswith(MECHANISMS)]


def attendance_statements() -> tuple[str, ...]:
    """Ids of the statements on the partners that attended and answered."""
    rows = load("iscm_survey_responses").set_index("group_id").loc[list(PARTNERS)]
    return (*rows["responded_statement_id"].astype(str), *rows["attended_statement_id"].astype(str))


def seen(attended: int | None = None) -> pd.DataFrame:
    """The overlaps of both lists of mechanisms that leave room for the named absentees.

    Args:
        attended: as in `silent_but_present`.
    """
    answered = sum(replies()[group] for group in TYPES)
    lists = two_lists(stated(ATTENDED).count if attended is None else attended, answered)
    return lists[lists["answered_only"] >= len(load("iscm_survey_absentees"))]


def attendance_floors() -> dict[tuple[str, ...], int]:
    """Lower bounds on those asked if everybody who attended had been asked."""
    rows = load("iscm_survey_responses").set_index("group_id")["attended"]
    partners: dict[tuple[str, ...], int] = {(g,): int(rows[g]) for g in PARTNERS}
    return {TYPES: int(seen()["either"].min()), **partners}


def most_mechanisms() -> int:
    """Mechanisms asked at most, if everybody who attended had been asked."""
    feasible = allocations(replies(), asked(), attendance_floors())
    return int(feasible[list(TYPES)].sum(axis=1).max())


def by_type() -> pd.DataFrame:
    """Bounds on the response rate by type, `free` and under the assumption on who was asked.

    Returns:
        Index: type; the columns of `rate_bounds`, and `free_low`, `free_high`.
    """
    free = rate_bounds(replies(), allocations(replies(), asked(), {}))
    table = rate_bounds(replies(), allocations(replies(), asked(), attendance_floors()))
    table["free_low"], table["free_high"] = free["rate_low"], free["rate_high"]
    return table


def overlaps() -> pd.DataFrame:
    """What both lists imply under each assumption.

    Returns:
        Index: `ASSUMPTIONS`, from the weakest. Columns: `_low` and `_high` of `answered_only`,
        `both`, `attended_only` and `either` (mechanisms).
    """
    known = seen()
    cases = {
        SOME_ABSENT: known,
        ATTENDED_ASKED: known[known["either"] <= most_mechanisms()],
        ALL_ABSENT: known.iloc[:1],
    }
    rows = {}
    for assumption, case in cases.items():
        low, high = case.min().add_suffix("_low"), case.max().add_suffix("_high")
        rows[assumption] = pd.concat([low, high])
    return pd.DataFrame.from_dict(rows, orient="index")
