"""What the chapter on the agendas found, as sentences that hold computed numbers."""

from __future__ import annotations

from collections.abc import Callable

from analysis.agenda.history import (
    ASKED,
    DECIDED,
    LISTED,
    PROPOSED,
    RECOMMENDED,
    certain,
    counted,
    fates,
    standing,
    with_pattern,
)
from analysis.agenda.tables import in_words
from analysis.findings import Finding
from analysis.precision import Interval
from analysis.tables import load
from analysis.words import capital, either

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
    return [*_from_2003(), *_in_2005(), *_later()]


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
    method: str = READ_TWICE,
) -> Finding:  # fmt: skip
    return Finding(
        f"agenda-{name}", "agenda", title, sentence, value, unit, date, statements, method, by,
        "conditional",
    )  # fmt: skip


def _counts(range_: Interval) -> str:
    """A range of counts in words: "6 to 8", "1 or 2"."""
    return either(range(int(range_.lo), int(range_.hi) + 1))


def _from_2003() -> list[Finding]:
    missed, raised = _missed(), counted(lambda grid: int(grid[ASKED].sum()))
    gone, stayed = with_pattern("dropped-2005"), with_pattern("stayed")
    possible = fates()["possible"]
    perhaps = [theme for theme in possible.index if "dropped-2005" in possible[theme]]
    doubtful = [theme for theme in perhaps if len(possible[theme]) > 1]
    surely = in_words(certain("stayed"))
    return [
        _finding(
            "left-out", "Most of what was raised in 2003 missed the round tables",
            f"Of the themes raised in 2003, {_counts(raised)} as coded here, {_counts(missed)} "
            "were on none of the round tables of 2006.",
            missed, "themes", "2003/2006", (counted,), (IN_FAVOUR, ROUND_TABLES),
        ),
        _finding(
            "back", "Nearly all that was left out came back",
            f"Of the themes raised in 2003 and left out in 2005, {_counts(gone)} never came back "
            f"by 2017: {in_words(certain('dropped-2005'))}, and perhaps {in_words(doubtful)}.",
            gone, "themes", "2005/2017", (with_pattern, fates), STAGES,
        ),
        _finding(
            "stayed", f"{capital(surely)} stayed",
            f"{_counts(stayed)} of {len(possible)} themes were raised in 2003, put on a round "
            f"table of 2006 and named again by 2017: in every reading {surely}.",
            stayed, "themes", "2003/2017", (with_pattern, certain), STAGES,
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
            "assembly", "The General Assembly kept part of the proposal and added to it",
            f"Of {_counts(proposed)} themes proposed for 2006 the Assembly kept {_counts(kept)} "
            f"for its round tables; it left out {in_words(lost)}, and added {in_words(added)}.",
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
            f"on in 2005: in every reading {in_words(certain('entered-later'))}.",
            entered, "themes", "2016/2017", (with_pattern, certain), STAGES,
        ),
        _finding(
            "instruments", "Legal instruments are on no list after the proposal",
            "Legal instruments, raised in 2003 and proposed in 2005, are the subject of "
            f"{there or 'none'} of the {len(on_lists)} topics on the lists since: round tables, "
            "elements, headings of recommendations.",
            float(there), "topics", "2005/2017", (load,), AFTER_2003,
            method="count of topics",
        ),
    ]  # fmt: skip
