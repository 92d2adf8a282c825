"""Member States: codes, areas, groups and years of admission against the other tables of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd

from analysis.statements import stated
from analysis.tables import load
from tools.checks.declared import slug, words
from tools.verify.problems import problem

MEMBERS, YEARS, AREAS, ADMISSIONS = (
    "un_members", "un_membership_by_year", "migrant_stock_areas", "un_admissions",
)  # fmt: skip
# Albania, Israel and Türkiye sit in groups that neither geography nor history gives them.
SEATED = {"ALB": "Eastern European", "ISR": "Western European and Other",
          "TUR": "Western European and Other"}  # fmt: skip
# Where the States that followed a former State lie.
SUCCESSORS = {
    "Soviet Union": {"Eastern Europe", "Northern Europe", "Western Asia", "Central Asia"},
    "Yugoslavia": {"Southern Europe"}, "Czechoslovakia": {"Eastern Europe"},
}  # fmt: skip
FOUNDED, DISSOLVED = 1945, 1991  # Three republics were founding members; others came after the end.
WORLD, CHANNEL_ISLANDS = 900, 830  # The islands are Guernsey and Jersey, with codes of their own.
# How many republics they had.
REPUBLICS = {"Soviet Union": 15, "Yugoslavia": 6, "Czechoslovakia": 2}
# Beginnings that many names have in common.
COMMON = {"the", "rep", "uni", "dem", "and", "isl", "sta"}
BEFORE_2000 = 2000  # Until then the seats of Yugoslavia and Czechoslovakia are counted as well.


def areas_of_members() -> Iterator[str]:
    """A Member State lies, by the codes of the UN, in the area and region that the list has."""
    members, areas = load(MEMBERS), load(AREAS)
    by_code = areas.dropna(subset="iso3").set_index("iso3")
    names = areas.set_index("m49")["name"]
    for row in members.itertuples():
        if row.iso3 not in by_code.index:
            yield problem(
                MEMBERS, row.Index, "iso3", row.iso3, "the code of an area of migrant_stock"
            )
            continue
        region = by_code.at[row.iso3, "within"]
        if _plain(names.get(region)) != _plain(row.m49_subregion):
            told = f"{names.get(region)}, by {AREAS}"
            yield problem(MEMBERS, row.Index, "m49_subregion", row.m49_subregion, told)
        whole = names.get(areas.set_index("m49")["within"].get(region))
        if _continent(whole, names.get(region)) != row.continent:
            told = f"{_continent(whole, names.get(region))}, by {AREAS}"
            yield problem(MEMBERS, row.Index, "continent", row.continent, told)


def areas_lie_within_one_another() -> Iterator[str]:
    """Countries lie in regions, regions in areas, areas in the world; and have two names alike."""
    areas, members = load(AREAS), load(MEMBERS).set_index("iso3")
    level = areas.set_index("m49")["level"]
    above = {"country or area": {"region", "major area"}, "region": {"major area"},
             "major area": {"world"}, "development group": {"world"}}  # fmt: skip
    for row in areas.itertuples():
        if pd.notna(row.within) and level.get(row.within) not in above.get(str(row.level), set()):
            told = f"an area above a {row.level}"
            yield problem(AREAS, row.Index, "within", row.within, told)
        if pd.isna(row.iso3) and ("develop" in row.name.lower()) != (
            row.level == "development group"
        ):
            told = "development group, for groups by development and for nothing else"
            yield problem(AREAS, row.Index, "level", row.level, told)
        words_before, _, short = str(row.name).partition(" (")
        initials = "".join(word[0] for word in re.findall(r"\w+", words_before)).upper()
        if re.fullmatch(r"[A-Z]+\)", short) and short != f"{initials})":
            told = f"words of which {short.removesuffix(')')} are the initials"
            yield problem(AREAS, row.Index, "name", row.name, told)
        if (row.level == "world") != (row.m49 == WORLD):
            yield problem(AREAS, row.Index, "level", row.level, "world, for the world alone")
        country = row.level == "country or area"
        if country and pd.isna(row.within):
            yield problem(AREAS, row.Index, "within", None, "the region in which it lies")
        if country and pd.isna(row.iso3) and row.m49 != CHANNEL_ISLANDS:
            yield problem(AREAS, row.Index, "iso3", None, "the code of a country or area")
        if pd.notna(row.iso3) and not country:
            told = "a country or area, for what has a code"
            yield problem(AREAS, row.Index, "level", row.level, told)
        if country and row.iso3 in members.index:
            if members.at[row.iso3, "m49"] != row.m49:
                told = f"{members.at[row.iso3, 'm49']}, as {MEMBERS} has"
                yield problem(AREAS, row.Index, "m49", row.m49, told)
            name = str(members.at[row.iso3, "name"])
            if not _named_alike(name, str(row.name)):
                told = f"a name like {name}, as {MEMBERS} has"
                yield problem(AREAS, row.Index, "name", row.name, told)
        if row.Index == areas.index[-1]:
            yield from _successors(areas)
        if pd.notna(row.formerly) and row.iso3 not in members.index:
            told = "nothing, as republics of former States became Member States"
            yield problem(AREAS, row.Index, "formerly", row.formerly, told)
        elif pd.notna(row.formerly):
            lies = members.at[row.iso3, "m49_subregion"]
            if lies not in SUCCESSORS[str(row.formerly)]:
                told = f"no successor in {lies}"
                yield problem(AREAS, row.Index, "formerly", row.formerly, told)
            since = members.at[row.iso3, "un_member_since"]
            if FOUNDED < since < DISSOLVED:
                told = f"nothing, for a member since {since}"
                yield problem(AREAS, row.Index, "formerly", row.formerly, told)


def _successors(areas: pd.DataFrame) -> Iterator[str]:
    """Former States had as many republics as the areas that followed them."""
    counted = areas["formerly"].value_counts()
    for state, republics in REPUBLICS.items():
        if counted.get(state, 0) != republics:
            index = int(areas.index[areas["formerly"] == state][-1])
            told = f"{republics} areas, the republics of {state}"
            yield problem(AREAS, index, "formerly", f"{counted.get(state, 0)} of {state}", told)


def regional_groups() -> Iterator[str]:
    """The group follows from the continent and from what was once the east of Europe."""
    members = load(MEMBERS)
    formerly = load(AREAS).dropna(subset="iso3").set_index("iso3")["formerly"]
    for row in members.itertuples():
        once = pd.notna(formerly.get(row.iso3)) and row.m49_subregion != "Central Asia"
        east = once or row.m49_subregion == "Eastern Europe"
        if row.iso3 in SEATED:
            expected = SEATED[str(row.iso3)]
        elif east:
            expected = "Eastern European"
        elif row.continent == "Africa":
            expected = "African"
        elif row.continent == "America" and row.m49_subregion != "Northern America":
            expected = "Latin American and Caribbean"
        elif row.continent in ("Asia", "Oceania") and "Zealand" not in row.m49_subregion:
            expected = "Asia-Pacific"
        else:
            expected = "Western European and Other"
        if row.un_regional_group != expected:
            told = f"{expected}, by {row.m49_subregion} and its history"
            yield problem(MEMBERS, row.Index, "un_regional_group", row.un_regional_group, told)


def membership_by_year() -> Iterator[str]:
    """The States admitted by a year make the number of members that the other table gives."""
    members, years = load(MEMBERS), load(YEARS)
    since = members["un_member_since"]
    for row in years.itertuples():
        admitted = int((since <= row.year).sum())
        seats = range(1) if row.year >= BEFORE_2000 else range(1, 3)
        if row.member_states_end_of_year - admitted not in seats:
            told = f"{admitted} admitted by {row.year}, with the seats of former States"
            given = row.member_states_end_of_year
            yield problem(YEARS, row.Index, "member_states_end_of_year", given, told)
    steps = years["member_states_end_of_year"].diff().fillna(0)
    for index in years.index[steps < 0]:
        told = "no fewer than the year before"
        given = years["member_states_end_of_year"][index]
        yield problem(YEARS, int(index), "member_states_end_of_year", given, told)
    for index, step in steps.items():
        if (step != 0) != pd.notna(years["changes"][index]) and index:
            told = "what changed, where the number does, and only there"
            yield problem(YEARS, int(index), "changes", years["changes"][index], told)
    for index, changes in years["changes"].dropna().items():
        if index and steps[index] != (net := _net(str(changes))):
            given = years["member_states_end_of_year"][index]
            told = f"{int(given - steps[index] + net)}, by what changed: {changes}"
            yield problem(YEARS, int(index), "member_states_end_of_year", given, told)
    for index in years.index[1:]:
        if years["year"][index] != years["year"][index - 1] + 1:
            told = f"{years['year'][index - 1] + 1}, the next"
            yield problem(YEARS, int(index), "year", years["year"][index], told)


def _net(changes: str) -> int:
    """By how many States a membership changed: those admitted less those that ended.

    Args:
        changes: States by name or as a number, with what is said of them in brackets, and endings
            as “-1”; or the net number in brackets.
    """
    if stated := re.search(r"\(net ([+-]\d+)\)", changes):
        return int(stated[1])
    bare = re.sub(r"\([^)]*\)|admitted:", "", changes)
    parts = [part.strip() for part in re.split("[,;]", bare) if part.strip()]
    return sum(-1 if part.endswith("-1") else int(part) if part.isdigit() else 1 for part in parts)


def _admitted(changes: str) -> set[str]:
    """The States that changes of the membership name as admitted."""
    bare = re.sub(r"\([^)]*\)|admitted:", "", changes)
    return {part.strip(" +") for part in re.split("[,;]", bare) if not part.strip().endswith("-1")}


def years_of_admission() -> Iterator[str]:
    """A State is a member since the year in which other sources have it admitted."""
    members, rows = load(MEMBERS), load(ADMISSIONS)
    since = members.set_index("iso3")["un_member_since"]
    known: dict[str, int] = {}
    for row in rows.itertuples():
        for code in str(row.admitted).split():
            if code not in since.index or code in known:
                told = "a Member State, admitted once"
                yield problem(ADMISSIONS, row.Index, "admitted", code, told)
            known[code] = row.year
    last = rows["year"].max()
    changes = load(YEARS).set_index("year")["changes"]
    for row in members.itertuples():
        expected = known.get(row.iso3)
        if (expected or last + 1) > row.un_member_since or (
            expected and expected != row.un_member_since
        ):
            told = f"{expected or f'a year after {last}'}, by {ADMISSIONS}"
            yield problem(MEMBERS, row.Index, "un_member_since", row.un_member_since, told)
        told_of = [year for year, text in changes.dropna().items() if row.name in _admitted(text)]
        if told_of and row.un_member_since not in told_of:
            told = f"{told_of[0]}, as {YEARS} has"
            yield problem(MEMBERS, row.Index, "un_member_since", row.un_member_since, told)
        named = words(changes.get(row.un_member_since, row.name))
        if not any(word in named for word in re.findall(r"\w{4,}", row.name)):
            told = f"another year, as {YEARS} has none of this name in {row.un_member_since}"
            yield problem(MEMBERS, row.Index, "un_member_since", row.un_member_since, told)


def lists_of_states() -> Iterator[str]:
    """The participants are all Member States and two observers; the union had its members."""
    members = load(MEMBERS)
    listed = load("hld_participants")
    for code in sorted(set(members["iso3"]) - set(listed["iso3"].dropna())):
        told = "a row for each Member State, as the list of participants has"
        yield problem(MEMBERS, 0, "iso3", code, told)
    for row in listed.itertuples():
        if (row.kind == "member") != pd.notna(row.iso3):
            told = "a code for a Member State, and for nothing else"
            yield problem("hld_participants", row.Index, "iso3", row.iso3, told)
        member = row.kind == "member"
        # Names of members come from their table; an observer's words are those of the page.
        begun = all(word[:6] in row.as_written for word in row.name.split())
        if not (_shared(row.as_written, row.name) if member else begun):
            told = f"a name like {row.as_written}"
            yield problem("hld_participants", row.Index, "name", row.name, told)
    stated_number = stated("hld-participating-states-hld-page").count
    if len(listed) != stated_number:
        told = f"{stated_number} rows, as the page states"
        yield problem("hld_participants", len(listed) - 1, "position", len(listed), told)
    union = load("eu_members_2003")
    if len(union) != stated("eu-member-states-2003-a-58-98").count:
        yield problem("eu_members_2003", 0, "iso3", len(union), "15 rows, as the report states")
    july = pd.Timestamp("2003-07-01")  # "by early July 2003": A/58/98, para. 42
    founded = pd.Timestamp("1993-11-01")
    later = union.loc[union["member_from"] != founded, "member_from"]
    for index in later.index[later != later.mode()[0]]:
        told = f"{words(founded)}, or {words(later.mode()[0])}, when others joined together"
        yield problem("eu_members_2003", int(index), "member_from", words(later[index]), told)
    for row in union.itertuples():
        if not founded <= row.member_from <= july:
            told = (
                "from 1 November 1993, when the Treaty on European Union came into force, to 2003"
            )
            yield problem("eu_members_2003", row.Index, "member_from", words(row.member_from), told)
        if row.member_until < july:
            told = "after the replies of July 2003"
            yield problem(
                "eu_members_2003", row.Index, "member_until", words(row.member_until), told
            )


def replies_of_states() -> Iterator[str]:
    """The named replies make the numbers that the report states, each for whom it speaks."""
    name, rows = "conference_survey_replies", load("conference_survey_replies")
    for row in rows.itertuples():
        member = pd.notna(row.iso3)
        if row.member_state != member:
            told = "true for a State of un_members, and for nothing else"
            yield problem(name, row.Index, "member_state", row.member_state, told)
        own = row.reply == "own"
        if own != pd.isna(row.statement_id):
            told = "the statement on those for which it speaks" if not own else "nothing"
            yield problem(name, row.Index, "statement_id", row.statement_id, told)
        if own and row.governments_represented != 1:
            yield problem(name, row.Index, "governments_represented",
                          row.governments_represented, "1, for its own reply")  # fmt: skip
        if row.member_states_represented != row.governments_represented * int(row.member_state):
            number = row.governments_represented * int(row.member_state)
            told = f"{number}, the Governments represented that are Member States"
            yield problem(name, row.Index, "member_states_represented",
                          row.member_states_represented, told)  # fmt: skip
    for field, statement in (
        ("member_states_represented", "conference-survey-member-states-a-58-98"),
        ("governments_represented", "conference-survey-governments-a-58-98"),
    ):
        if (total := int(rows[field].sum())) != stated(statement).count:
            told = f"{stated(statement).count} in all rows, as the report states"
            yield problem(name, len(rows) - 1, field, total, told)
    own = set(rows[rows["reply"] == "own"]["iso3"].dropna())
    group = load("group_of_77")
    for index, code in group["iso3"].items():
        if code not in own:
            yield problem(
                "group_of_77", int(index), "iso3", code, "a State with a reply of its own"
            )
    for code in sorted(own - set(group["iso3"])):
        told = f"a row for {code}, which replied"
        yield problem("group_of_77", len(group) - 1, "iso3", group["iso3"].iloc[-1], told)
    for row in group.itertuples():
        note = "" if pd.isna(row.note) else str(row.note)
        if pd.isna(row.member_2003) and not note:
            told = "whether it was a member, or a note that this is not known"
            yield problem("group_of_77", row.Index, "member_2003", None, told)
        if pd.notna(row.member_2003) and row.member_2003 and note.startswith("Not in the list"):
            told = f"what the note says: {note}"
            yield problem("group_of_77", row.Index, "member_2003", row.member_2003, told)


def _shared(one: str, other: str) -> bool:
    """Whether two names of a State have a beginning of a word in common."""
    starts = [{w[:3] for w in re.split(r"[^a-zç]+", n.lower()) if len(w) > 2} - COMMON
              for n in (one, other)]  # fmt: skip
    return bool(starts[0] & starts[1]) or slug(one)[:1] == slug(other)[:1]


def _named_alike(short: str, name: str) -> bool:
    """Whether a name has the beginning of every long word of a shorter one, but for Korea's."""
    whole = re.sub(r"[^a-z]", "", slug(name).replace("saint", "st"))
    own = [word for word in slug(short).split("-") if len(word) > 3]
    return all(word[:-1][:4] in whole for word in own if word not in ("north", "south", "republic"))


def _plain(name: object) -> str:
    return str(name).lower().replace("/", " and ")


def _continent(area: object, region: object) -> str:
    america = ("Latin America and the Caribbean", "Northern America")
    return "America" if area in america or region in america else str(area)


CHECKS = (
    areas_of_members, areas_lie_within_one_another, regional_groups, membership_by_year,
    years_of_admission,
    lists_of_states, replies_of_states,
)  # fmt: skip
