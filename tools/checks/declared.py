"""What a schema declares beyond types: how a key is made, how rows are sorted, what repeats what.

Frictionless passes over properties that it does not know, so the rules stand beside the fields:

* `identity` of a table: its key is made of these fields, so that neither can change alone.
* `order`: rows are sorted by these fields, so that a value that is out of place shows.
* `counted`: a field that counts the rows of each group from one.
* `rows`: how many there are, counted apart from them; where nothing else would miss one.
* `sameAs` of a field: it repeats a field of the row, in another table, that `by` refers to.
* `named` of a table: ids that have words of the fields named, or their initials, more of them than
  those of the rows beside them have.
* `follows` of a field: rows that are alike in the fields named are alike in it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pandas as pd

from analysis.tables import describe, load, names
from tools.checks.check import Check
from tools.verify.problems import problem

Rule = Callable[..., Iterator[str]]
LETTERS = 5  # Of a word of an id; what is longer may have another ending.


def slug(text: str) -> str:
    """A text in lower-case letters, digits and hyphens, as ids have it."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def keys_made_of_their_fields(name: str, template: str) -> Iterator[str]:
    """A key is made of the fields that its schema names."""
    rows, key = load(name), _key(name)
    for index, row in enumerate(rows.astype("string").fillna("").to_dict("records")):
        expected = slug(template.format(**row))
        if row[key] != expected:
            yield problem(name, index, key, row[key], f"{expected}, made of {template}")


def rows_in_order(name: str, by: list[str]) -> Iterator[str]:
    """Rows are sorted by the fields that their schema names, the missing ones last."""
    rows = load(name)
    ranks = rows[by].apply(lambda column: column.rank(method="dense", na_option="bottom"))
    ranked = list(ranks.itertuples(index=False, name=None))
    for index in range(1, len(ranked)):
        before, here = ranked[index - 1], ranked[index]
        if here < before:
            field = next(f for f, a, b in zip(by, here, before, strict=True) if a < b)
            above = words(rows[field].iloc[index - 1])
            told = f"{above} of the row above or later; rows are sorted by {', '.join(by)}"
            yield problem(name, index, field, words(rows[field].iloc[index]), told)


def rows_counted(name: str, counted: dict[str, Any]) -> Iterator[str]:
    """A field that counts rows does so from one, without a gap, in each group."""
    rows, field = load(name), counted["field"]
    groups = rows.groupby(counted["within"], sort=False) if counted["within"] else [("", rows)]
    for _, group in groups:
        for expected, (index, value) in enumerate(group[field].items(), 1):
            if value != expected:
                yield problem(name, int(index), field, value, f"{expected}, the next of them")


def rows_as_many(name: str, rows: int) -> Iterator[str]:
    """A table has as many rows as were counted when it was last entered or changed."""
    if (found := len(load(name))) != rows:
        told = f"{rows} rows, as the schema counts them; change both if one was meant"
        yield problem(name, found - 1, _key(name), f"the last of {found}", told)


def fields_that_repeat_another(name: str, field: str, rule: dict[str, Any]) -> Iterator[str]:
    """A field that repeats one of another table has the same value there."""
    table, by, repeated = rule["resource"], rule["by"], rule["field"]
    there = load(table).dropna(subset=[rule.get("on", _key(table))])
    known = there.drop_duplicates(rule.get("on", _key(table)))
    known = known.set_index(rule.get("on", _key(table)))[repeated]
    rows = load(name)
    if repeated == "value" and not rule.get("alone"):
        # A stated value is not given without the statement that states it, nor the reverse.
        for index in rows.index[rows[by].isna() != rows[field].isna()]:
            yield problem(name, int(index), field, rows[field][index], f"a value with its {by}")
    own = rows[rows[by].isin(known.index)]
    expected = own[by].map(known)
    for index, value, other in zip(own.index, own[field], expected, strict=True):
        if not _alike(value, other):
            told = f"{words(other)}, the {repeated} of {table}/{own.at[index, by]}"
            yield problem(name, int(index), field, value, told)


def fields_that_follow_others(name: str, field: str, by: list[str]) -> Iterator[str]:
    """Rows that are alike in what a field follows are alike in the field."""
    rows = load(name).dropna(subset=by)
    values = rows[field].astype("string").fillna("")
    groups = values.groupby([rows[each] for each in by], sort=False)
    apart = groups.transform("nunique") > 1
    for _, group in values[apart].groupby([rows.loc[apart, each] for each in by], sort=False):
        usual = group.mode()[0]
        for index, value in group[group != usual].items():
            told = f"{usual or 'nothing'}, as in other rows with the same {', '.join(by)}"
            yield problem(name, int(index), field, value, told)


def ids_that_tell_their_rows(name: str, named: dict[str, list[str]]) -> Iterator[str]:
    """An id is made of words of its row; it would fit the row above or below no better."""
    rows = load(name)
    for key, fields in named.items():
        texts = [slug(" ".join(cells)) for cells in rows[fields].astype("string").fillna("").values]
        parts = [[p[:LETTERS] for p in slug(str(key)).split("-") if p] for key in rows[key]]
        for index in range(1, len(rows)):
            above = index - 1
            own = _fit(parts[above], texts[above]) + _fit(parts[index], texts[index])
            if _fit(parts[above], texts[index]) + _fit(parts[index], texts[above]) > own:
                told = f"{rows[key][above]}, whose words its {', '.join(fields)} has"
                yield problem(name, index, key, rows[key][index], told)


def _fit(parts: list[str], text: str) -> int:
    initials = "".join(word[0] for word in text.split("-") if word)
    return sum(f"-{part}" in f"-{text}" or (len(part) > 2 and part in initials) for part in parts)


def _alike(one: Any, other: Any) -> bool:
    if pd.isna(one) or pd.isna(other):
        return bool(pd.isna(one) and pd.isna(other))
    return bool(one == other)


def words(value: Any) -> str:
    """A value as a table writes it."""
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    return "nothing" if pd.isna(value) else str(value)


def _key(name: str) -> str:
    keys = describe(name)["schema"]["primaryKey"]
    return str(keys if isinstance(keys, str) else keys[0])


def checks() -> Iterator[Check]:
    """Every rule that a schema declares, as a check of its own."""
    whole: dict[str, Rule] = {
        "identity": keys_made_of_their_fields,
        "order": rows_in_order,
        "counted": rows_counted,
        "rows": rows_as_many,
        "named": ids_that_tell_their_rows,
    }
    single: dict[str, Rule] = {
        "sameAs": fields_that_repeat_another,
        "follows": fields_that_follow_others,
    }
    for name in names():
        schema = describe(name)["schema"]
        for rule in [rule for rule in whole if rule in schema]:
            yield Check(f"{name}: {rule}", partial(whole[rule], name, schema[rule]))
        for field in schema["fields"]:
            for rule in [rule for rule in single if rule in field]:
                run = partial(single[rule], name, field["name"], field[rule])
                yield Check(f"{name}.{field['name']}: {rule}", run)
