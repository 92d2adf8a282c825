"""Consultation mechanisms: the table of focus areas, who replied, and what became of processes."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd

from analysis.tables import load
from tools.checks.declared import slug, words
from tools.verify.problems import problem

FOCUS, CUTS, RESPONSES, HISTORIES, MECHANISMS = (
    "iscm_focus_areas", "iscm_focus_boundaries", "iscm_survey_responses", "mechanism_histories",
    "consultation_mechanisms",
)  # fmt: skip
# How ids of statements write the kinds of respondents that they abbreviate.
SHORT = {"un-regional-commissions": "un-rcs", "regional-economic-organizations": "reos"}
# Statements that count who answered the survey, came, or sent whom.
COUNTED = r"grcp7-(survey-(respondents|global|rcps|irfs|un-rcs|reos)|\w.*-represented|delegates)"
IN_SPANISH = {"FIBEMYD"}  # Its initials are those of its name in Spanish.
SINGLE = r"^Regional|Consultative Process|\bRCP\b"  # names of processes of one region


def _area_by_cuts(page: pd.DataFrame, cuts: pd.DataFrame) -> list[str]:
    """The area of each position of one page, under one place for each of its boundaries."""
    ordered = cuts.sort_values("cut_after_position")
    ends = list(zip(ordered["cut_after_position"], ordered["area_before"], strict=True))
    final = ordered["area_after"].iloc[-1]
    return [
        next((str(area) for end, area in ends if position <= end), str(final))
        for position in page["position"]
    ]


def boundaries_give_the_areas() -> Iterator[str]:
    """The adopted boundaries of a page cut it into its areas; others move the doubtful rows."""
    focus, cuts = load(FOCUS), load(CUTS)
    moved: dict[str, str] = {}
    for page, rows in focus.groupby("page"):
        own = cuts[cuts["page"] == page]
        for row, area in zip(
            rows.itertuples(), _area_by_cuts(rows, own[own["adopted"]]), strict=True
        ):
            if row.area != area:
                yield problem(FOCUS, row.Index, "area", row.area, f"{area}, by {CUTS}")
        for cut in own[~own["adopted"]].itertuples():
            others = own[own["adopted"] & (own["boundary_id"] != cut.boundary_id)]
            chosen = pd.concat([others, own[own["cut_id"] == cut.cut_id]])
            for row, area in zip(rows.itertuples(), _area_by_cuts(rows, chosen), strict=True):
                if row.area != area:
                    moved[str(row.focus_id)] = area
    for row in focus.itertuples():
        other = moved.get(str(row.focus_id))
        if (row.boundary == "doubtful") != (other is not None):
            told = "doubtful where another place of a boundary moves it, else clear"
            yield problem(FOCUS, row.Index, "boundary", row.boundary, told)
        if (other or "nothing") != words(row.area_alternative):
            told = f"{other or 'nothing'}, by the places of the boundaries"
            yield problem(FOCUS, row.Index, "area_alternative", row.area_alternative, told)


def boundaries_join_their_neighbours() -> Iterator[str]:
    """A cut names the rows on its two sides; a boundary has one adopted place."""
    focus, cuts = load(FOCUS), load(CUTS)
    at = focus.set_index(["page", "position"])["mechanism"]
    for row in cuts.itertuples():
        for field, offset in (("last_before", 0), ("first_after", 1)):
            there = at.get((row.page, row.cut_after_position + offset))
            if there != getattr(row, field):
                position = row.cut_after_position + offset
                told = f"{words(there)}, at position {position} of page {row.page}"
                yield problem(CUTS, row.Index, field, getattr(row, field), told)
        expected = slug(f"{row.area_before} to {row.area_after}")
        if row.boundary_id != expected:
            yield problem(CUTS, row.Index, "boundary_id", row.boundary_id, expected)
    for boundary, own in cuts.groupby("boundary_id"):
        first = int(own.index[0])
        if own["adopted"].sum() != 1:
            told = f"one place adopted for {boundary}"
            yield problem(CUTS, first, "adopted", int(own["adopted"].sum()), told)
        for index, given in own["boundary"].items():
            if (given == "doubtful") != (len(own) > 1):
                told = "clear, or several places of the boundary"
                if len(own) > 1:
                    told = "doubtful, for a boundary that has several places"
                yield problem(CUTS, int(index), "boundary", given, told)


def names_of_mechanisms() -> Iterator[str]:
    """A mechanism is written as its name, or its name is known under what is written."""
    full = load("consultation_mechanisms").set_index("mechanism")["full_name"].to_dict()
    for name in (FOCUS, "iscm_compact_steps"):
        rows = load(name)
        for row in rows.itertuples():
            note = words(getattr(row, "resolution_note", None))
            written, mechanism = str(row.mechanism_as_written), str(row.mechanism)
            if not _like(written, mechanism, full.get(mechanism, "")) and note == "nothing":
                told = f"a name like {written}"
                yield problem(name, row.Index, "mechanism", mechanism, told)
    rows = load(FOCUS)
    for row in rows[rows.duplicated(["area", "mechanism"])].itertuples():
        yield problem(FOCUS, row.Index, "mechanism", row.mechanism, "each once in an area")
    for index, place in load(FOCUS)["place"].items():
        if place != f"p. {load(FOCUS)['page'][index]}":
            told = f"p. {load(FOCUS)['page'][index]}, its page"
            yield problem(FOCUS, int(index), "place", place, told)


def initials_of_mechanisms() -> Iterator[str]:
    """A name in capitals has letters of the full name, in their order."""
    for row in load(MECHANISMS).itertuples():
        short = str(row.mechanism)
        if not re.fullmatch("[A-Z]{3,}", short) or short in IN_SPANISH:
            continue
        if not re.search(".*".join(short), str(row.full_name), re.I):
            told = f"letters of {row.full_name}, in their order"
            yield problem(MECHANISMS, row.Index, "mechanism", short, told)


def _like(written: str, mechanism: str, full: str = "") -> bool:
    """Whether one begins as the other does, or is its initials."""
    one, other = slug(written).replace("-", ""), slug(mechanism).replace("-", "")
    initials = "".join(word[0] for word in slug(full).split("-") if word)
    return one[:4] in other or other[:4] in one or one[:2] in initials


def responses_add_up() -> Iterator[str]:
    """Kinds of respondents make the subtotal and the total; those who came are counted alike."""
    at = load(RESPONSES)
    kinds = at[at["level"] == "type"]["responded"].sum()
    cited = set(at.filter(like="statement_id").stack())
    for name in load("statements")["statement_id"]:
        if re.match(COUNTED, name) and name not in cited:
            told = f"a row that cites {name}, as the ledger has it"
            yield problem(RESPONSES, len(at) - 1, "group_id", at["group_id"].iloc[-1], told)
    for row in at.itertuples():
        if row.level == "total" and words(row.responded) != words(kinds):
            yield problem(
                RESPONSES, row.Index, "responded", row.responded, f"{kinds}, of all kinds"
            )
        for field in ("responded", "attended", "delegates"):
            value, statement = getattr(row, field), getattr(row, f"{field}_statement_id")
            if pd.isna(value) != pd.isna(statement):
                told = "a number with the statement that states it, or neither"
                yield problem(RESPONSES, row.Index, field, value, told)
            own = SHORT.get(row.group_id, row.group_id)
            others = {SHORT.get(group, group) for group in at["group_id"]} - {own}
            if any(f"-{other}-" in f"{words(statement)}-" for other in others):
                told = f"a statement on {row.respondent_group}"
                yield problem(RESPONSES, row.Index, f"{field}_statement_id", statement, told)
    for index, level in at["level"].items():
        expected = ("total" if index == len(at) - 1 else
                    "subtotal" if index == len(at) - 2 else "type")  # fmt: skip
        if level != expected:
            told = f"{expected}: kinds come first, then the subtotal and the total"
            yield problem(RESPONSES, int(index), "level", level, told)


def kinds_of_mechanisms() -> Iterator[str]:
    """A mechanism of two regions is interregional, one of all is global; those that answered are.

    The survey says how many of each kind answered: no fewer mechanisms can be of the kind.
    """
    rows, answers = load(MECHANISMS), load(RESPONSES).set_index("group_id")["responded"]
    for row in rows.itertuples():
        kind, region = words(row.type), words(row.region)
        if (kind == "nothing") != (region == "nothing"):
            yield problem(MECHANISMS, row.Index, "type", kind, "a type, where the region is known")
        elif (kind == "Global process") != (region == "global"):
            yield problem(MECHANISMS, row.Index, "type", kind, f"that of the region: {region}")
        elif " - " in region and "IRF" not in kind:
            yield problem(MECHANISMS, row.Index, "type", kind, f"IRF, between regions: {region}")
        elif kind == "IRF" and re.search(SINGLE, str(row.full_name)):
            yield problem(MECHANISMS, row.Index, "type", kind, f"RCP, by its name: {row.full_name}")
        elif (kind == "RCP or IRF") != pd.notna(row.type_note) and kind != "nothing":
            yield problem(MECHANISMS, row.Index, "type", kind, "two kinds, where a note tells why")
    for group, kind in (("global-processes", "Global process"), ("rcps", "RCP"), ("irfs", "IRF")):
        possible = rows["type"].isna() | rows["type"].str.contains(kind).fillna(False)
        if possible.sum() < answers.get(group, 0):
            at = load(RESPONSES)["group_id"].tolist().index(group)
            told = f"at most {possible.sum()}, the mechanisms of the kind {kind} or of none known"
            yield problem(RESPONSES, at, "responded", answers[group], told)


def absentees_answered() -> Iterator[str]:
    """Those that answered and stayed away are mechanisms, each once, of a kind that answered."""
    rows, known = load("iscm_survey_absentees"), load(MECHANISMS)["mechanism"].tolist()
    for row in rows.itertuples():
        if row.mechanism not in known or rows["mechanism"].tolist().count(row.mechanism) > 1:
            yield problem("iscm_survey_absentees", row.Index, "mechanism", row.mechanism,
                          f"a mechanism of {MECHANISMS}, once")  # fmt: skip


def histories_of_processes() -> Iterator[str]:
    """A process has a document's words or a public page, and begins before it ends."""
    rows = load(HISTORIES)
    mechanisms = set(load("consultation_mechanisms")["mechanism"])
    events = load("events")
    for row in rows.itertuples():
        if pd.isna(row.document_id) != pd.isna(row.phrase) or (
            pd.isna(row.document_id) != pd.isna(row.place)
        ):
            told = "document, place and phrase together, or none"
            yield problem(HISTORIES, row.Index, "document_id", row.document_id, told)
        if pd.isna(row.document_id) and pd.isna(row.url):
            yield problem(HISTORIES, row.Index, "url", None, "a page, where no document is cited")
        if pd.notna(row.ended) and (row.fate != "concluded" or row.ended < row.established):
            told = "a year after it began, of a process that was concluded"
            yield problem(HISTORIES, row.Index, "ended", row.ended, told)
        # The timeline has when some of them first met or began, read from the documents apart.
        own = events["event_id"].str.fullmatch(rf"{row.process_id}(-.*)?")
        begun = events.loc[own, "date"]
        if len(begun) and not begun.str.startswith(words(row.established)).any():
            told = f"{' or '.join(begun)}, of the timeline"
            yield problem(HISTORIES, row.Index, "established", row.established, told)
        stem = f"{str(row.process_id).split('-')[0]}-"
        here = events["event_id"].str.startswith(stem) & (events["document_id"] == row.document_id)
        for index, place in events.loc[here.fillna(False), "place"].items():
            if place != row.place:
                told = f"{row.place}, which is about the {row.name}"
                yield problem("events", int(index), "place", place, told)
        if pd.isna(row.established):
            yield problem(HISTORIES, row.Index, "established", None, "the year that its source has")
        if row.name in mechanisms and words(row.mechanism) != row.name:
            told = f"{row.name}, a mechanism of {MECHANISMS}"
            yield problem(HISTORIES, row.Index, "mechanism", row.mechanism, told)
        unknown = "no record of its end" in row.source
        if unknown != (row.fate == "not established"):
            told = "not established where no record of its end was found, and only there"
            yield problem(HISTORIES, row.Index, "fate", row.fate, told)
        if row.fate == "concluded" and pd.notna(row.mechanism):
            told = f"continues, for the mechanism {row.mechanism} of 2017"
            yield problem(HISTORIES, row.Index, "fate", row.fate, told)
        known = row.name in mechanisms or pd.notna(row.mechanism)
        if row.fate == "continues" and not known:
            told = "the mechanism that it is in 2017, for a process that continues"
            yield problem(HISTORIES, row.Index, "mechanism", row.mechanism, told)
        if pd.notna(row.mechanism) and not _like(str(row.name), str(row.mechanism)):
            yield problem(
                HISTORIES, row.Index, "mechanism", row.mechanism, f"a name like {row.name}"
            )


CHECKS = (
    boundaries_give_the_areas, boundaries_join_their_neighbours, names_of_mechanisms,
    initials_of_mechanisms, responses_add_up, kinds_of_mechanisms, absentees_answered,
    histories_of_processes,
)  # fmt: skip
