"""The statements of the ledger, what is worked out from them, and the tables that repeat them."""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Iterator
from typing import Any

import pandas as pd

from analysis.audit import discrepancies, pairs, relations
from analysis.days import period
from analysis.statements import stated
from analysis.tables import TableError, describe, load, names
from tools.checks.declared import slug, words
from tools.verify import figures, places
from tools.verify.problems import problem

# Relations that rest on a page of the record.
BY_THE_RECORD = ("record", "session opening", "general debate")
BOUNDING = r"no more than|no fewer than|fit under|include all"
LEDGER, RELATIONS, DISCREPANCIES = "statements", "relations", "discrepancies"


def words_and_values() -> Iterator[str]:
    """The figure in a phrase reads as the value; the words around it settle the qualifier."""
    yield from figures.problems(load(LEDGER))


def places_that_can_be() -> Iterator[str]:
    """A place is one that its document can have."""
    yield from places.misnamed_places()


def reading_order() -> Iterator[str]:
    """Statements stand in the order of the documents, and of the paragraphs or pages of each."""
    documents = load("documents")["document_id"].tolist()
    for name in (LEDGER, "uncovered", "damage", "titles", "pages"):
        rows, last, number = load(name), -1, -1
        for row in rows.itertuples():
            rank = documents.index(row.document_id)
            here = re.fullmatch(r"(?:para\.|p\.) (\d+)", words(row.place))
            if rank < last:
                told = f"{documents[last]} or a later document, as in the row above"
                yield problem(name, row.Index, "document_id", row.document_id, told)
            elif rank == last and here and name == LEDGER and int(here[1]) < number:
                told = f"{number} or later, as in the row above"
                yield problem(name, row.Index, "place", row.place, told)
            if rank != last:
                number = -1
            last = max(rank, last)
            number = int(here[1]) if here else number


def ids_of_statements() -> Iterator[str]:
    """An id is quantity, year if there are several, document, and place if there are two."""
    rows = load(LEDGER)
    for row in rows.itertuples():
        stem, document = str(row.quantity_id), slug(str(row.document_id)).replace("a-res", "res")
        pattern = rf"{stem}(-\d{{4}})?-{document}(-{slug(str(row.place))}(-\d)?)?"
        if not re.fullmatch(pattern, str(row.statement_id)):
            told = f"{stem}, perhaps a year, {document}, perhaps {slug(str(row.place))}"
            yield problem(LEDGER, row.Index, "statement_id", row.statement_id, told)
        year = re.search(r"-(\d{4})-", str(row.statement_id))
        dates = words(row.reference_date)
        if year and dates != "nothing" and not _within(year[1], dates):
            told = f"a time in {year[1]}, as its id says"
            yield problem(LEDGER, row.Index, "reference_date", row.reference_date, told)


def _within(year: str, dates: str) -> bool:
    first, last = period(dates)
    return bool(first.year <= int(year) <= last.year)


def shares_and_units() -> Iterator[str]:
    """A share says of what; a figure in per cent is counted in per cent."""
    for row in load(LEDGER).itertuples():
        if row.unit in ("share", "per cent") and pd.isna(row.denominator):
            yield problem(LEDGER, row.Index, "denominator", None, "what it is a share of")
        if re.search("per cent|%", row.figure) and row.unit != "per cent":
            yield problem(LEDGER, row.Index, "unit", row.unit, "per cent, as the figure says")
        if row.qualifier == "share-in-words" and row.unit != "share":
            yield problem(LEDGER, row.Index, "unit", row.unit, "share, for a share in words")


def relations_come_out() -> Iterator[str]:
    """What a document's figures make is what it says; an assumption may fail if that is told of."""
    table, told_of = load(RELATIONS), load(DISCREPANCIES)
    known = set(told_of["relation"].dropna())
    for field in ("statement_a", "statement_b", "further_statements"):
        known |= {each for cell in told_of[field].dropna() for each in cell.split()}
    at = {str(name): int(index) for index, name in table["relation_id"].items()}
    for index, row in enumerate(table.to_dict("records")):
        if pd.isna(row["operands"]):
            yield problem(RELATIONS, index, "operands", None, "what the figure is made of")
            continue
        try:
            results = relations.evaluate(table.iloc[[index]]).to_dict("records")
        except (KeyError, ValueError) as error:
            told = f"operands that can be found; {_said(error)}"
            yield problem(RELATIONS, index, "operands", row["operands"], told)
            continue
        for result in results:
            told_so = {result["relation_id"], result["statement_id"]} & known
            failed = result["verdict"] == relations.INCONSISTENT
            if failed and not (told_so and row["basis"] == "assumed"):
                told = f"{result['as_stated']}, as stated; it makes {result['computed']}"
                where = at[str(result["relation_id"])]
                yield problem(RELATIONS, where, "operands", row["operands"], told)


def lists_are_those_of_their_relations() -> Iterator[str]:
    """A list that is counted has a word of its name in the id or the claim of the relation."""
    rows = load(RELATIONS).dropna(subset="operands")
    for row in rows[rows["operands"].str.contains("list_id=")].itertuples():
        named = re.findall(r"[a-z]{4,}", " ".join(re.findall(r"list_id=([a-z-]+)", row.operands)))
        if not any(word[:5] in f"{row.relation_id} {row.claim}".lower() for word in named):
            told = f"a list whose name has a word of {row.relation_id}"
            yield problem(RELATIONS, row.Index, "operands", row.operands, told)


def statements_of_a_relation() -> Iterator[str]:
    """The figures that a relation gives are of one matter, and none of them is made of itself."""
    for row in load(RELATIONS).dropna(subset="statements").itertuples():
        given = str(row.statements).split()
        made = relations.operands({"operands": row.operands})
        for name in given:
            if name in made or name.partition("-")[0] != given[0].partition("-")[0]:
                told = f"a statement like {given[0]}, which is no operand"
                yield problem(RELATIONS, row.Index, "statements", name, told)


def items_of_a_list_stand_together() -> Iterator[str]:
    """An item of a list stands where the one before it in its document does, or next to it."""
    rows = load("list_items")
    for (_, document), own in rows.groupby(["list_id", "document_id"], sort=False):
        places = [(re.findall(r"\d+", place), place) for place in own["place"]]
        for index, (before, _), (here, place) in zip(
            own.index[1:], places, places[1:], strict=False
        ):
            if before and here and not 0 <= int(here[-1]) - int(before[-1]) <= 1:
                told = f"the place in {document} of the item before, or the next"
                yield problem("list_items", int(index), "place", place, told)


def bounds_claim_no_more() -> Iterator[str]:
    """A relation that bounds a figure says so in its claim; one that gives the figure does not."""
    for row in load(RELATIONS).itertuples():
        bound = re.search(BOUNDING, str(row.claim))
        if (row.kind in relations.BOUNDS) != bool(bound):
            told = f"a bound, as the claim says: {bound[0]}" if bound else "a kind without a bound"
            yield problem(RELATIONS, row.Index, "kind", row.kind, told)
        if (row.kind == "whole-number share") != ("whole number" in str(row.claim)):
            told = "whole-number share, for a claim of a whole number, and for nothing else"
            yield problem(RELATIONS, row.Index, "kind", row.kind, told)


def _said(error: Exception) -> str:
    return str(error).strip("'\"")


def relations_name_their_record() -> Iterator[str]:
    """An operand of the record names its table as `record`; a page has the number used of it."""
    pages = load("public_pages").set_index("page_id")["says"]
    documents = set(load("documents")["document_id"])
    tables = set(names())
    for row in load(RELATIONS).dropna(subset="operands").itertuples():
        record = "" if pd.isna(row.record) else str(row.record)
        table, _, key = record.partition("/")
        if table and table not in tables:
            yield problem(RELATIONS, row.Index, "record", record, "a table of the package")
        if table == "public_pages" and key not in pages.index:
            yield problem(RELATIONS, row.Index, "record", record, "a page of public_pages")
        used = set(re.findall(r"(?:^|; )([a-z_0-9]+)(?=[/\[#;]|$)", words(row.operands)))
        needed = {name for name in used & tables if _recorded(name)}
        needed |= {"treaty_actions"} if row.kind == "entry into force" else set()
        for name in sorted(needed - {table}):
            told = f"{name}, which an operand uses"
            yield problem(RELATIONS, row.Index, "record", record, told)
        if table not in needed and not needed and record != (page := _page_of(row, record)):
            told = page or "nothing, for what no record tells"
            yield problem(RELATIONS, row.Index, "record", record, told)
        if row.kind in ("record", "duration") and key in pages.index:
            for token in relations.operands({"operands": row.operands}):
                numbers = [token] if token.isdigit() else [d[8:] for d in token.split("..")]
                for number in numbers:
                    if number.isdigit() and not re.search(rf"\b0?{int(number)}\b", pages[key]):
                        told = f"a number that the page {key} has"
                        yield problem(RELATIONS, row.Index, "operands", row.operands, told)
        if pd.notna(row.statements):
            for name in str(row.statements).replace(";", " ").split():
                if name not in _ids():
                    yield problem(RELATIONS, row.Index, "statements", name, "ids of statements")
        if pd.notna(row.claimed) and pd.isna(row.place):
            yield problem(RELATIONS, row.Index, "place", None, "where the claim stands")
        if row.kind in BY_THE_RECORD and table != "public_pages":
            yield problem(RELATIONS, row.Index, "record", None, f"a page, for the {row.kind}")
        if pd.notna(row.document_id) != pd.notna(row.claimed) or (
            pd.notna(row.document_id) and row.document_id not in documents
        ):
            told = "where a claim in words stands, and only there"
            yield problem(RELATIONS, row.Index, "document_id", row.document_id, told)
        if pd.notna(row.claimed) == pd.notna(row.statements):
            told = "what a document claims in words, or the statements that are checked"
            yield problem(RELATIONS, row.Index, "claimed", row.claimed, told)


def _page_of(row: Any, record: str) -> str:
    """The page on which a relation rests that uses no table of the record; empty if none does.

    A rule of the calendar rests on the page that gives it, days that are of no event on the page
    that has them, and a number on the page that has it and most words of the claim.
    """
    pages = load("public_pages").set_index("page_id")
    operands = relations.operands({"operands": row.operands})
    said = pages["says"]
    if row.kind in ("session opening", "general debate"):
        fits = said.str.contains(rf"\bRule\b.*\b{row.kind.removesuffix(' opening')} opens")
    elif row.kind == "duration":
        days = load("events").dropna(subset="date_end")
        if operands[0] in set(days["date"] + ".." + days["date_end"]):
            return ""
        months = {day for token in operands for day in re.findall(r"(\d{4})-(\d\d)", token)}
        fits = pd.Series(True, said.index)
        for year, month in months:
            fits &= said.str.contains(rf"\b{month_name[int(month)]}\b.*\b{year}\b")
    elif row.kind == "record":
        told = pages["title"] + " " + said
        shared = told.map(lambda text: len(_long_words(row.claim) & _long_words(text)))
        shared = shared.where(said.str.contains(rf"\b{operands[0]}\b"), 0)
        fits = (shared == shared.max()) & (shared > 0)
    else:
        return ""
    known = [f"public_pages/{name}" for name in said.index[fits]]
    return record if record in known else (known or ["a page of public_pages"])[0]


def _long_words(text: str) -> set[str]:
    """The beginnings of the long words of a text."""
    return {word[:5] for word in re.findall(r"[a-z]{4,}", str(text).lower())}


def _recorded(name: str) -> bool:
    return str(describe(name)["path"]).startswith("record/")


def _ids() -> set[str]:
    return set(load(LEDGER)["statement_id"])


def discrepancies_are_reproduced() -> Iterator[str]:
    """A discrepancy of numbers comes out again from its two sides or its relation."""
    rows = load(DISCREPANCIES)
    for index, row in rows.iterrows():
        where = int(str(index))
        if row["numeric"] != pd.notna(row["test"]) or (
            pd.notna(row["relation"]) and not row["numeric"]
        ):
            told = "true for a row with a test, false for one without"
            yield problem(DISCREPANCIES, where, "numeric", row["numeric"], told)
            continue
        if not row["numeric"]:
            continue
        try:
            held = discrepancies.reproduced(row)
        except (KeyError, ValueError, TableError) as error:
            told = f"sides that can be computed; {_said(error)}"
            yield problem(DISCREPANCIES, where, "test", row["test"], told)
            continue
        if held is not True:
            told = "a test that the two sides pass"
            yield problem(DISCREPANCIES, where, "test", row["test"], told)
        elif (expected := _test(row)) != row["test"]:
            told = f"{expected}, by its relation or the two figures"
            yield problem(DISCREPANCIES, where, "test", row["test"], told)


def _test(row: pd.Series) -> str:
    """The test by which a discrepancy of numbers is shown: what its relation does, or its figures.

    Figures that leave no common number are apart; those that do agree where the discrepancy is
    only apparent, and differ where it is not.
    """
    apparent = row["class"] == "none"
    if pd.notna(row["relation"]):
        failed = relations.INCONSISTENT in discrepancies.verdicts().loc[[row["relation"]]].to_list()
        if not failed and not apparent:
            return "agree"
        kind = load(RELATIONS).set_index("relation_id").at[row["relation"], "kind"]
        return {"sum": "sum", "difference": "sum", "share": "share"}.get(kind, "recount")
    if stated(str(row["statement_a"])).unit == "per cent" and pd.notna(row["record_b"]):
        return "share"
    one, other = discrepancies.sides(row)
    if not one.meets(other):
        return "apart"
    return "agree" if apparent else "differ"


def discrepancies_stand_where_their_statements_do() -> Iterator[str]:
    """Each side cites the place of its statement, a record or a page that exists."""
    rows, pages = load(DISCREPANCIES), set(load("public_pages")["page_id"])
    tables, documents = set(names()), set(load("documents")["document_id"])
    kinds = rows["class"].tolist()
    used = set(load(RELATIONS)["record"].dropna().str.extract(discrepancies.PAGE)[0].dropna())
    for row in rows.itertuples():
        for side in "ab":
            statement, document = (
                getattr(row, f"statement_{side}"),
                getattr(row, f"document_{side}"),
            )
            place, field = getattr(row, f"place_{side}"), f"place_{side}"
            if pd.notna(statement) and stated(str(statement)).place not in words(place):
                told = f"{stated(str(statement)).place}, the place of {statement}"
                yield problem(DISCREPANCIES, row.Index, field, place, told)
            if (document in documents) != pd.notna(place):
                told = "a place, for a side that is a document"
                if document not in documents:
                    told = "nothing, for a side that is no document"
                yield problem(DISCREPANCIES, row.Index, field, place, told)
        if row.document_b == "record" and pd.isna(row.record_b):
            told = "a row of the record, for a side that is the record"
            yield problem(DISCREPANCIES, row.Index, "record_b", row.record_b, told)
        elif pd.notna(row.record_b):
            table, _, key = str(row.record_b).partition("/")
            if table not in tables or (key and key not in _keys(table)):
                told = "a table of the package and a key of it"
                yield problem(DISCREPANCIES, row.Index, "record_b", row.record_b, told)
        further = [] if pd.isna(row.further_statements) else row.further_statements.split()
        for name in further:
            if name not in _ids():
                told = f"ids of statements; {name} is none"
                yield problem(DISCREPANCIES, row.Index, "further_statements", name, told)
        if pd.notna(row.relation):
            checked = load(RELATIONS).set_index("relation_id")["statements"].get(row.relation)
            sides = {row.statement_a, row.statement_b, *further}
            if pd.notna(checked) and not set(str(checked).replace(";", " ").split()) & sides:
                told = f"a relation about its statements; {row.relation} is about {checked}"
                yield problem(DISCREPANCIES, row.Index, "relation", row.relation, told)
            claims = load(RELATIONS).query("relation_id == @row.relation").dropna(subset="claimed")
            for claim in claims.itertuples():
                if (claim.document_id, claim.place) not in (
                    (row.document_a, row.place_a), (row.document_b, row.place_b)
                ):  # fmt: skip
                    told = f"a relation about its places; {row.relation} is about {claim.place}"
                    yield problem(DISCREPANCIES, row.Index, "relation", row.relation, told)
        used |= set(discrepancies.PAGE.findall(f"{row.evidence} {row.record_b}"))
        for page in sorted(set(discrepancies.PAGE.findall(words(row.evidence))) - pages):
            yield problem(DISCREPANCIES, row.Index, "evidence", page, "a page of public_pages")
        if kinds[row.Index] == "none" and row.status == "unresolved":
            told = "resolved, for what is only apparent"
            yield problem(DISCREPANCIES, row.Index, "status", row.status, told)
    listed = load("public_pages")["page_id"]
    for index in listed.index[~listed.isin(used)]:
        told = "a page that a discrepancy or a relation cites"
        yield problem("public_pages", int(index), "page_id", listed[index], told)


def _keys(table: str) -> set[str]:
    return set(load(table).iloc[:, 0].astype(str))


def conflicts_are_explained() -> Iterator[str]:
    """Two statements of one quantity that cannot both hold are a discrepancy, with its class."""
    table = pairs.pairs()
    kinds = load(DISCREPANCIES).set_index("discrepancy_id")["class"]
    rows = load(LEDGER).set_index("statement_id", drop=False)["value"].reset_index()
    at = {str(name): int(index) for index, name in rows["statement_id"].items()}
    for row in table[table["outcome"] == "conflict"].itertuples():
        if pd.isna(row.explained) or kinds.get(row.explained) == "none":
            told = f"what {row.second} says of the same quantity, or a discrepancy that tells of it"
            yield problem(
                LEDGER, at[str(row.first)], "value", rows["value"][at[str(row.first)]], told
            )


def status_of_instruments() -> Iterator[str]:
    """What a document says of an instrument's adoption and force is what the record has."""
    known = load("instruments").set_index("instrument_id")
    said = {"adopted": "adopted", "entered into force": "entry_into_force"}
    disputed = {
        (row.document_a, row.place_a)
        for row in load(DISCREPANCIES).query("`class` != 'none'").itertuples()
    }  # A date that the audit tells of may differ.
    for row in load("convention_status").itertuples():
        if row.fact in said and pd.notna(row.date):
            day = words(known.at[row.instrument_id, said[str(row.fact)]])
            if not day.startswith(row.date) and (row.document_id, row.place) not in disputed:
                told = f"{day}, of the table instruments"
                yield problem("convention_status", row.Index, "date", row.date, told)
        after = re.search(rf"{row.fact}\D+(?:\d\d? \D+)?(\d{{4}})", str(row.phrase))
        if after and pd.notna(row.date) and not row.date.startswith(after[1]):
            told = f"a date in {after[1]}, as the phrase says of it"
            yield problem("convention_status", row.Index, "date", row.date, told)
        # That a treaty is in force, without since when, has no date; its phrase has one of a title.
        happened = row.fact != "in force" and re.search(r"\b[12]\d{3}\b", str(row.phrase))
        if happened and pd.isna(row.date):
            yield problem("convention_status", row.Index, "date", None, "the date in its phrase")
        months = re.findall(rf"\b({'|'.join(month_name[1:])})\b", str(row.phrase))
        dated = pd.notna(row.date) and len(row.date) > len("2003")
        if months and dated and month_name[int(row.date[5:7])] not in months:
            told = f"a date in {' or '.join(months)}, as its phrase says"
            yield problem("convention_status", row.Index, "date", row.date, told)
        years = re.findall(r"\b[12]\d{3}\b", str(row.phrase))
        if years and pd.notna(row.date) and row.date[:4] not in years:
            told = f"a date in {' or '.join(years)}, as its phrase says"
            yield problem("convention_status", row.Index, "date", row.date, told)


def lists_make_the_stated_counts() -> Iterator[str]:
    """A list that a document gives has as many items as the document says."""
    rows = load("recommendations")
    report = rows[rows["source_list"] == "report, section 3"]
    groups = report["recommendation_group"]
    responses = load("iscm_survey_responses")
    kinds = responses[responses["level"] == "type"]["responded"].sum()
    for table, counted, statement in (
        ("compact_elements", len(load("compact_elements")), "gcm-elements-grcp7-p-10"),
        ("compact_themes", len(load("compact_themes")), "gcm-themes-grcp7-p-10"),
        ("recommendations", len(report), "grcp7-joint-recommendations-grcp7"),
        ("recommendations", int((groups == "inclusion").sum()),
         "grcp7-priorities-for-inclusion-grcp7-p-12"),
        ("recommendations", int((groups == "follow-up").sum()),
         "grcp7-recommendations-follow-up-grcp7-p-12"),
        ("iscm_survey_responses", int(kinds), "grcp7-survey-respondents-grcp7"),
    ):  # fmt: skip
        if counted != stated(statement).count:
            key = load(table).columns[0]
            last = len(load(table)) - 1
            told = f"{stated(statement).count} of them, as {statement} has"
            yield problem(table, last, key, counted, told)


def recommendations_match_both_ways() -> Iterator[str]:
    """What one list says of the other, the other says of it; ids say list, group and number."""
    rows = load("recommendations")
    matches = {
        str(row.recommendation_id): set() if pd.isna(row.matches) else set(row.matches.split("; "))
        for row in rows.itertuples()
    }
    lists = {"report, section 3": "report", "Highlights, annex 3": "highlights"}
    listed = rows.set_index("recommendation_id")
    for row in rows.itertuples():
        expected = f"{lists[str(row.source_list)]}-{row.recommendation_group}-{row.number}"
        if row.recommendation_id != expected:
            yield problem("recommendations", row.Index, "recommendation_id",
                          row.recommendation_id, expected)  # fmt: skip
        for other in sorted(matches[str(row.recommendation_id)]):
            back = matches.get(other, set())
            if row.recommendation_id not in back or (
                listed.at[other, "recommendation_group"] != row.recommendation_group
                or listed.at[other, "source_list"] == row.source_list
            ):
                told = "rows of the other list that name this one, in the same group"
                yield problem("recommendations", row.Index, "matches", other, told)


def short_phrases() -> Iterator[str]:
    """No more than twelve words of a document are quoted, and a wish stands within its phrase."""
    for name in ("preferences", "preferences_a", "preferences_b"):
        for row in load(name).itertuples():
            if (row.hedge == "none") != (row.phrase == row.wanted):
                told = "the words of the wish, where nothing hedges it"
                yield problem(name, row.Index, "phrase", row.phrase, told)
    for row in load(LEDGER).itertuples():
        if str(row.figure) not in str(row.phrase):
            yield problem(LEDGER, row.Index, "figure", row.figure, "a part of the phrase")


CHECKS = (
    words_and_values, places_that_can_be, reading_order, ids_of_statements, shares_and_units,
    relations_come_out, statements_of_a_relation, items_of_a_list_stand_together,
    bounds_claim_no_more, lists_are_those_of_their_relations,
    relations_name_their_record,
    discrepancies_are_reproduced,
    discrepancies_stand_where_their_statements_do, conflicts_are_explained, status_of_instruments,
    lists_make_the_stated_counts, recommendations_match_both_ways, short_phrases,
)  # fmt: skip
