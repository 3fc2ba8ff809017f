"""Score the pairs worth comparing with Splink, on DuckDB in memory: nothing is written on a disk.

Imported by the job alone: Splink and what it brings weigh a hundred megabytes of memory.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import duckdb
import pyarrow as pa
from splink import DuckDBAPI, Linker

from app.identity.search.blocking import KEYS
from app.identity.search.levels import TRAITS, Trait
from app.identity.search.people import Person

MEMORY = "1GB"
Scored = tuple[str, str, float]
"""Two ids, the lower first, and the weight in bits."""
COLUMNS = ("family", "families", "given", "givens", "born", "either_way", "sex", "commune", "ins", "ipp")


def scored_pairs(people: Sequence[Person], threshold: float) -> Iterator[Scored]:
    """The pairs of at least so many bits. Every pair that shares a blocking key is compared."""
    with duckdb.connect(":memory:", config={"memory_limit": MEMORY, "threads": 1, "temp_directory": ""}) as memory:
        memory.execute("set enable_progress_bar = false")
        frame = DuckDBAPI(connection=memory).register(_table(people))
        linker = Linker(frame, settings(), log_level=logging.ERROR)
        found = linker.inference.predict(threshold_match_weight=threshold)
        asked = f"select unique_id_l, unique_id_r, match_weight from {found.physical_name}"
        rows = memory.execute(asked)
        while some := rows.fetchmany(1000):
            for one, other, weight in some:
                yield min(one, other), max(one, other), weight


def candidates(people: Sequence[Person]) -> set[tuple[str, str]]:
    """The pairs that are compared, whatever they weigh: what the recall is measured on."""
    return {(one, other) for one, other, _ in scored_pairs(people, -1000.0)}


def settings() -> dict[str, Any]:
    """The model as Splink takes it. Its prior is even: the threshold alone decides."""
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "unique_id",
        "probability_two_random_records_match": 0.5,
        "blocking_rules_to_generate_predictions": [{"blocking_rule": rule, "sql_dialect": "duckdb"} for rule in RULES],
        "comparisons": [_comparison(trait) for trait in TRAITS],
        "retain_intermediate_calculation_columns": False,
        "retain_matching_columns": False,
    }


RULES = [f"l.{key} = r.{key}" for key in KEYS]


def _comparison(trait: Trait) -> dict[str, Any]:
    null, *levels = trait.levels
    written = [{"sql_condition": null.sql, "label_for_charts": "null", "is_null_level": True}]
    for level in levels:
        known = {"m_probability": level.m, "u_probability": level.u}
        written.append({"sql_condition": level.sql, "label_for_charts": level.sentence, **known})
    return {"output_column_name": trait.name, "comparison_levels": written}


def _table(people: Sequence[Person]) -> pa.Table:
    given: dict[str, list[Any]] = {"unique_id": [one.fiche_id for one in people]}
    for name in COLUMNS:
        given[name] = [_plain(getattr(one, name)) for one in people]
    for name, key in KEYS.items():
        given[name] = [key(one) for one in people]
    lists = {"families", "givens", "ins", "ipp"}
    fields = [pa.field(name, pa.list_(pa.string()) if name in lists else pa.string()) for name in given]
    return pa.table(given, schema=pa.schema(fields))


def _plain(value: str | Iterable[str] | None) -> Any:
    if value is None or isinstance(value, str):
        return value or None
    return sorted(value) or None
