"""Treaty actions: days that can be, rules of entry into force, and totals published by others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import numpy as np
import pandas as pd

from analysis import treaties
from analysis.tables import load
from analysis.words import long_date
from tools.checks.declared import slug, words
from tools.verify.problems import problem

ACTIONS, LATER, TOTALS, GROUPS, PARTIES, INSTRUMENTS = (
    "treaty_actions", "treaty_actions_later", "treaty_totals", "treaty_totals_by_group",
    "ilo_c97_parties", "instruments",
)  # fmt: skip
SATURDAY = 5
STATES = 195  # at most, of those that are parties to any of the instruments
DEPOSIT = pd.Timestamp("2003-05-14")  # Any day will do on which rules come out apart.
# The table of parties by development group that the record of the Smuggling Protocol misses by a
# few; the chapter on coverage says so.
MISSED = {("smuggling-protocol", 902)}
DECISIVE = "decisive deposit"
OPENED = pd.Timestamp("2000-12-12")  # The protocols, in Palermo: their articles on signature.
CHART = 2008  # The edition of the stock that the wall chart of 2009 has.
COMMON = "2009"  # The wall chart that gives all five instruments, for groups and as a whole.


def dates_in_their_order() -> Iterator[str]:
    """Nobody signs or deposits before the adoption, or deposits before signing."""
    rows = load(ACTIONS)
    adopted = rows["instrument_id"].map(load(INSTRUMENTS).set_index("instrument_id")["adopted"])
    for row, start in zip(rows.itertuples(), adopted, strict=True):
        for field in ("signature_date", "action_date"):
            value = getattr(row, field)
            if value < start:
                told = f"{words(start)} or later, the day of adoption"
                yield problem(ACTIONS, row.Index, field, words(value), told)
        if row.signature_date > row.action_date:
            told = f"{words(row.signature_date)} or later, the day of its signature"
            yield problem(ACTIONS, row.Index, "action_date", words(row.action_date), told)
        signed = row.action == "signature only"
        if signed != pd.isna(row.action_date):
            told = "nothing, for a signature only" if signed else "a day, for a deposit"
            yield problem(ACTIONS, row.Index, "action_date", words(row.action_date), told)
        if signed and pd.isna(row.signature_date):
            yield problem(ACTIONS, row.Index, "signature_date", None, "a day, for a signature")
        if row.action in ("ratification", "acceptance", "approval") and (
            pd.isna(row.signature_date) and "no signature" not in words(row.note)
        ):
            told = "accession or succession, for a State that has not signed"
            yield problem(ACTIONS, row.Index, "action", row.action, told)
        if row.action == "accession" and pd.notna(row.signature_date):
            told = "ratification, acceptance or approval, for a State that has signed"
            yield problem(ACTIONS, row.Index, "action", row.action, told)


def working_days() -> Iterator[str]:
    """Depositaries work from Monday to Friday; a note says where the source has another day.

    Instruments are signed on the day of adoption as well, whichever it is.
    """
    adopted = load(INSTRUMENTS).set_index("instrument_id")["adopted"]
    for name, fields in ((ACTIONS, ("action_date", "signature_date")), (PARTIES, ("registered",))):
        rows = load(name)
        for field in fields:
            off = rows[rows[field].dt.day_of_week >= SATURDAY]
            for row in off.to_dict("index").items():
                index, cells = int(row[0]), row[1]
                day = cells[field]
                note = "" if pd.isna(cells["note"]) else cells["note"]
                if day == adopted.get(cells.get("instrument_id")) or f"{day:%A}" in note:
                    continue
                told = f"a working day, or a note that the source has a {day:%A}"
                yield problem(name, index, field, words(day), told)


def entry_into_force_by_the_rule() -> Iterator[str]:
    """The day on which a treaty came into force follows from its article and the deposits."""
    rows = load(INSTRUMENTS).set_index("instrument_id", drop=False).reset_index(drop=True)
    for index, row in rows.iterrows():
        if row["instrument_id"] not in treaties.NAMES:
            continue
        for field in ("instruments_required", "first_rule", "later_rule", "later_after"):
            if pd.isna(row[field]):
                yield problem(INSTRUMENTS, int(str(index)), field, None, "the rule of its article")
                return
        if row["first_rule"] not in treaties.RULES:
            told = f"a rule that dated deposits can follow: {', '.join(treaties.RULES)}"
            yield problem(INSTRUMENTS, int(str(index)), "first_rule", row["first_rule"], told)
            return
        try:
            worked_out = treaties.entry_into_force(row["instrument_id"]).day
        except ValueError as error:
            given = row["instruments_required"]
            yield problem(INSTRUMENTS, int(str(index)), "instruments_required", given, str(error))
            continue
        if worked_out != row["entry_into_force"]:
            told = f"{words(worked_out)}, by {row['first_article']} and the deposits"
            day = words(row["entry_into_force"])
            yield problem(INSTRUMENTS, int(str(index)), "entry_into_force", day, told)


def later_rules_of_the_texts() -> Iterator[str]:
    """How a later State is bound is what a copy of the article says, noted apart."""
    facts = load("public_facts")
    for row in load(INSTRUMENTS).itertuples():
        ending = slug(words(row.later_article)).removeprefix("art")
        rule = treaties.RULES.get(row.later_rule)
        own = facts[facts["fact_id"].str.endswith(ending) & (facts["date"] == words(row.adopted))]
        code = str(row.instrument_id).rpartition("-")[2].upper()
        registered = facts["fact"].str.startswith(f"ILO {code} binds a later ratifier twelve").any()
        if registered != words(row.later_rule).startswith("twelve months after registration"):
            told = "twelve months after registration, where public_facts has it, and only there"
            yield problem(INSTRUMENTS, row.Index, "later_rule", row.later_rule, told)
        if pd.isna(row.later_article) or own.empty:
            if rule:
                told = f"an article whose text public_facts has, adopted on {words(row.adopted)}"
                yield problem(INSTRUMENTS, row.Index, "later_article", row.later_article, told)
            continue
        said = str(own["value"].iloc[0])
        if rule is None or rule(DEPOSIT) != _by_the_text(said):
            told = f"a rule that makes {said}, as public_facts/{own['fact_id'].iloc[0]} has it"
            yield problem(INSTRUMENTS, row.Index, "later_rule", row.later_rule, told)


def later_rules_begin_as_the_texts_say() -> Iterator[str]:
    """From which day a later rule holds is what a copy of the article says, noted apart."""
    facts = load("public_facts")
    for row in load(INSTRUMENTS).dropna(subset="later_article").itertuples():
        ending = slug(str(row.later_article)).removeprefix("art")
        own = facts.loc[
            facts["fact_id"].str.endswith(ending) & (facts["date"] == words(row.adopted)), "fact"
        ]
        for said in own.head(1):
            after = "entry into force" if "after its entry into force" in said else DECISIVE
            if row.later_after != after:
                told = f"{after}, as public_facts has it: {said}"
                yield problem(INSTRUMENTS, row.Index, "later_after", row.later_after, told)


def ends_of_the_lists() -> Iterator[str]:
    """A list of deposits is complete to the day of its copy, or to the month before."""
    actions = load(ACTIONS)
    for row in load(INSTRUMENTS).itertuples():
        sources = actions.loc[actions["instrument_id"] == row.instrument_id, "source"]
        if sources.empty:
            expected = "nothing"
        elif day := re.search(r"status as at (\d{4}-\d{2}-\d{2})", sources.iloc[0]):
            expected = day[1]
        elif copied := re.search(r"public copy of (?:early )?((?:\w+ )?\d{4})", str(row.source)):
            expected = words(pd.Timestamp(copied[1]).replace(day=1) - timedelta(days=1))
        else:
            expected = words(row.complete_to)
        if words(row.complete_to) != expected:
            told = f"{expected}, by what the source says of its copy"
            yield problem(INSTRUMENTS, row.Index, "complete_to", words(row.complete_to), told)


def protocols_signed_together() -> Iterator[str]:
    """Both protocols were opened for signature together, for two years; nobody signed before."""
    for name in ("trafficking-protocol", "smuggling-protocol"):
        own = load(ACTIONS).query("instrument_id == @name").dropna(subset="signature_date")
        for index, day in own["signature_date"].items():
            if not OPENED <= day <= OPENED + pd.DateOffset(years=2):
                told = f"{words(OPENED)} to two years later, when {name} was open for signature"
                yield problem(ACTIONS, int(index), "signature_date", words(day), told)


def _by_the_text(said: str) -> pd.Timestamp | None:
    """The day of force of a deposit on `DEPOSIT`, by an article in the words of `public_facts`."""
    if days := re.match(r"(\d+)(?:th day| days)", said):
        return DEPOSIT + timedelta(days=int(days[1]))
    if months := re.match(r"1st of month after (\d+) months", said):
        return pd.Timestamp(DEPOSIT.year, DEPOSIT.month + int(months[1]) + 1, 1)
    return DEPOSIT if said == "date of deposit" else None


def days_of_force_elsewhere() -> Iterator[str]:
    """A day of force that a copy of the text gives is that of the table."""
    known = load(INSTRUMENTS).set_index("instrument_id", drop=False)
    for row in load("public_facts").itertuples():
        name = str(row.fact_id).partition("-")[2].removesuffix("-in-force")
        if not str(row.fact_id).endswith("-in-force"):
            continue
        given = words(known["entry_into_force"].get(name))
        if given != row.value:
            told = f"{row.value}, of public_facts/{row.fact_id}"
            at = int(load(INSTRUMENTS).index[load(INSTRUMENTS)["instrument_id"] == name][0])
            yield problem(INSTRUMENTS, at, "entry_into_force", given, told)


def totals_that_others_published() -> Iterator[str]:
    """The deposits of the record make the numbers of parties that the depositary published."""
    rows = load(TOTALS)
    for row in rows.itertuples():
        if row.instrument_id not in treaties.NAMES:
            if row.parties > STATES:
                told = f"at most {STATES}, the States that there are"
                yield problem(TOTALS, row.Index, "parties", row.parties, told)
            continue
        # Some publishers count the European Union as a party, others do not.
        own = treaties.deposits(str(row.instrument_id))
        whole = treaties.deposits(str(row.instrument_id), organisations=True)
        first = pd.Timestamp(row.as_of)
        last = first + pd.offsets.YearEnd(1) if len(row.as_of) == 4 else first
        if last > treaties.complete_to(str(row.instrument_id)):
            least, most = len(own), STATES
        else:
            least, most = treaties.count_on(own, first), treaties.count_on(whole, last)
        if (row.instrument_id, row.as_of) == ("smuggling-protocol", COMMON):
            least -= 1
        if not least <= row.parties <= most:
            told = f"{least} to {most}, the deposits in {ACTIONS}"
            yield problem(TOTALS, row.Index, "parties", row.parties, told)


def totals_grow() -> Iterator[str]:
    """Nobody left these treaties: a later total is no smaller."""
    rows = load(TOTALS).sort_values(["instrument_id", "as_of"])
    for _, own in rows.groupby("instrument_id"):
        before = own["parties"].cummax().shift()
        for index in own.index[(own["parties"] < before).fillna(False)]:
            told = f"{before[index]} or more, as at an earlier day"
            yield problem(TOTALS, int(index), "parties", own["parties"][index], told)


def signatories_that_others_published() -> Iterator[str]:
    """Where the source of a total gives signatories as well, the record has as many."""
    rows = load(TOTALS)
    said = rows["source"].str.extract(r"\((\d+) signatories\)")[0]
    for index, number in said.dropna().items():
        own = load(ACTIONS)["instrument_id"] == rows["instrument_id"][index]
        signed = load(ACTIONS)["signature_date"][own].notna().sum()
        if int(number) != signed:
            told = f"{signed} signatories, as {ACTIONS} has"
            yield problem(TOTALS, int(index), "source", rows["source"][index], told)


def groups_make_the_whole() -> Iterator[str]:
    """More and less developed parties are all parties; the record has the groups it can show."""
    rows, whole = load(GROUPS), load(TOTALS)
    wide = rows.pivot(index="instrument_id", columns="m49", values="parties")
    for _, own in rows.groupby("instrument_id"):
        if sorted(own["m49"]) != [901, 902, 941]:
            told = "a row for each of 901, 902 and 941"
            yield problem(GROUPS, int(own.index[0]), "m49", own["m49"].iloc[0], told)
    for row in whole[whole["as_of"] == COMMON].itertuples():
        made = (
            wide.loc[row.instrument_id, [901, 902]].sum() if row.instrument_id in wide.index else 0
        )
        if made != row.parties:
            told = f"{made}, more and less developed in {GROUPS}"
            yield problem(TOTALS, row.Index, "parties", row.parties, told)
    areas = load("migrant_stock_areas").dropna(subset="iso3")
    developed = areas.set_index("iso3")["development"]
    for row in rows.itertuples():
        if row.m49 == 941:
            if row.parties >= wide.loc[row.instrument_id, 902]:
                told = f"less than {wide.loc[row.instrument_id, 902]}, the less developed"
                yield problem(GROUPS, row.Index, "parties", row.parties, told)
            continue
        group = "more developed" if row.m49 == 901 else "less developed"
        acts = treaties.actions(str(row.instrument_id)).dropna(subset="action_date")
        # The Holy See is a party without being a Member State.
        code = acts["iso3"].fillna(acts["participant"].map(areas.set_index("name")["iso3"]))
        own = acts[code.map(developed) == group]["action_date"]
        least, most = (int((own < f"{year}-01-01").sum()) for year in (row.as_of, row.as_of + 1))
        if (row.instrument_id, row.m49) in MISSED:
            least -= 1
        if not least <= row.parties <= most:
            told = f"{least} to {most}, the deposits of {group} States"
            yield problem(GROUPS, row.Index, "parties", row.parties, told)
    yield from _within_others(rows)


def groups_are_of_one_day() -> Iterator[str]:
    """The deposits make the numbers of all groups of an instrument on one day at least.

    The chart of a year was drawn up in it or late in the year before.
    """
    rows, areas = load(GROUPS), load("migrant_stock_areas").dropna(subset="iso3")
    for name, own in rows.groupby("instrument_id"):
        acts = treaties.actions(str(name)).dropna(subset="action_date")
        # The Holy See is a party without being a Member State.
        code = acts["iso3"].fillna(acts["participant"].map(areas.set_index("name")["iso3"]))
        year = own["as_of"].max()
        days = pd.date_range(f"{year - 1}-01-01", f"{year}-12-31")
        known = pd.DataFrame(index=days)
        for row in own.itertuples():
            deposits = acts["action_date"][code.isin(_members(row.m49))].sort_values()
            known[row.Index] = np.searchsorted(deposits, days, "right")
        held = known.eq(own["parties"])
        if held.all(axis=1).any():
            continue
        for index in held:
            if (others := held.drop(columns=index).all(axis=1)).any():
                made = " or ".join(map(str, sorted(set(known.loc[others, index]))))
                told = f"{made}, the deposits when its other groups have theirs"
                yield problem(GROUPS, int(index), "parties", own["parties"][index], told)


def _members(m49: int) -> set[str]:
    """Codes of the States of a development group, by the edition of the chart."""
    areas = load("migrant_stock_areas").dropna(subset="iso3")
    own = {
        901: areas["development"] == "more developed",
        902: areas["development"] == "less developed",
        941: areas["least_developed_to"] >= CHART,
    }
    return set(areas.loc[own[m49].fillna(False), "iso3"]) if m49 in own else set()


def _within_others(rows: pd.DataFrame) -> Iterator[str]:
    """Where all parties to an instrument are parties to another, no group has more to the first."""
    parties = {name: treaties.actions(str(name)).dropna(subset="action_date")
               for name in rows["instrument_id"].unique()}  # fmt: skip
    for row in rows.itertuples():
        own = set(_until(parties[row.instrument_id], row.as_of))
        for other in rows[(rows["m49"] == row.m49) & (rows["as_of"] == row.as_of)].itertuples():
            if row.parties > other.parties and own < set(
                _until(parties[other.instrument_id], row.as_of)
            ):
                told = f"{other.parties} or less, since all are parties to {other.instrument_id}"
                yield problem(GROUPS, row.Index, "parties", row.parties, told)


def _until(actions: pd.DataFrame, year: int) -> pd.Series:
    return actions.loc[actions["action_date"] < f"{year + 1}-01-01", "participant"]


def later_actions() -> Iterator[str]:
    """What is known of later deposits begins after the list ends; force follows by the rule."""
    rows = load(LATER)
    instruments = load(INSTRUMENTS).set_index("instrument_id")
    for row in rows.itertuples():
        end = instruments.at[row.instrument_id, "complete_to"]
        if not row.earliest > end:
            told = f"after {words(end)}, to which the list is complete"
            yield problem(LATER, row.Index, "earliest", words(row.earliest), told)
        if row.latest < row.earliest:
            told = f"{words(row.earliest)} or later"
            yield problem(LATER, row.Index, "latest", words(row.latest), told)
        if (row.latest == row.earliest) != pd.notna(row.in_force_from):
            told = "the day of force, where the deposit is known to the day"
            yield problem(LATER, row.Index, "in_force_from", words(row.in_force_from), told)
        elif pd.notna(row.in_force_from):
            rule = treaties.RULES[instruments.at[row.instrument_id, "later_rule"]]
            if rule(row.earliest) != row.in_force_from:
                article = instruments.at[row.instrument_id, "later_article"]
                told = f"{words(rule(row.earliest))}, by {article}"
                yield problem(LATER, row.Index, "in_force_from", words(row.in_force_from), told)


def parties_to_the_ilo_convention() -> Iterator[str]:
    """ILO C97 binds twelve months after registration; no more are known than are parties."""
    rows, total = load(PARTIES), load(TOTALS).query("instrument_id == 'ilo-c97'")
    own = load(INSTRUMENTS).set_index("instrument_id").loc["ilo-c97"]
    adopted, first_in_force = own["adopted"], own["entry_into_force"]
    for row in rows.itertuples():
        if row.registered < adopted:
            told = f"after {words(adopted)}, the day of adoption"
            yield problem(PARTIES, row.Index, "registered", words(row.registered), told)
        if pd.notna(row.in_force_from) and pd.notna(row.registered):
            due = row.registered + pd.DateOffset(years=1)
            if row.in_force_from != due:
                told = f"{words(due)}, twelve months after {long_date(row.registered)}"
                yield problem(PARTIES, row.Index, "in_force_from", words(row.in_force_from), told)
        if row.party_in_2024 == pd.isna(row.iso3) or (not row.party_in_2024 and pd.isna(row.note)):
            told = "true for a State of today, false for a former one, with a note"
            yield problem(PARTIES, row.Index, "party_in_2024", row.party_in_2024, told)
        if pd.isna(row.in_force_from) and "NORMLEX" not in row.source:
            told = "the day that its source gives, which is no list of registrations alone"
            yield problem(PARTIES, row.Index, "in_force_from", None, told)
        if pd.isna(row.registered) != ("not seen" in words(row.note)):
            told = "a day, or a note that it was not seen"
            yield problem(PARTIES, row.Index, "registered", words(row.registered), told)
        if "the first" in words(row.note) and row.in_force_from != first_in_force:
            told = f"{words(first_in_force)}, of {INSTRUMENTS}, for one of the first"
            yield problem(PARTIES, row.Index, "in_force_from", words(row.in_force_from), told)
    if (first := rows["in_force_from"].min()) != first_in_force:
        at = int(load(INSTRUMENTS).index[load(INSTRUMENTS)["instrument_id"] == "ilo-c97"][0])
        told = f"{words(first)}, from which it binds its first parties"
        yield problem(INSTRUMENTS, at, "entry_into_force", words(first_in_force), told)
    for row in total.itertuples():
        known = (rows["registered"] <= pd.Timestamp(row.as_of)).sum()
        if known > row.parties:
            told = f"{known} or more, those known by name"
            yield problem(TOTALS, row.Index, "parties", row.parties, told)


def participants_are_states() -> Iterator[str]:
    """A participant has the code of a State that is named so, or is no State."""
    codes = _codes()
    for name in (ACTIONS, LATER, PARTIES):
        rows = load(name)
        for row in rows.itertuples():
            expected = codes.get(str(row.participant))
            given = None if pd.isna(row.iso3) else row.iso3
            if expected != given and not (expected is None and _alias(str(row.participant), rows)):
                told = f"{expected or 'nothing'}, the code of {row.participant}"
                yield problem(name, row.Index, "iso3", row.iso3, told)


def _codes() -> dict[str, str]:
    """Codes of States by the names that the tables of States and of areas have for them."""
    members = load("un_members")
    areas = load("migrant_stock_areas")
    areas = areas[areas["iso3"].isin(members["iso3"])]
    return {
        str(name): str(code)
        for rows in (areas, members)
        for name, code in zip(rows["name"], rows["iso3"], strict=True)
    }


def _alias(participant: str, rows: pd.DataFrame) -> bool:
    """Whether all rows of a participant under another name have its code, as some other has."""
    own = rows[rows["participant"] == participant]["iso3"]
    return bool(own.nunique() == 1 and own.notna().all())


CHECKS = (
    dates_in_their_order, working_days, entry_into_force_by_the_rule,
    later_rules_of_the_texts, later_rules_begin_as_the_texts_say, ends_of_the_lists,
    protocols_signed_together, days_of_force_elsewhere,
    totals_that_others_published, totals_grow, signatories_that_others_published,
    groups_make_the_whole, groups_are_of_one_day, later_actions, parties_to_the_ilo_convention,
    participants_are_states,
)  # fmt: skip
