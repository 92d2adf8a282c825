"""What the chapter on the agendas found, as sentences that hold computed numbers."""

from __future__ import annotations

from collections.abc import Callable

from analysis.agenda import coding
from analysis.agenda.history import (
    ASKED,
    DECIDED,
    LISTED,
    PROPOSED,
    RECOMMENDED,
    certain,
    counted,
    every_reading,
    standing,
    with_pattern,
)
from analysis.agenda.tables import in_words
from analysis.findings import Finding
from analysis.precision import Interval
from analysis.tables import load
from analysis.words import either

INSTRUMENTS = "instruments"
ROUND_TABLES = "hld-2006-round-tables-res-60-227-op-para-10"
TOPICS = "hld-2006-round-tables-a-60-205-para-18"
ELEMENTS, TEN = "gcm-elements-grcp7-p-28", "grcp7-joint-recommendations-grcp7"
IN_FAVOUR = "conference-survey-in-favour-a-58-98-para-43"
AFTER_2003 = (ROUND_TABLES, ELEMENTS, TEN)
STAGES, ALL = (IN_FAVOUR, *AFTER_2003), (IN_FAVOUR, TOPICS, *AFTER_2003)
READ_TWICE = "count over every reading of the doubtful topics"


def findings() -> list[Finding]:
    """All findings of the chapter; each holds as the protocol codes the topics."""
    return [*_from_2003(), *_in_2005(), *_later(), _agreement()]


def answer() -> str:
    """The chapter's answer for the front page."""
    missed, gone = _missed(), with_pattern("dropped-2005")
    return (
        f"{_counts(missed)} themes raised in 2003 were on no round table; by 2017 "
        f"all returned but {_counts(gone)}."
    )


def _missed() -> Interval:
    """Themes raised in 2003 and on no round table."""
    return counted(lambda grid: int((grid[ASKED] & ~grid[DECIDED]).sum()))


def _finding(
    name: str, title: str, sentence: str, value: float | Interval, unit: str, date: str,
    by: tuple[Callable[..., object], ...], statements: tuple[str, ...] = ALL,
    grade: str = "conditional", method: str = READ_TWICE,
) -> Finding:  # fmt: skip
    return Finding(
        f"agenda-{name}", "agenda", title, sentence, value, unit, date, statements, method, by,
        grade,
    )  # fmt: skip


def _counts(range_: Interval) -> str:
    """A range of counts in words: "6 to 8", "1 or 2"."""
    return either(range(int(range_.lo), int(range_.hi) + 1))


def _from_2003() -> list[Finding]:
    missed = _missed()
    gone, stayed = with_pattern("dropped-2005"), with_pattern("stayed")
    throughout = counted(lambda grid: int(grid.all(axis=1).sum()))
    themes, agendas = every_reading()[0].shape
    perhaps = [t for t in every_reading()[0].index if any(g.loc[t].all() for g in every_reading())]
    return [
        _finding(
            "left-out", "Most of what was raised in 2003 missed the round tables",
            f"{_counts(missed)} of the themes raised in 2003 were on none of the round tables "
            "of 2006, as coded here.",
            missed, "themes", "2003/2006", (counted,), (IN_FAVOUR, ROUND_TABLES),
        ),
        _finding(
            "back", "Nearly all that was left out came back",
            f"Of the themes raised in 2003 and left out in 2005, {_counts(gone)} never came "
            "back by 2017.",
            gone, "themes", "2005/2017", (with_pattern,), STAGES,
        ),
        _finding(
            "stayed", "What was asked for, decided on and named again",
            f"{_counts(stayed)} of {themes} themes were raised in 2003, put on a round table "
            f"of 2006 and named again by 2017: for certain {in_words(certain('stayed'))}.",
            stayed, "themes", "2003/2017", (with_pattern, certain), STAGES,
        ),
        _finding(
            "throughout", "No theme is certainly on every agenda",
            f"At most {throughout.hi:.0f} themes stand on all {agendas} agendas: "
            f"{in_words(perhaps)}, each only by a topic in doubt.",
            throughout, "themes", "2003/2017", (counted,),
        ),
    ]  # fmt: skip


def _in_2005() -> list[Finding]:
    kept = counted(lambda grid: int((grid[PROPOSED] & grid[DECIDED]).sum()))
    proposed = counted(lambda grid: int(grid[PROPOSED].sum()))
    before, after = standing(PROPOSED), standing(DECIDED)
    lost = before.index[before["always"] & ~after["ever"]]
    added = before.index[~before["ever"] & after["always"]]
    return [
        _finding(
            "assembly", "What the General Assembly made of the proposal",
            f"Of {_counts(proposed)} themes proposed for 2006 the Assembly kept "
            f"{_counts(kept)}; it left out {in_words(lost)}, and added {in_words(added)}.",
            kept, "themes", "2005", (counted, standing), (TOPICS, ROUND_TABLES),
        ),
    ]  # fmt: skip


def _later() -> list[Finding]:
    entered = with_pattern("entered-later")
    items = load("agenda_items")
    lists = items["agenda"].isin([DECIDED, LISTED, RECOMMENDED]) & (items["level"] == "heading")
    on_lists = items[lists]
    there = on_lists[["theme", "second_theme"]].eq(INSTRUMENTS).any(axis=1).sum()
    return [
        _finding(
            "entered", "Return, border control and regular pathways entered after 2005",
            f"{_counts(entered)} themes named by 2017 were neither raised in 2003 nor decided "
            f"on in 2005: for certain {in_words(certain('entered-later'))}.",
            entered, "themes", "2016/2017", (with_pattern, certain), STAGES,
        ),
        _finding(
            "instruments", "Legal instruments left the lists",
            f"Legal instruments, raised in 2003 and proposed in 2005, are the subject of {there} "
            f"of the {len(on_lists)} topics on the lists since: round tables, elements, headings "
            "of recommendations.",
            float(there), "topics", "2005/2017", (load,), AFTER_2003,
            method="count of topics",
        ),
    ]  # fmt: skip


def _agreement() -> Finding:
    a, b = coding.readings()
    both, theme = coding.found_by_both(a, b), coding.kappas(a, b)[0]
    return _finding(
        "agreement", "How far the readers agree on the themes",
        f"Both readers gave the same theme to {theme.agreed.count} of {theme.agreed.total} topics "
        f"(Cohen's kappa {theme.kappa:.2f}); {both.total - both.count} topics were found by one "
        "of them alone.",
        float(theme.kappa or 0.0), "Cohen's kappa", "2003/2017", (coding.kappas,),
        grade="reproduced", method="agreement of both readings",
    )  # fmt: skip
