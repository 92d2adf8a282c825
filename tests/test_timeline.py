"""Dates are intervals; proposals, bodies and reach come from the ledger."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.style import PAGE, PHONE, Sheet
from analysis.tables import load
from analysis.timeline import events, tables
from analysis.timeline.figures import Lane, lanes
from analysis.timeline.findings import findings


def test_days_between_a_decision_and_the_dialogue_by_hand() -> None:
    # 23 December 2003 to 14 September 2006: 8 days of 2003, 366 + 365 of 2004 and 2005,
    # 257 of 2006 (31 + 28 + 31 + 30 + 31 + 30 + 31 + 31 + 14).
    assert events.days_between("resolution-58-208", "hld-2006")[0] == 8 + 366 + 365 + 257


def test_months_leave_a_range_of_days() -> None:
    fewest, most = events.days_between("geneva-migration-group", "global-migration-group")
    # 30 April 2003 to 1 April 2006, and 1 April 2003 to 30 April 2006.
    assert (fewest, most) == (1067, 1125)


def test_every_event_is_sourced_and_lies_in_the_period() -> None:
    rows = events.events()
    assert len(rows) == len(load("events"))
    assert (rows["document_id"].notna() | rows["record_table"].notna()).all()
    assert rows["start"].min() >= pd.Timestamp("1990-01-01")
    assert rows["finish"].max() <= pd.Timestamp("2018-12-31")
    assert rows["lane"].notna().all()
    for row in rows[rows["record_table"].notna()].itertuples():
        table = load(row.record_table)
        assert row.record_key in set(table[table.columns[0]]), row.event_id


def test_a_date_is_written_as_precisely_as_its_source_has_it() -> None:
    rows, length = load("events"), {"year": 4, "month": 7, "day": 10}
    for end in ("date", "date_end"):
        given = rows.dropna(subset=[end])
        assert (given[end].str.len() == given["precision"].map(length)).all()


def test_disputed_events_name_a_discrepancy() -> None:
    """One that disagrees: not a comparison that turned out to be only apparent."""
    classes = load("discrepancies").set_index("discrepancy_id")["class"]
    disputed = events.events()["disputed"].dropna()
    assert len(disputed) > 0
    assert "none" not in set(classes[disputed])


def test_every_body_has_its_words_and_every_event_its_source() -> None:
    bodies = tables.machinery(events.machinery())
    assert bodies["Body, and what is counted"].notna().all()
    rows = events.events()
    shown = tables.events(rows).set_index(rows["event_id"])["Source"]
    assert shown.notna().all()
    assert shown["eu-enlargement"] == "A/59/325, para. 43"
    # Dated by the record alone: the document and place of another row must not slip in.
    assert shown["marrakech-conference"] == "record: dates/marrakech"
    assert shown.str.startswith("record: ").sum() == load("events")["document_id"].isna().sum()


def test_a_minimum_proposed_is_compatible_with_more_decided_and_a_number_is_not() -> None:
    changes = events.changed_from_proposal().set_index("quantity_id")["compatible"]
    assert changes["hld-2006-plenary-meetings"]  # at least two, then four
    assert not changes["hld-2006-round-tables"]  # five, then four


def test_the_dialogue_table_keeps_silence_apart_from_nought() -> None:
    table = events.dialogue_by_document().set_index("quantity_id")
    assert table.loc["hld-2006-round-tables", "A/60/205"] == "five"
    assert table.loc["hld-2006-round-tables", "HLD-PAGE"] == "four"
    assert pd.isna(table.loc["hld-2006-lead-discussants-per-round-table", "A/RES/60/227"])


def test_only_overlapping_periods_carry_the_warning() -> None:
    rows = events.reach()
    warned = set(rows.loc[rows["overlaps"], "quantity_id"])
    assert "imp-officials-trained" in warned  # since 2001, and 2002 to 2004
    assert "cis-conference-states" not in warned
    assert tables.reach(rows)["Warning"].ne("").sum() == rows["overlaps"].sum()
    assert not events._overlap(pd.Series(["2000/2001", "2002/2004"]))
    assert events._overlap(pd.Series(["2001/2003", "2002/2004"]))


def test_labels_in_a_lane_do_not_overlap() -> None:
    lane = Lane()
    placed = []
    for stretch in [(0, 10), (5, 15), (11, 20), (2, 3)]:
        row = lane.free(*stretch)
        lane.take(row, *stretch)
        placed.append(row)
    assert placed == [0, 1, 0, 1]


@pytest.mark.parametrize("sheet", [PAGE, PHONE])
def test_the_figure_shows_every_event(sheet: Sheet) -> None:
    rows = events.events().query("labelled")
    axes = lanes(rows, sheet=sheet).axes[0]
    labels = {text.get_text() for text in axes.texts}
    assert set(rows["title"]) <= labels
    points = [line for line in axes.lines if line.get_linewidth() > 0.8]
    assert len(points) == len(rows)


def test_findings_rest_on_the_tables() -> None:
    found = {finding.finding_id: finding for finding in findings()}
    assert found["timeline-decision-to-dialogue"].value == 996
    assert "five proposed, four decided" in found["timeline-proposal-altered"].sentence
