"""Topic tables say what the statements say: values, counts of lists, names and links."""

from __future__ import annotations

from analysis.statements import stated
from analysis.tables import describe, load, names


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


def test_elements_and_themes_make_the_stated_counts() -> None:
    elements, themes = load("compact_elements"), load("compact_themes")
    assert len(elements) == stated("gcm-elements-grcp7-p-10").count
    assert len(themes) == stated("gcm-themes-grcp7-p-10").count
    assert set(elements["theme_id"]) == set(themes["theme_id"])
    assert sorted(elements["letter"]) == [chr(ord("a") + n) for n in range(len(elements))]


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
