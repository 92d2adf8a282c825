"""Topic tables say what the statements say: values, counts of lists, names and links."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.statements import stated
from analysis.tables import describe, load, names

# Where a topic table repeats the value of a statement: table, column of ids, column of values.
CITED_VALUES = [
    ("conference_survey_rounds", "statement_id", "pool_response_share"),
    ("conference_survey_replies", "statement_id", "governments_represented"),
    ("convention_status", "statement_id", "value"),
    ("iscm_survey_responses", "responded_statement_id", "responded"),
    ("iscm_survey_responses", "attended_statement_id", "attended"),
    ("iscm_survey_responses", "delegates_statement_id", "delegates"),
]


@pytest.mark.parametrize(("table", "ids", "values"), CITED_VALUES)
def test_cited_value_is_the_statements(table: str, ids: str, values: str) -> None:
    """A value with a statement behind it equals the statement's value."""
    cited = load(table).dropna(subset=[ids])
    ledger = load("statements").set_index("statement_id")["value"]
    expected = cited[ids].map(ledger).astype(float)
    assert len(cited) > 0
    assert cited[values].astype(float).tolist() == expected.tolist()


@pytest.mark.parametrize(
    ("table", "ids", "values"), [c for c in CITED_VALUES if c[0] != "conference_survey_replies"]
)
def test_no_value_without_a_statement(table: str, ids: str, values: str) -> None:
    """A stated value is never given without the statement that states it, nor the reverse."""
    rows = load(table)
    assert rows[ids].isna().tolist() == rows[values].isna().tolist()


def test_every_cited_statement_stands_in_the_document_of_its_row() -> None:
    checked = 0
    for table in ("conference_survey_rounds", "conference_survey_replies", "convention_status"):
        for row in load(table).dropna(subset=["statement_id"]).itertuples():
            assert stated(str(row.statement_id)).document_id == row.document_id
            checked += 1
    assert checked > 0


def test_convention_status_repeats_qualifier_and_place_of_its_statement() -> None:
    for row in load("convention_status").dropna(subset=["statement_id"]).itertuples():
        source = stated(str(row.statement_id))
        assert (row.qualifier, row.place, row.phrase) == (
            source.qualifier,
            source.place,
            source.phrase,
        )


def test_replies_make_the_stated_counts() -> None:
    """The named list, with Greece for its Governments, makes the counts that para. 42 states."""
    replies = load("conference_survey_replies")
    members = replies["member_states_represented"].sum()
    governments = replies["governments_represented"].sum()
    assert members == stated("conference-survey-member-states-a-58-98").count
    assert governments == stated("conference-survey-governments-a-58-98").count
    leanings = ("in-favour", "reservations")
    parts = [stated(f"conference-survey-{lean}-a-58-98-para-42").count for lean in leanings]
    assert governments == sum(parts)


def test_each_named_reply_is_a_member_state_admitted_by_2003() -> None:
    replies = load("conference_survey_replies")
    members = load("un_members").set_index("iso3")
    named = replies[replies["member_state"]]
    assert named["iso3"].notna().all()
    assert named["iso3"].map(members["name"]).tolist() == named["name"].tolist()
    assert (named["iso3"].map(members["un_member_since"]) <= 2003).all()
    assert replies[~replies["member_state"]]["name"].tolist() == ["Holy See"]


def test_participants_make_the_stated_count_and_resolve() -> None:
    listed = load("hld_participants")
    members = load("un_members").set_index("iso3")["name"]
    assert len(listed) == stated("hld-participating-states-hld-page").count
    assert listed["position"].tolist() == list(range(1, len(listed) + 1))
    resolved = listed[listed["kind"] == "member"]
    assert resolved["iso3"].map(members).tolist() == resolved["name"].tolist()
    assert listed[listed["kind"] != "member"]["iso3"].isna().all()


def test_elements_and_themes_make_the_stated_counts() -> None:
    elements, themes = load("compact_elements"), load("compact_themes")
    assert len(elements) == stated("gcm-elements-grcp7-p-10").count
    assert len(themes) == stated("gcm-themes-grcp7-p-10").count
    assert set(elements["theme_id"]) == set(themes["theme_id"])
    assert sorted(elements["letter"]) == [chr(ord("a") + n) for n in range(len(elements))]


def test_recommendations_make_the_stated_counts() -> None:
    rows = load("recommendations")
    report = rows[rows["source_list"] == "report, section 3"]
    groups = report["recommendation_group"].value_counts()
    assert len(report) == stated("grcp7-joint-recommendations-grcp7").count
    assert groups["inclusion"] == stated("grcp7-priorities-for-inclusion-grcp7-p-12").count
    assert groups["follow-up"] == stated("grcp7-recommendations-follow-up-grcp7-p-12").count


def test_recommendations_match_both_ways_across_the_lists() -> None:
    rows = load("recommendations").set_index("recommendation_id")
    links = {
        (str(item), other)
        for item, matches in rows["matches"].dropna().items()
        for other in matches.split("; ")
    }
    assert links == {(other, item) for item, other in links}
    assert links
    for item, other in links:
        assert rows.loc[item, "source_list"] != rows.loc[other, "source_list"]
        assert rows.loc[item, "recommendation_group"] == rows.loc[other, "recommendation_group"]


def test_survey_types_sum_to_the_stated_total() -> None:
    rows = load("iscm_survey_responses")
    types = rows[rows["level"] == "type"]
    assert types["responded"].sum() == stated("grcp7-survey-respondents-grcp7").count


def _area_by_cuts(page: pd.DataFrame, cuts: pd.DataFrame) -> list[str]:
    """The area of each position of one page, under one place for each of its boundaries."""
    ordered = cuts.sort_values("cut_after_position")
    ends = list(zip(ordered["cut_after_position"], ordered["area_before"], strict=True))
    final = ordered["area_after"].iloc[-1]
    return [
        next((str(area) for end, area in ends if position <= end), str(final))
        for position in page["position"]
    ]


@pytest.mark.parametrize("page", [34, 35, 36])
def test_adopted_boundaries_give_the_adopted_areas(page: int) -> None:
    focus, cuts = load("iscm_focus_areas"), load("iscm_focus_boundaries")
    rows = focus[focus["page"] == page].sort_values("position")
    adopted = cuts[(cuts["page"] == page) & cuts["adopted"]]
    assert rows["position"].tolist() == list(range(1, len(rows) + 1))
    assert _area_by_cuts(rows, adopted) == rows["area"].tolist()


def test_each_boundary_has_one_adopted_place_and_joins_its_neighbours() -> None:
    focus, cuts = load("iscm_focus_areas"), load("iscm_focus_boundaries")
    assert (cuts.groupby("boundary_id")["adopted"].sum() == 1).all()
    doubtful = cuts.groupby("boundary_id")["cut_id"].transform("size") > 1
    assert (cuts["boundary"] == "doubtful").tolist() == doubtful.tolist()
    at = focus.set_index(["page", "position"])["mechanism"]
    for cut in cuts.to_dict("records"):
        page, position = int(cut["page"]), int(cut["cut_after_position"])
        assert at[page, position] == cut["last_before"]
        assert at[page, position + 1] == cut["first_after"]


def test_doubtful_rows_are_those_that_another_place_of_a_boundary_moves() -> None:
    focus, cuts = load("iscm_focus_areas"), load("iscm_focus_boundaries")
    moved: dict[str, set[str]] = {}
    for cut in cuts[~cuts["adopted"]].itertuples():
        page = focus[focus["page"] == cut.page].sort_values("position")
        others = cuts[(cuts["page"] == cut.page) & cuts["adopted"]]
        chosen = pd.concat(
            [
                others[others["boundary_id"] != cut.boundary_id],
                cuts[cuts["cut_id"] == cut.cut_id],
            ]
        )
        areas = _area_by_cuts(page, chosen)
        for row, area in zip(page.itertuples(), areas, strict=True):
            if area != row.area:
                moved.setdefault(str(row.focus_id), set()).add(area)
    doubtful = focus[focus["boundary"] == "doubtful"].set_index("focus_id")["area_alternative"]
    assert moved == {str(focus_id): {area} for focus_id, area in doubtful.items()}
    assert focus[focus["boundary"] == "clear"]["area_alternative"].isna().all()


def test_areas_have_one_theme_and_alternatives_keep_it() -> None:
    """No reading of the boundaries moves a mechanism to another theme."""
    focus = load("iscm_focus_areas")
    theme = focus.groupby("area")["theme_id"].agg(["nunique", "first"])
    assert (theme["nunique"] == 1).all()
    doubtful = focus.dropna(subset=["area_alternative"])
    assert (
        doubtful["area_alternative"].map(theme["first"]).tolist() == doubtful["theme_id"].tolist()
    )


def test_focus_mechanisms_resolve_and_occur_once_in_an_area() -> None:
    focus = load("iscm_focus_areas")
    assert set(focus["mechanism"]) <= set(load("consultation_mechanisms")["mechanism"])
    assert not focus.duplicated(["area", "mechanism"]).any()
    for reading in ("area", "area_alternative"):
        places = focus.assign(area=focus[reading].fillna(focus["area"]))
        assert not places.duplicated(["area", "mechanism"]).any()


def test_phrases_have_at_most_twelve_words() -> None:
    checked = 0
    for table in names():
        rows = load(table)
        if "phrase" in rows:
            words = rows["phrase"].dropna().map(lambda phrase: len(phrase.split()))
            assert words.max() <= 12, table
            checked += len(words)
    assert checked > len(load("statements"))


PROVENANCE = ["source", "confidence"]


def _names_its_source(name: str) -> bool:
    """Each row does, or has a key to a record that does, as rows of one workbook have."""
    rows = load(name)
    if set(PROVENANCE) <= set(rows):
        return bool(rows[PROVENANCE].notna().all(axis=None))
    keys = describe(name)["schema"].get("foreignKeys", [])
    return any(
        set(PROVENANCE) <= set(load(key["reference"]["resource"]))
        and rows[key["fields"]].notna().all(axis=None)
        for key in keys
    )


def test_every_record_names_its_source_and_confidence() -> None:
    record = [name for name in names() if describe(name)["path"].startswith("record/")]
    assert record
    assert [name for name in record if not _names_its_source(name)] == []


def test_treaty_actions_are_dated_unless_signature_only() -> None:
    actions = load("treaty_actions")
    undated = actions["action_date"].isna()
    assert undated.tolist() == (actions["action"] == "signature only").tolist()
    assert not actions.duplicated(["instrument_id", "participant"]).any()
