"""The agendas: both codings against each other, and every count against one made by hand."""

from __future__ import annotations

import csv
import itertools
from collections import Counter
from collections.abc import Iterable

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.agenda import coding, figures, history, tables
from analysis.agenda.findings import findings
from analysis.precision import Interval
from analysis.style import PAGE
from analysis.tables import PACKAGE, load

DATA = PACKAGE.parent
DOCUMENTS = {
    "asked-2003": "A/58/98", "proposed-2005": "A/60/205", "decided-2005": "A/RES/60/227",
    "listed-2016": "GRCP7", "recommended-2017": "GRCP7",
}  # fmt: skip
CODES = ("theme", "second_theme", "boundary")
Row = dict[str, str]


def rows(path: str) -> list[Row]:
    with (DATA / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def codes(row: Row, side: str = "") -> tuple[str, ...]:
    return tuple(row[code + side] for code in CODES)


ITEMS = rows("stated/agenda_items.csv")
SIDES = {side: {row["item_id"]: row for row in rows(f"readings/agenda_reading_{side}.csv")}
         for side in "ab"}  # fmt: skip
DIFFERENCES = {row["item_id"]: row for row in rows("readings/agenda_differences.csv")}


# --- The tables -----------------------------------------------------------------------------------


def test_an_item_s_id_is_its_agenda_part_and_number() -> None:
    for row in ITEMS:
        assert row["item_id"] == f"{row['agenda']}-{row['part']}-{row['number']}"
        assert row["document_id"] == DOCUMENTS[row["agenda"]]
    for _, part in itertools.groupby(ITEMS, key=lambda row: (row["agenda"], row["part"])):
        numbers = [int(row["number"]) for row in part]
        assert numbers == list(range(1, len(numbers) + 1))


def test_a_doubtful_item_has_two_themes_and_a_clear_one_has_one() -> None:
    for row in (*ITEMS, *SIDES["a"].values(), *SIDES["b"].values()):
        assert (row["boundary"] == "doubtful") == bool(row["second_theme"]), row["item_id"]
        assert row["theme"] != row["second_theme"], row["item_id"]


def test_every_item_was_read_at_its_place_by_its_words() -> None:
    for row in ITEMS:
        for side in SIDES.values():
            if read := side.get(row["item_id"]):
                assert (read["place"], read["phrase"]) == (row["place"], row["phrase"])


def test_the_elements_and_recommendations_are_those_of_their_tables() -> None:
    letters = {row["part"] for row in ITEMS if row["agenda"] == "listed-2016"}
    assert letters == {row["letter"] for row in rows("stated/compact_elements.csv")}
    parts = {row["part"] for row in ITEMS if row["agenda"] == "recommended-2017"}
    report = [row for row in rows("stated/recommendations.csv") if row["source_list"][0] == "r"]
    groups = {"inclusion": "priority", "follow-up": "follow-up"}
    assert parts == {f"{groups[r['recommendation_group']]}-{r['number']}" for r in report}


def test_the_differences_are_exactly_those_of_the_readings() -> None:
    a, b = (SIDES[side] for side in "ab")
    nothing = ("", "", "")
    found = {
        item: (codes(a[item]) if item in a else nothing, codes(b[item]) if item in b else nothing)
        for item in {*a, *b}
    }
    assert {item for item, (one, other) in found.items() if one != other} == set(DIFFERENCES)
    for item, row in DIFFERENCES.items():
        assert found[item] == (codes(row, "_a"), codes(row, "_b"))


def test_each_coding_is_that_of_both_readings_or_of_the_one_that_was_kept() -> None:
    for row in ITEMS:
        item = row["item_id"]
        kept = DIFFERENCES[item]["kept"].lower() if item in DIFFERENCES else "a"
        assert codes(row) == codes(SIDES[kept][item]), item
    assert {row["item_id"] for row in ITEMS} == {*SIDES["a"], *SIDES["b"]}


def test_what_is_left_undecided_is_in_doubt() -> None:
    for row in ITEMS:
        reason = DIFFERENCES.get(row["item_id"], {}).get("reason", "")
        if reason.startswith("Undecided"):
            assert row["boundary"] == "doubtful"


# --- Agreement ------------------------------------------------------------------------------------


def _chance(both: Iterable[str], field: str) -> float:
    sides = [Counter(SIDES[side][item][field] for item in both) for side in "ab"]
    return sum(sides[0][c] * sides[1][c] for c in sides[0]) / sides[0].total() ** 2


def test_kappa_against_the_files() -> None:
    both = sorted({*SIDES["a"]} & {*SIDES["b"]})
    theme, boundary = coding.kappas(*coding.readings())
    for result in (theme, boundary):
        pairs = [(SIDES["a"][i][result.field], SIDES["b"][i][result.field]) for i in both]
        agreed = sum(one == other for one, other in pairs) / len(both)
        chance = _chance(both, result.field)
        assert result.kappa == pytest.approx((agreed - chance) / (1 - chance))
    assert (theme.agreed.count, theme.agreed.total) == (122, 123)
    found = coding.found_by_both(*coding.readings())
    assert (found.count, found.total) == (123, 140)


def test_differences_by_hand() -> None:
    a = pd.DataFrame({"item_id": ["x", "y"], "theme": ["p", "p"], "second_theme": [None, "q"],
                      "boundary": ["clear", "doubtful"]})  # fmt: skip
    b = pd.DataFrame({"item_id": ["x", "y", "z"], "theme": ["p", "q", "r"],
                      "second_theme": [None, "p", None],
                      "boundary": ["clear", "doubtful", "clear"]})  # fmt: skip
    table = coding.differences(a, b).set_index("item_id")
    assert list(table.index) == ["y", "z"]
    assert table.loc["z", ["theme_a", "theme_b"]].tolist() == ["", "r"]


# --- Presence and history -------------------------------------------------------------------------


def _item(agenda: str, theme: str, second: str | None = None) -> dict[str, str | None]:
    doubt = "doubtful" if second else "clear"
    return {"agenda": agenda, "theme": theme, "second_theme": second, "boundary": doubt}


def test_presence_by_hand() -> None:
    items = pd.DataFrame([
        _item("asked-2003", "p"), _item("decided-2005", "p", "q"), _item("listed-2016", "q"),
        _item("asked-2003", "p", "p2"), _item("asked-2003", "p2"),  # settled by other items
    ])  # fmt: skip
    grids = history.presence(items, ["p", "q", "p2"])
    assert len(grids) == 2
    assert [grid.loc["p"].tolist() for grid in grids] == [
        [True, False, True, False, False], [True, False, False, False, False],
    ]  # fmt: skip
    assert history.histories(grids[0]).tolist() == ["dropped-later", "entered-later",
                                                    "dropped-2005"]  # fmt: skip
    assert history.histories(grids[1]).tolist() == ["dropped-2005", "entered-2005", "dropped-2005"]


def test_a_recommendation_is_as_good_as_an_element() -> None:
    for late in ("listed-2016", "recommended-2017"):
        (grid,) = history.presence(pd.DataFrame([_item(late, "p")]), ["p"])
        assert history.histories(grid).tolist() == ["entered-later"]


def test_no_items_is_a_grid_of_nothing() -> None:
    nothing = pd.DataFrame([_item("asked-2003", "p")]).iloc[:0]
    (grid,) = history.presence(nothing, ["p"])
    assert history.histories(grid).tolist() == ["never"]


def _named(agenda: str, chosen: dict[str, str]) -> set[str]:
    return {chosen[row["item_id"]] for row in ITEMS if row["agenda"] == agenda}


def _counts(chosen: dict[str, str]) -> dict[str, int]:
    """The counts of the findings under one placing of the doubtful items, from the files."""
    on = {agenda: _named(agenda, chosen) for agenda in DOCUMENTS}
    asked, decided = on["asked-2003"], on["decided-2005"]
    later = on["listed-2016"] | on["recommended-2017"]
    return {
        "left-out": len(asked - decided), "back": len(asked - decided - later),
        "stayed": len(asked & decided & later), "entered": len(later - asked - decided),
        "assembly": len(on["proposed-2005"] & decided),
    }  # fmt: skip


FOUND = {finding.finding_id: finding for finding in findings()}
DOUBTFUL = [row for row in ITEMS if row["boundary"] == "doubtful"]


@given(st.lists(st.booleans(), min_size=len(DOUBTFUL), max_size=len(DOUBTFUL)))
def test_every_placing_of_the_doubtful_topics_is_within_the_findings(second: list[bool]) -> None:
    chosen = {row["item_id"]: row["theme"] for row in ITEMS}
    for row, other in zip(DOUBTFUL, second, strict=True):
        chosen[row["item_id"]] = row["second_theme" if other else "theme"]
    for name, count in _counts(chosen).items():
        interval = FOUND[f"agenda-{name}"].value
        assert isinstance(interval, Interval)
        assert count in interval, name


def test_the_ranges_by_hand() -> None:
    """Sixteen themes are raised for certain, and five of them decided on for certain.

    Eleven are then left out; ten if the topic on partnerships is on cooperation, twelve if myths
    are of the image of migrants. For certain stay development, remittances and human rights;
    capacity and dialogue if running text counts, partnerships or cooperation by their topic.
    """
    expected = {"left-out": (10, 12), "back": (1, 2), "stayed": (3, 6), "entered": (6, 8),
                "assembly": (3, 4)}  # fmt: skip
    for name, (low, high) in expected.items():
        assert FOUND[f"agenda-{name}"].value == Interval(low, high), name


def test_legal_instruments_are_on_no_list_after_the_proposal() -> None:
    lists = [row for row in ITEMS if row["agenda"] not in ("asked-2003", "proposed-2005")]
    headed = [row for row in lists if row["level"] == "heading"]
    assert "instruments" not in {row[field] for row in headed for field in CODES}
    assert "instruments" in {row["theme"] for row in lists}  # in running text, p. 12
    finding = FOUND["agenda-instruments"]
    assert finding.value == 0
    assert f"none of the {len(headed)} topics" in finding.sentence


# --- What readers see -----------------------------------------------------------------------------


def test_every_id_has_its_words() -> None:
    assert set(tables.FATES) == set(tables.GLOSSES) == set(history.PATTERNS.values())
    assert set(tables.HEADS) == set(history.AGENDAS) == set(DOCUMENTS)
    assert tables.cells()["Theme"].notna().all()
    assert tables.in_words(["return"]) == "return"
    assert tables.in_words(["skills", "return", "data"]) == "skills, return and data"


def test_places_by_hand() -> None:
    table = tables.places().set_index("Theme")
    assert table.loc["Remittances"].tolist()[:4] == ["49", "topic c", "round table 3", "(h)"]
    assert pd.isna(table.at["Remittances", "Recommended, 2017"])
    assert table.at["Racism and image", "Raised, 2003"] == "49?"
    assert table.at["Skills", "Listed, 2016"] == "(w), (g)"


def test_the_figure_draws_every_mark_once_with_its_count() -> None:
    marks = history.marks(load("agenda_items"))
    figure = figures.matrix(tables.ordered(), marks, sheet=PAGE)
    texts = Counter(text.get_text() for text in figure.axes[0].texts)
    doubtful = int((marks["state"] == "doubtful").sum())
    assert texts["?"] == doubtful + 1  # one in the key
    assert sum(n for text, n in texts.items() if text.isdigit()) == len(marks) - doubtful + 2


def test_the_answer_and_the_caption_hold() -> None:
    raised = history.counted(lambda grid: int(grid[history.ASKED].sum()))
    assert 2 * raised.lo > len(tables.titles())
    left_out = FOUND["agenda-left-out"].value
    assert isinstance(left_out, Interval)
    assert 2 * left_out.lo > raised.hi
    assert history.with_pattern("returned").lo > history.with_pattern("dropped-2005").hi
    assert {"borders", "return", "regular-pathways"} <= set(history.certain("entered-later"))
    asked = {row["theme"] for row in ITEMS if row["agenda"] == "asked-2003"}
    asked |= {row["second_theme"] for row in ITEMS if row["agenda"] == "asked-2003"} - {""}
    told = f"raised in 2003, {raised.lo:.0f} to {raised.hi:.0f} as coded"
    assert told in FOUND["agenda-left-out"].sentence
    assert raised.hi == len(asked) == 18
    assert "which migrants to cover, and perhaps legal instr" in FOUND["agenda-back"].sentence
    largest = tables.ordered()["adopted"].value_counts().index[0]
    assert largest == "returned"


def test_findings_are_of_the_chapter_and_graded() -> None:
    for finding in FOUND.values():
        assert finding.chapter == "agenda"
        assert finding.grade == "conditional"
