"""What the chapter on GRCP 7 found, as sentences that hold computed numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import pandas as pd

from analysis.findings import Claim, Finding
from analysis.mechanisms import elements, histories, meeting
from analysis.mechanisms.census import (
    allocations,
    possible_totals,
    two_lists,
)
from analysis.mechanisms.focus import (
    incidence,
    ranged,
    resolutions,
    theme_coverage,
)
from analysis.mechanisms.lists import (
    HIGHLIGHTS_ONLY,
    REPORT_ONLY,
    coverage,
    listed,
    readings,
    side_by_side,
)
from analysis.nonresponse import Lean, worst_case
from analysis.precision import Interval, hull
from analysis.statements import stated
from analysis.tables import load
from analysis.words import from_to

RETURN_AREA, RETURN_ELEMENT = "Return, reintegration, readmissions", "element-s"
TEN = "grcp7-joint-recommendations-grcp7"
ELEMENTS = "gcm-elements-grcp7-p-28"


def findings() -> list[Finding]:
    """All findings of the chapter, computed from the tables and statements."""
    return [
        *_survey_findings(), *_list_findings(), *_focus_findings(), _recommendations_finding(),
        _elements_finding(), *_history_findings(),
    ]  # fmt: skip


def answer() -> str:
    """The chapter's answer for the front page."""
    return (
        f"{stated(meeting.RESPONDENTS).count} of {meeting.asked()} answered; more mechanisms work "
        "on labour migration than on anything else."
    )


def _finding(
    name: str, title: str, sentence: str, value: float | Interval | None, unit: str, grade: str,
    method: str, by: tuple[Callable[..., object], ...], statements: Iterable[str] = (),
    date: str = "2017-10", front: Claim | None = None, records: tuple[str, ...] = (),
    rows: Mapping[str, pd.DataFrame] | None = None, detail: str = "",
) -> Finding:  # fmt: skip
    return Finding(
        f"mechanisms-{name}", "mechanisms", title, sentence, value, unit, date,
        tuple(statements), method, by, grade, records, rows or {}, detail=detail, front=front,
    )  # fmt: skip


def _survey_findings() -> list[Finding]:
    answered, total = stated(meeting.RESPONDENTS).count, meeting.asked()
    silent, kinds = total - answered, meeting.replies()
    mechanisms = sum(kinds[group] for group in meeting.TYPES)
    basis = (meeting.RESPONDENTS, meeting.SHARE)
    types = load("iscm_survey_responses").query("level == 'type'")
    parts = types["responded_statement_id"].astype(str)
    bounds = worst_case(Lean(answered, 0), total)
    elsewhere, stated_count = meeting.counts_elsewhere(), stated(meeting.ATTENDED).count
    others = int(elsewhere["value"].min())
    here, there = (meeting.silent_but_present(count) for count in (stated_count, others))
    return [
        _finding(
            "asked", "A count and its rounded share say how many were asked",
            f"The survey before GRCP 7 went to {total} entities: no other number makes "
            f"{answered} answers {stated(meeting.SHARE).figure}.",
            total, "organizations", "bounded", "granularity test", (possible_totals,), basis,
            "2017", detail=f"So {silent} stayed silent.",
        ),
        _finding(
            "kinds", "Most respondents are mechanisms where States consult on migration",
            f"Of the {answered} respondents {mechanisms} are consultation mechanisms; the others "
            "are their partners.",
            mechanisms, "mechanisms", "reproduced", "addition", (meeting.replies,),
            (*basis, *parts), "2017",
            detail=f"{kinds['rcps']} are regional, {kinds['irfs']} interregional and "
            f"{kinds['global-processes']} global; the parts add up to the stated total.",
            front=Claim(
                f"{stated(meeting.RESPONDENTS).linked} bodies answered a survey, "
                f"{stated(meeting.SHARE).linked} of those asked.",
                "it holds",
                f"{mechanisms} of the {answered} that answered are mechanisms where States consult "
                "on migration; the others are regional organizations.",
            ),
        ),
        _finding(
            "unanimity", "Even an answer that all gave need not hold for all asked",
            f"An answer that every respondent gave would hold for between {100 * bounds.lo:.0f} "
            f"and {100 * bounds.hi:.0f} per cent of those asked.",
            bounds * 100, "per cent", "bounded", "worst-case bounds", (worst_case,),
            basis, "2017",
            detail="This is the margin that silence leaves; no sampling error belongs beside it.",
        ),
        _finding(
            "silent-present", "Silence in the survey was not absence, if whoever came was asked",
            f"If whoever attended had been asked, at least {hull([here, there]).lo:.0f} of the "
            f"{silent} that did not answer were in the room.",
            hull([here, there]), "organizations", "conditional",
            "difference of both lists by kind", (meeting.silent_but_present,),
            (*basis, meeting.ATTENDED, *meeting.attendance_statements()),
            records=("meeting_participation",), rows={"meeting_participation": elsewhere},
            detail=f"With the {stated_count} mechanisms of the report at least {here.lo:.0f} were; "
            f"with the {others} of IOM's news item at least {there.lo:.0f}.",
        ),
    ]  # fmt: skip


def _list_findings() -> list[Finding]:
    known, best = meeting.seen(), meeting.most_mechanisms()
    mechanisms = sum(meeting.replies()[group] for group in meeting.TYPES)
    fewest, most = int(known["either"].min()), int(known["either"].max())
    lists = (meeting.ATTENDED, meeting.RESPONDENTS)
    return [
        _finding(
            "either-list", "More mechanisms were in touch with the meeting than either list shows",
            f"At least {fewest} mechanisms attended, answered or did both; at most "
            f"{known['both'].max()} did both.",
            Interval(fewest, most), "mechanisms", "bounded", "overlap bounds", (two_lists,),
            lists,
            detail="These are the numbers themselves if the absentees that the report names are "
            "all there were.",
        ),
        _finding(
            "rate", "Most mechanisms answered, if whoever attended had been asked",
            f"If whoever attended had been asked, {mechanisms} of {from_to(fewest, best)} "
            f"mechanisms answered: {from_to(100 * mechanisms / best, 100 * mechanisms / fewest)} "
            "per cent.",
            Interval(100 * mechanisms / best, 100 * mechanisms / fewest), "per cent",
            "conditional", "enumeration of allocations", (allocations,),
            (*lists, meeting.SHARE, *meeting.attendance_statements()),
        ),
    ]  # fmt: skip


def _focus_findings() -> list[Finding]:
    every, total = readings(), listed()
    areas = ranged(every, lambda r: incidence(r).sum()).sort_values("low", ascending=False)
    themes = coverage()
    gone, kept = themes[themes["areas"].isna()], themes.dropna(subset=["areas"])
    top, least = kept.loc[kept["low"].idxmax()], kept.loc[kept["low"].idxmin()]
    spans = ranged(every, lambda r: incidence(r).sum(axis=1))
    fixed = (kept["low"] == kept["high"]).all() and (spans["low"] == spans["high"]).all()
    stable = "do not change" if fixed else "change"
    certain = "whichever" if areas["low"].iloc[0] > areas["high"].iloc[1] else "but not in every"
    return [
        _finding(
            "coverage", "What survives of the appendix covers the themes unevenly",
            f"What survives of Appendix 2 lists {from_to(top['low'], top['high'])} of {total} "
            f"mechanisms under “{top['title']}” but {from_to(least['low'], least['high'])} under "
            f"“{least['title']}”.",
            None, "mechanisms", "not in our sources", "count by theme", (theme_coverage,),
            (ELEMENTS,),
            detail=f"{len(gone)} themes, with {gone['elements'].sum()} of "
            f"{themes['elements'].sum()} elements, have no row in the transcription; who works on "
            "them is not in our sources.",
        ),
        _finding(
            "stability", "Doubtful boundaries move counts by area, not by theme",
            f"In all {len(every)} readings of the run-together lists the mechanisms per theme and "
            f"the areas per mechanism {stable}; the mechanisms per area do.",
            float(len(every)), "readings", "reproduced",
            "enumeration", (resolutions, ranged),
        ),
        _finding(
            "labour", "More mechanisms work on labour migration than on any other area",
            f"“{areas.index[0]}” is the area with most mechanisms, "
            f"{from_to(areas['low'].iloc[0], areas['high'].iloc[0])} of {total} listed, "
            f"{certain} way the doubtful lists are cut.",
            Interval(float(areas["low"].iloc[0]), float(areas["high"].iloc[0])), "mechanisms",
            "bounded", "enumeration", (ranged,),
            detail=f"“{areas.index[1]}” follows with "
            f"{from_to(areas['low'].iloc[1], areas['high'].iloc[1])}.",
        ),
        _return_finding(areas),
    ]  # fmt: skip


def _return_finding(areas: pd.DataFrame) -> Finding:
    themes = load("compact_themes").set_index("theme_id")["title"]
    focus = load("iscm_focus_areas").drop_duplicates("area").set_index("area")
    element = load("compact_elements").set_index("element_id").loc[RETURN_ELEMENT]
    here, there = focus.at[RETURN_AREA, "theme_id"], element["theme_id"]
    if here == there:
        raise ValueError(f"iscm_focus_areas: {RETURN_AREA!r} no longer differs from Appendix 1")
    low, high = areas.loc[RETURN_AREA, ["low", "high"]]
    return _finding(
        "return", "Return stands under different themes in the same document",
        f"Appendix 2 puts the area of return, with {from_to(low, high)} mechanisms, under "
        f"“{themes[here]}”; Appendix 1 puts its element elsewhere.",
        Interval(float(low), float(high)), "mechanisms", "bounded",
        "comparison of iscm_focus_areas with compact_elements", (), (ELEMENTS,),
        detail=f"There it stands under “{themes[there]}”, a theme that has no surviving row.",
    )  # fmt: skip


def _recommendations_finding() -> Finding:
    rows = load("recommendations")
    table, ten = side_by_side(rows), stated(TEN).count
    items = int(rows["source_list"].str.startswith("Highlights").sum())
    matched = table.dropna(subset=["highlights"])["report"].nunique()
    alone = [int((table["relation"] == side).sum()) for side in (REPORT_ONLY, HIGHLIGHTS_ONLY)]
    if alone != [1, 1]:
        raise ValueError(f"recommendations: {alone} without counterpart, not one on each side")
    return _finding(
        "highlights", "The recommendations and the Highlights are not one list",
        f"Matched by subject, {matched} of the {ten} recommendations of the meeting of 2017 have "
        f"a counterpart among the {items} items counted in its Highlights.",
        float(items), "items", "conditional", "matching both lists", (side_by_side,), (TEN,),
        detail="Each list has an item that the other lacks.",
    )  # fmt: skip


def _elements_finding() -> Finding:
    taken, total = elements.how_many(), stated(ELEMENTS).count
    items, titles = load("agenda_items"), load("agenda_themes").set_index("theme")["title"]
    states = elements.taken_up()["state"]
    none = items[items["part"].isin(states.index[states == elements.BY_NONE])]
    missing = titles[none.loc[none["agenda"] == elements.ELEMENTS, "theme"].unique()].str.lower()
    return _finding(
        "elements", "The recommendations leave out remittances, diasporas, borders and obligations",
        f"By theme, the recommendations take up {from_to(taken.lo, taken.hi)} of the {total} "
        "elements of the compact.",
        taken, "elements", "conditional", "match by theme", (elements.how_many,),
        (TEN, ELEMENTS),
        detail=f"The topic of none is {', '.join(missing[:-1])} or {missing.iloc[-1]}.",
    )  # fmt: skip


def _history_findings() -> list[Finding]:
    rows, older = histories.described(), histories.older()
    ended, unknown = (int((rows["fate"] == f).sum()) for f in ("concluded", "not established"))
    listed_2017 = len(load("consultation_mechanisms"))
    records = ("mechanism_histories", "consultation_mechanisms")
    return [
        _finding(
            "lasted", "Most processes described in 2004 are not on the list of 2017",
            f"Of {len(rows)} processes that the report of 2004 describes, {histories.lasted()} are "
            "on the list of 2017.",
            float(histories.lasted()), "processes", "recorded", "comparison of lists",
            (histories.lasted,), date="2004/2017", records=records,
            rows={"mechanism_histories": rows},
            detail=f"{ended} were concluded; the end of {unknown} is not in our sources.",
        ),
        _finding(
            "older", "Many mechanisms of 2017 existed when the report of 2004 was written",
            f"{from_to(older.lo, older.hi)} of the {listed_2017} mechanisms of 2017 existed in "
            "2004.",
            older, "mechanisms", "recorded", "years of establishment", (histories.older,),
            date="2004/2017", records=records,
            detail=f"The report of 2004 has paragraphs on {histories.lasted()} of them.",
        ),
    ]  # fmt: skip
