"""The tables of the timeline: arrangements and changes of words, from the files."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd

from analysis.timeline import tables

DATA = Path(__file__).resolve().parents[2] / "data"


def rows(path: str) -> list[dict[str, str]]:
    with (DATA / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_what_changed_in_words_stands_side_by_side() -> None:
    shown = tables.changes_in_words()
    own = [
        row
        for row in rows("stated/discrepancies.csv")
        if row["class"] == "proposal and decision" and row["numeric"] == "false"
        if (row["document_a"], row["document_b"]) == ("A/60/205", "A/RES/60/227")
    ]
    assert shown.to_dict("records") == [
        {
            "Matter": row["title"], "Proposed": f"{row['reading_a']} ({row['place_a']})",
            "Decided": f"{row['reading_b']} ({row['place_b']})",
        }
        for row in own
    ]  # fmt: skip
    assert own


def test_an_arrangement_has_a_cell_for_each_document_that_states_it() -> None:
    shown = tables.dialogue().set_index("Arrangement")
    documents = {"Proposed: A/60/205": "A/60/205", "Decided: A/RES/60/227": "A/RES/60/227"}
    documents |= {each: each for each in ("IMR2006-II", "HLD-SLIDES", "HLD-PAGE")}
    assert list(shown) == list(documents)
    stated = [row for row in rows("stated/statements.csv") if row["quantity"] in set(shown.index)]
    assert {row["quantity_id"][:4] for row in stated} == {"hld-"}
    for head, document in documents.items():
        told = {row["quantity"] for row in stated if row["document_id"] == document}
        assert set(shown.index[shown[head].notna()]) == told
    exact = [row for row in stated if row["qualifier"] == "exact"]
    heads = {document: head for head, document in documents.items()}
    for row in exact:
        if row["document_id"] in heads:
            cell = shown.at[row["quantity"], heads[row["document_id"]]]
            assert row["figure"].lower() in cell.split(", ")


def test_how_an_event_is_drawn_is_told_in_the_words_of_the_key() -> None:
    known = pd.DataFrame({"days": [1, 200, 201, 1], "planned": [False, True, True, True]})
    assert tables.kinds(known) == [
        "dated", "planned when reported", "known to a year or a period only",
        "planned when reported",
    ]  # fmt: skip
