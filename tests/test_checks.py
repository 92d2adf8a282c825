"""The checks of the data: silent on what is committed, and each able to say what is wrong."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.tables import describe, load, standing_in
from tools.checks.check import Check
from tools.checks.declared import slug
from tools.checks.every import CHECKS
from tools.corrupt.trial import forget

BY_NAME = {check.name: check for check in CHECKS}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_the_committed_tables_keep_the_rule(check: Check) -> None:
    assert list(check.run()) == []


def test_no_two_checks_share_a_name() -> None:
    assert len(BY_NAME) == len(CHECKS)


def said(check: str, table: str, change: pd.DataFrame) -> str:
    """What a check says with another table in the place of the committed one."""
    forget()
    with standing_in(table, change):
        told = "\n".join(BY_NAME[check].run())
    forget()
    return told


def changed(table: str, key: str, field: str, value: object) -> pd.DataFrame:
    """A table with another value in one cell; the row is named by its first column."""
    rows = load(table)
    rows.loc[rows.iloc[:, 0].astype(str) == key, field] = value
    return rows


@pytest.mark.parametrize(
    ("check", "table", "key", "field", "value", "expected"),
    [
        # A key that is made of its fields.
        ("world_population: identity", "world_population", "wpp-2015-year-1990", "year", 1995,
         "'population_id': value 'wpp-2015-year-1990': expected: wpp-2015-year-1995"),
        # Facts that contradict one another.
        ("areas of members", "un_members", "BEN", "continent", "Asia",
         "'continent': value 'Asia': expected: Africa"),
        ("regional groups", "un_members", "BEN", "un_regional_group", "Asia-Pacific",
         "expected: African"),
        ("membership by year", "un_members", "SSD", "un_member_since", 2012,
         "un_membership_by_year.csv: row 23: field 'member_states_end_of_year': value 193"),
        # Days that can be.
        ("working days", "treaty_actions", "icrmw-egypt", "action_date",
         pd.Timestamp("1993-02-20"), "a note that the source has a Saturday"),
        ("dates in their order", "treaty_actions", "icrmw-morocco", "action_date",
         pd.Timestamp("1991-08-14"), "expected: 1991-08-15 or later, the day of its signature"),
        ("treaty_actions: order", "treaty_actions", "icrmw-egypt", "action_date",
         pd.Timestamp("2003-02-19"), "rows are sorted by instrument_id, action_date"),
        ("entry into force by the rule", "instruments", "icrmw", "entry_into_force",
         pd.Timestamp("2003-07-02"), "expected: 2003-07-01, by art. 87(1) and the deposits"),
        # Two sources of one number.
        ("totals that others published", "treaty_totals", "icrmw-2026-02-03", "parties", 61,
         "expected: 60 to 60, the deposits in treaty_actions"),
        ("totals of the world", "world_migrant_stock_by_revision", "rev-2015-year-1990", "persons",
         152563213, "expected: 152563212 of migrant_stock"),
        ("population of the world", "world_population", "wpp-2019-year-2019",
         "population_thousands", 7713486.1, "expected: 7713468.1 of migrant_stock"),
        ("the world of the bank", "migrant_stock_1960_2010", "least-developed", "persons", 1,
         "expected: a tenth to three tenths of low-and-middle-income"),
        ("early figures", "migrant_stock_early_editions", "2002-world-2000-press-release",
         "persons", 175500000, "expected: a multiple of a million"),
        # What a list or a document says of another.
        ("lists make the stated counts", "compact_elements", "element-i", "letter", None, ""),
        ("conference_survey_rounds.pool_response_share: sameAs", "conference_survey_rounds",
         "round-2003", "pool_response_share", 42.0, "expected: 24.0, the value of statements/"),
        ("events of the record", "events", "migrant-workers-convention-adopted", "date",
         "1990-12-19", "of instruments/icrmw"),
        ("dates of documents", "documents", "A/RES/58/208", "date_latest", "2003-12-24",
         "expected: 2003-12-23, of the event of its adoption"),
        ("later actions", "treaty_actions_later", "trafficking-protocol-angola", "in_force_from",
         pd.Timestamp("2014-10-20"), "expected: 2014-10-19, by art. 17(2)"),
        ("years of admission", "un_members", "AFG", "un_member_since", 1947,
         "expected: 1946, by un_admissions"),
        ("years of admission", "un_members", "SSD", "un_member_since", 2006,
         "as un_membership_by_year has none of this name in 2006"),
        ("years of admission", "un_admissions", "1946", "admitted", "AFG ISL SWE TAI",
         "'admitted': value 'TAI': expected: a Member State, admitted once"),
        ("later rules of the texts", "instruments", "smuggling-protocol", "later_rule",
         "ninetieth day", "a rule that makes 30 days, as public_facts/t3-smuggl-22-2 has it"),
        ("later rules of the texts", "instruments", "icrmw", "later_article", "art. 86(2)",
         "expected: an article whose text public_facts has"),
        ("later rules of the texts", "instruments", "ilo-c143", "later_rule",
         "twelve months after registration", "where public_facts has it, and only there"),
        ("events to come", "events", "agenda-2030", "bounds", True,
         "expected: true for a report that is dated between two days, and for nothing else"),
        ("days of force elsewhere", "instruments", "ilo-c143", "entry_into_force",
         pd.Timestamp("1978-12-08"), "expected: 1978-12-09, of public_facts/l7-ilo-c143-in-force"),
        ("responses add up", "iscm_survey_responses", "mechanisms", "delegates_statement_id", None,
         "a row that cites grcp7-delegates-from-mechanisms-grcp7"),
        ("kinds of mechanisms", "consultation_mechanisms", "ADD", "type", "RCP",
         "expected: IRF, between regions: Asia - Middle East"),
        ("kinds of mechanisms", "consultation_mechanisms", "GFMD", "type", "IRF",
         "expected: that of the region: global"),
        ("kinds of mechanisms", "consultation_mechanisms", "ARCP", "type", "IRF",
         "expected: RCP, by its name"),
        ("kinds of mechanisms", "consultation_mechanisms", "MTM", "type", "RCP",
         "a type, where the region is known"),
        ("kinds of mechanisms", "consultation_mechanisms", "SACM", "type", "RCP or IRF",
         "two kinds, where a note tells why"),
        ("absentees answered", "iscm_survey_absentees", "MIDWA", "mechanism", "ACP EU Dialogue",
         "a mechanism of consultation_mechanisms, once"),
        ("events in their lanes", "events", "resolution-58-208", "lane", "reports",
         "expected: resolutions, by its id or statement"),
        ("events in their lanes", "events", "cis-conference", "lane", "reports",
         "expected: GRCP or global compact or regional processes, by its id or statement"),
        ("events in their lanes", "events", "tampere-council", "lane", "survey",
         "another lane, for an id that does not begin as those of survey do"),
        ("events to come", "events", "compact-phase-3", "planned", False,
         "expected: true, for a day after its document"),
        ("events to come", "events", "grcp-1", "planned", True,
         "expected: false, for a day before it"),
        ("events to come", "events", "report-a-58-98", "date_end", "2003-11",
         "expected: 2003-10, the date_latest of the document"),
        ("events in dispute", "events", "grcp-7", "disputed", None,
         "expected: grcp7-days-lost, which tells of dates/grcp7"),
        ("events in dispute", "events", "compact-conference-expected", "disputed",
         "sutherland-2005-or-2006", "expected: a discrepancy about GRCP7"),
        ("last days of the record", "events", "hld-2013", "date_end", "2013-10-05",
         "expected: 2013-10-04, by dates/hld2"),
        ("meetings", "meeting_participation", "hld-2006-countries-mpi", "qualifier", "more-than",
         "expected: exact, as public_facts has 130"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_named(
    check: str, table: str, key: str, field: str, value: object, expected: str
) -> None:
    told = said(check, table, changed(table, key, field, value))
    assert expected in told
    if expected:
        assert f"{describe(table)['path']}: row " in told or "row 23" in told


def test_a_country_that_does_not_add_up_is_named_with_its_area() -> None:
    rows = load("migrant_stock")
    first = rows[(rows["edition"] == 2015) & (rows["m49"] == 4)].index[0]
    rows.loc[first, "persons"] += 1
    told = said("parts make the whole", "migrant_stock", rows)
    assert "the sum of its parts in 1990 by the edition of 2015" in told


@pytest.mark.parametrize(
    ("check", "table"),
    [
        ("replies of states", "conference_survey_replies"),
        ("lists of states", "hld_participants"),
        ("recommendations match both ways", "recommendations"),
        ("every area in every year", "migrant_stock"),
        ("totals of the world", "world_migrant_stock_by_revision"),
        ("population of the world", "world_population"),
        ("the world of the bank", "migrant_stock_1960_2010"),
        ("rows of the readings", "reading_b"),
        ("events: rows", "events"),
        ("years of admission", "un_admissions"),
    ],
)
def test_a_lost_row_is_missed(check: str, table: str) -> None:
    rows = load(table)
    middle = len(rows) // 2
    assert said(check, table, rows.drop(index=middle).reset_index(drop=True))


def test_a_code_that_two_areas_have_stops_no_check_of_what_repeats_it() -> None:
    areas = load("migrant_stock_areas")
    first, second = areas.index[areas["iso3"].notna()][:2]
    areas.loc[second, "iso3"] = areas.at[first, "iso3"]
    # The schema tells of the code; the check goes on with the first of the two.
    assert said("un_members.m49: sameAs", "migrant_stock_areas", areas) == ""
    areas.loc[first, "m49"] = 999
    assert "999, the m49 of" in said("un_members.m49: sameAs", "migrant_stock_areas", areas)


def test_ids_have_plain_letters() -> None:
    assert slug("Côte d'Ivoire, 2000") == "cote-d-ivoire-2000"
