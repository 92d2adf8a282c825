"""The cells of an exhibit: as a file holds them for programs, and as readers see them.

In a file a number is plain ("-0.2", where readers see "−0.20"), a date is that of ISO 8601, truth
is `true` or `false`, what is missing is empty, and an interval is two columns of numbers. Text that
a program would take for one of these, or could not tell from them, is refused.
"""

from __future__ import annotations

import re
from calendar import month_name
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from analysis.precision import Interval, as_interval
from analysis.words import number, quantity, span

Formats = Mapping[str, str | Callable[..., str]]
Fields = tuple[dict[str, str], ...]
Rows = list[list[str]]

MISSING = "–"
LOW, HIGH = "(low)", "(high)"
# What pandas finds in a column, and the type of a Frictionless schema.
TYPES = {
    "boolean": "boolean", "integer": "integer", "floating": "number",
    "mixed-integer-float": "number", "decimal": "number", "datetime": "date",
}  # fmt: skip
NUMERIC = ("integer", "number")

PLAIN = r"[-+−]?\d+(\.\d+)?"
GROUPED = r"[-+−]?\d{1,3}(,\d{3})*(\.\d+)?"
# Text in place of a value, and what to hand on instead.
REFUSED = {
    re.compile(rf"{GROUPED} (to|or|and) {GROUPED}|{PLAIN} (to|or|and) {PLAIN}"): "an Interval",
    re.compile(rf"{GROUPED} or (more|fewer|less)"): "an Interval",
    re.compile(rf"{GROUPED} of {GROUPED}"): "a column for each number",
    re.compile(r"[-+−]\d[\d,.]*|\d{1,3}(,\d{3})+(\.\d+)?"): "a number, its form in `formats`",
    re.compile(rf"(\d\d? )?({'|'.join(month_name[1:])}) \d\d\d\d"): "an ISO date",
    re.compile(r"[-–—−]"): "a missing value",
}
# Text that programs take for something else if nothing but that is in a column.
WHOLE = {
    re.compile(PLAIN): "a number",
    re.compile("yes|no|true|false"): "a truth value",
}


@dataclass(frozen=True)
class Cells:
    """A data frame as an exhibit holds it.

    Attributes:
        fields: a column of the file each: `name`, `type` (of a Frictionless schema), `align` if it
            is set to the right; of an end of an interval, `interval`: the head of the two.
        rows: the file's cells: full precision, no thousands separators.
        shown: the same as readers see them, rounded and grouped; an interval is one cell.
    """

    fields: Fields
    rows: Rows
    shown: Rows


def heads(fields: Fields) -> Fields:
    """The columns that readers see: the two ends of an interval are one."""
    seen = {field.get("interval", field["name"]): field for field in fields}
    return tuple({**field, "name": name} for name, field in seen.items())


def cells(data: pd.DataFrame, formats: Formats) -> Cells:
    """A data frame as fields and rows.

    Args:
        data: columns named for readers, units in the names; an `Interval`, or a plain number
            beside one, is in the unit of its column; a `Decimal` keeps its digits.
            An end that is open or infinite is told apart only as readers see it.
        formats: per column, a format specification or a function to text; `str` declares that the
            column is text, whatever it looks like.

    Raises:
        ValueError: a cell is text that stands for a number, an interval, a date or nothing; or two
            columns have one name.
    """
    fields: list[dict[str, str]] = []
    columns: list[list[str]] = []
    shown: list[list[str]] = []
    for name, column in data.items():
        head, how, values = str(name), formats.get(str(name)), column.astype(object).tolist()
        ranged = any(isinstance(value, Interval) for value in values)
        if ranged:
            values = [_interval(value, head, row) for row, value in enumerate(values, start=1)]
        shown.append([_shown(value, how) for value in values])
        if ranged:
            ends = [value.finite_ends if value else (None, None) for value in values]
            for place, end in enumerate((LOW, HIGH)):
                fields.append({"name": f"{head} {end}", "type": "number", "align": "right",
                               "interval": head})  # fmt: skip
                columns.append([_raw(pair[place], "") for pair in ends])
            continue
        kind = TYPES.get(pd.api.types.infer_dtype(values, skipna=True), "string")
        if kind == "string":
            _check(values, head, declared=how is str)
        right = kind in NUMERIC or how is not None
        fields.append({"name": head, "type": kind, **({"align": "right"} if right else {})})
        columns.append([_raw(value, text) for value, text in zip(values, shown[-1], strict=True)])
    # Databases take capitals and small letters for the same.
    known = Counter(field["name"].casefold() for field in fields)
    if twice := [field["name"] for field in fields if known[field["name"].casefold()] > 1]:
        raise ValueError(f"columns {twice}: expected: names that differ by more than capitals")
    return Cells(tuple(fields), _rows(columns), _rows(shown))


def _rows(columns: list[list[str]]) -> Rows:
    return [list(row) for row in zip(*columns, strict=True)]


def _check(values: list[object], head: str, *, declared: bool) -> None:
    texts = {row: value for row, value in enumerate(values, 1) if isinstance(value, str)}
    for row, text in texts.items() if not declared else ():
        for pattern, expected in REFUSED.items():
            if pattern.fullmatch(text):
                raise ValueError(_told(head, row, text, expected))
    for pattern, expected in WHOLE.items():
        if texts and all(pattern.fullmatch(text) for text in texts.values()):
            row, text = next(iter(texts.items()))
            raise ValueError(_told(head, row, text, f"{expected}, as in all of the column"))


def _interval(value: object, head: str, row: int) -> Interval | None:
    if _missing(value):
        return None
    if isinstance(value, Interval | int | float):
        return as_interval(value)
    raise ValueError(_told(head, row, value, "an Interval or a number"))


def _told(head: str, row: int, value: object, expected: str) -> str:
    return f"row {row}: column {head!r}: value {value!r}: expected: {expected}"


def _missing(value: object) -> bool:
    return value is None or (not isinstance(value, (list, tuple)) and bool(pd.isna(value)))


def _raw(value: object, shown: str) -> str:
    if _missing(value):
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return format(value, "z.12g")  # more digits would differ between processors
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    return str(value) if isinstance(value, int | Decimal | str) else shown


def _shown(value: object, how: str | Callable[[object], str] | None) -> str:
    if _missing(value):
        return MISSING
    if callable(how):
        return how(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return number(value, how or (",.0f" if value.is_integer() else ",.2f"))
    if isinstance(value, int | Decimal):
        return format(value, how or ",").replace("-", "−")
    if isinstance(value, Interval):
        return span(value, how or quantity)
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    return format(value, how) if how else str(value)
