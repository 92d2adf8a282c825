"""What four times the work takes is about four times the time: nothing looks at all pairs of rows.

Documents and statements are made up for `make verify`; for the analysis the record is repeated
under other keys, to a hundred times its size. Seconds of the processor are compared. A machine
with other work stretches some of them and shortens none, so that the least of several runs counts,
and what seems to grow too fast is run again: what does grow with the square stays above the bar.
"""

from __future__ import annotations

import csv
import gc
import hashlib
import json
import math
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis import migrants, treaties
from analysis.coverage import shares
from analysis.precision import Interval
from analysis.tables import PACKAGE, describe, load, read_text, standing_in, typed
from analysis.vintages import revisions
from tools.corrupt.trial import forget
from tools.verify.__main__ import problems

MORE = 4  # times the work
MOST = 6.0  # times the time: each with each would take sixteen


AGAIN = 5  # times that a doubtful growth is measured
FEW = 0.02  # seconds below which a ratio says nothing
Taken = dict[str, tuple[float, float]]  # seconds by name: for some work, and for MORE times as much


@pytest.fixture(autouse=True)
def _uncollected() -> Iterator[None]:
    """No garbage is collected: how long that takes depends on what other tests left behind."""
    gc.disable()
    yield
    gc.enable()


def seconds(work: Callable[[], object]) -> float:
    """What some work takes of the processor, the less of two runs."""
    taken = []
    for _ in range(2):
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return min(taken)


def least(measure: Callable[[int], dict[str, float]], allowed: float = math.inf) -> Taken:
    """The least that works take: `measure` gives the seconds of each for so many times as much.

    Measured until none grows too fast and all together stay below the seconds that are allowed.
    """
    taken: Taken = {}
    for _ in range(AGAIN):
        small, large = measure(1), measure(MORE)
        for name in small:
            less, more = taken.get(name, (math.inf, math.inf))
            taken[name] = min(less, small[name]), min(more, large[name])
        if not too_fast(taken) and together(taken) < allowed:
            break
    return taken


def too_fast(taken: Taken) -> Taken:
    """The works whose time grows with more than their size."""
    return {n: (less, more) for n, (less, more) in taken.items() if more > MOST * max(less, FEW)}


def together(taken: Taken) -> float:
    """The seconds of all works at the larger size."""
    return sum(more for _, more in taken.values())


def test_work_that_looks_at_all_pairs_is_found_and_linear_work_is_not() -> None:
    rows = 600

    def counted(steps: int) -> float:
        return seconds(lambda: sum(n % 7 for n in range(steps)))

    def measure(times: int) -> dict[str, float]:
        return {"each": counted(rows**2 * times), "pairs": counted((rows * times) ** 2)}

    assert list(too_fast(least(measure))) == ["pairs"]


# --- Documents and statements

TABLES = ("documents", "statements", "titles", "pages", "numbered_names", "uncovered")
STATED = 40  # statements a document


def ledger(folder: Path, documents: int) -> Path:
    """A data package of made-up reports beside their transcriptions; its descriptor's path.

    Each paragraph states a number, which has a row; of another the list of reviewed ones tells.
    """
    described = json.loads(PACKAGE.read_text(encoding="utf-8"))
    kept = [resource for resource in described["resources"] if resource["name"] in TABLES]
    shutil.copytree(PACKAGE.parent / "schemas", folder / "data" / "schemas")
    rows: dict[str, list[dict[str, object]]] = {name: [] for name in TABLES}
    rows["numbered_names"].append({"name": "5+5", "what": "A dialogue"})
    for number in range(documents):
        _report(folder, f"R{number}", rows)
    for resource in kept:
        heads = [field["name"] for field in describe(resource["name"])["schema"]["fields"]]
        path = folder / "data" / resource["path"]
        path.parent.mkdir(exist_ok=True)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, heads, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows[resource["name"]])
    package = folder / "data" / PACKAGE.name
    package.write_text(json.dumps({**described, "resources": kept}), encoding="utf-8")
    return package


def _report(folder: Path, name: str, rows: dict[str, list[dict[str, object]]]) -> None:
    told = [f"{n}. The 5+5 held {n + 100} meetings in {n + 500} towns.\n" for n in _numbers()]
    text = "\n".join(["# A report", *told])
    (folder / f"{name.lower()}.txt").write_bytes(text.encode())
    rows["documents"].append({
        "document_id": name, "title": "Made up", "kind": "slides", "date_earliest": "2031",
        "date_basis": "Made up.", "transcription": f"{name.lower()}.txt",
        "sha256": hashlib.sha256(text.encode()).hexdigest(), "places": "numbered paragraphs",
    })  # fmt: skip
    for n in _numbers():
        where = {"document_id": name, "place": f"para. {n}"}
        rows["statements"].append({
            **where, "statement_id": f"held-{n}-{name.lower()}", "figure": n + 100,
            "phrase": f"held {n + 100} meetings", "quantity_id": "made-up", "quantity": "Made up",
            "value": n + 100, "qualifier": "exact", "unit": "meetings", "topic": "process",
        })  # fmt: skip
        phrase = f"in {n + 500} towns"
        rows["uncovered"].append({**where, "phrase": phrase, "figure": n + 500, "reason": "No."})


def _numbers() -> range:
    return range(1, STATED + 1)


@pytest.mark.slow
def test_verifying_is_linear_in_documents_and_statements(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    verified = {}
    for times in (1, MORE):
        folder, documents = tmp_path / str(times), 15 * times
        verified[times] = partial(problems, folder, ledger(folder, documents))
        assert verified[times]() == []  # and reads the tables, which are kept
        assert f"{2 * documents * STATED} quotations" in capsys.readouterr().out
    assert not too_fast(least(lambda times: {"verify": seconds(verified[times])}))


# --- The record


def repeated(name: str, times: int) -> pd.DataFrame:
    """A table of the record so many times over, each time of other countries that act later."""
    table = load(name)
    return pd.concat([_other(table, number) for number in range(times)], ignore_index=True)


def _other(table: pd.DataFrame, number: int) -> pd.DataFrame:
    if not number:
        return table
    other: dict[str, Any] = {}
    for field in ("participant", "name", "iso3"):
        if field in table:
            other[field] = table[field] + f" {number}"
    for field in ("action_date", "signature_date"):
        if field in table:
            other[field] = table[field] + pd.Timedelta(days=number)
    if "m49" in table:  # those of the whole, of areas and of groups stay what they are
        own = table["m49"].isin(_countries())
        other["m49"] = table["m49"].where(~own, table["m49"] + 10_000 * number)
        return table.assign(**other)[own]
    return table.assign(**other)


def _countries() -> set[int]:
    areas = load("migrant_stock_areas")
    return set(areas.loc[areas["level"] == migrants.COUNTRY, "m49"])


REPEATED = ("migrant_stock", "migrant_stock_areas", "treaty_actions")


@pytest.fixture
def sized() -> Iterator[Callable[[int], None]]:
    """Has `load` give the tables of the record so many times over, and nothing be remembered."""
    with ExitStack() as stack:

        def size(times: int) -> None:
            stack.close()
            larger = {name: repeated(name, times) for name in REPEATED}
            for name, table in larger.items():
                stack.enter_context(standing_in(name, table))
            forget()

        yield size
    forget()


ICRMW, END = "icrmw", pd.Timestamp(2015, 6, 30)
QUERIES: dict[str, Callable[[], object]] = {
    "areas": migrants.areas,
    "stock": migrants.stock,
    "countries of an edition": lambda: migrants.countries(2015),
    "wholes and parts": migrants.sums,
    "the world without States": lambda: migrants.world(migrants.FORMER_STATES),
    "editions of a year": lambda: revisions.spread(revisions.triangle(1990)),
    "changes": lambda: revisions.changes(2017, 1990, 2000),
    "deposits": lambda: treaties.deposits(ICRMW),
    "in force": lambda: treaties.in_force(ICRMW),
    "days of a count": lambda: treaties.window(
        treaties.deposits(ICRMW), Interval(26, 400), treaties.complete_to(ICRMW)
    ),
    "open signatures": lambda: treaties.open_signatures(ICRMW, END),
    "share of migrants": lambda: shares.shares(shares.states(ICRMW, shares.DEPOSITED, END), END),
    "shares over time": lambda: shares.over_time(ICRMW),
}  # fmt: skip
LEAST = 25  # times the record
ALLOWED = 10.0  # seconds for all of them on a hundred times the record


def _anew(query: Callable[[], object]) -> None:
    forget()
    query()


@pytest.mark.slow
def test_what_is_asked_of_the_record_is_linear_in_it(sized: Callable[[int], None]) -> None:
    def measure(times: int) -> dict[str, float]:
        sized(LEAST * times)
        return {name: seconds(partial(_anew, query)) for name, query in QUERIES.items()}

    taken = least(measure, ALLOWED)
    assert not too_fast(taken)
    assert together(taken) < ALLOWED, taken


@pytest.mark.slow
def test_a_table_is_read_and_typed_in_a_time_that_is_linear_in_its_rows(tmp_path: Path) -> None:
    fields = describe("migrant_stock")["schema"]["fields"]
    for times in (1, MORE):
        repeated("migrant_stock", 5 * times).to_csv(tmp_path / f"{times}.csv", index=False)

    def measure(times: int) -> dict[str, float]:
        return {"read": seconds(lambda: typed(read_text(tmp_path / f"{times}.csv"), fields))}

    assert not too_fast(least(measure))
