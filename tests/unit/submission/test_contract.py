"""The contract as data: whole, consistent, and the same thing to every reader of it."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest
import yaml

from verify import resources
from verify.submission.contract import Contract, OneOf, carriers, contracts, products, vocabularies, vocabulary
from verify.submission.door.ingest import canonical_fields, typed_schema
from verify.submission.naming import folded
from verify.submission.park import Park
from verify.submission.second_lock import schema_of, violations
from verify.submission.typed.kinds import reading, stored_type
from verify.units import Units

TABLES = [
    "enterprises",
    "lineage",
    "sources",
    "activity",
    "production",
    "process_balances",
    "transformation_units",
    "allocations",
    "statements",
    "emissions",
    "certificates",
    "certificate_events",
    "generators",
    "storages",
    "meters",
    "readings",
    "resources",
    "affiliates",
    "economy",
    "events",
    "measures",
    "visits",
    "weather",
    "reported",
    "claims",
    "evidence",
]  # DESIGN 4


def test_the_26_tables_of_the_design_are_there_and_no_other() -> None:
    assert list(contracts()) == TABLES
    files = {path.stem for path in (resources.rules() / "tables").glob("*.yaml")}
    assert files == {*TABLES, "order", "vocabulary", "carriers", "products", "park", "industry"}


def test_activity_has_the_columns_of_the_design_in_order() -> None:
    assert list(contracts()["activity"].columns) == [
        "period",
        "from",
        "to",
        "enterprise_id",
        "source_id",
        "carrier",
        "flow",
        "activity_type",
        "supply",
        "counterparty",
        "quantity",
        "unit",
        "ncv",
        "carbon_content",
        "moisture_basis",
        "biogenic_fraction",
        "factor",
        "pressure",
        "temperature",
        "condensate_returned",
        "condensate_temperature",
        "basis",
        "uncertainty_pct",
        "meter_id",
        "stat_form",
        "evidence_id",
    ]


def test_required_tables() -> None:
    needed = {table: contract.required for table, contract in contracts().items() if contract.required != "optional"}
    one_of = OneOf(one_of=["activity", "emissions"])
    assert needed == {"enterprises": "always", "activity": one_of, "emissions": one_of}


@pytest.mark.parametrize("contract", contracts().values(), ids=list(contracts()))
def test_a_contract_holds_together(contract: Contract) -> None:
    assert set(contract.key) <= set(contract.columns)
    for name, column in contract.columns.items():
        where = f"{contract.table}.{name}"
        for text in (column.title.zh, column.title.en, column.doc.zh, column.doc.en):
            assert text.strip(), where
        assert (column.vocabulary is not None) == (
            column.type in {"enum", "open_enum"} or column.vocabulary == "counterparty"
        ), where
        if column.vocabulary is not None:
            assert vocabulary(column.vocabulary), where
        if column.references is not None:
            table, _, other = column.references.partition(".")
            assert other in contracts()[table].key, where
        if column.type == "quantity":
            assert (column.unit_column is None) != (column.fixed_unit is None), where
            assert any((column.dimension, column.dimension_of, column.dimensions)), where
        for other in (column.unit_column, column.required_with, column.dimension_of):
            assert other is None or other in contract.columns, where
        for condition in (column.only_for, column.required_when):
            for path, allowed in condition.items():
                other, _, attribute = path.partition(".")
                words = (
                    {one.class_ for one in carriers().values()}
                    if attribute
                    else set(vocabulary(contract.columns[other].vocabulary or "gas"))
                )
                assert contract.columns[other].type == "unit" or set(allowed) <= words, where
        stored_type(column)
        assert callable(reading(column)) or column.unit_column
    for rule in contract.rules:
        assert {*rule.columns, *rule.of} <= set(contract.columns)


@pytest.mark.parametrize("contract", contracts().values(), ids=list(contracts()))
def test_no_two_names_of_a_table_mean_two_columns(contract: Contract) -> None:
    seen: dict[str, str] = {}
    for name, column in contract.columns.items():
        for text in (name, column.title.zh, column.title.en, *column.aliases):
            assert seen.setdefault(folded(text), name) == name, text


def test_no_two_words_of_a_vocabulary_and_no_two_tables_share_a_name() -> None:
    for name in vocabularies():
        seen: dict[str, str] = {}
        for id_, word in vocabulary(name).items():
            for text in (id_, word.zh, word.en, *word.aliases):
                assert folded(text), (name, text)
                assert seen.setdefault(folded(text), id_) == id_, (name, text)
    tables: dict[str, str] = {}
    for table, contract in contracts().items():
        for text in (table, contract.title.zh, contract.title.en, *contract.aliases):
            assert tables.setdefault(folded(text), table) == table, text


def test_dimensions_and_units_exist() -> None:
    units = Units.standard()
    for one in (*carriers().values(), *products().values()):
        assert one.dimension is None or one.dimension in units.dimensions
    for contract in contracts().values():
        for column in contract.columns.values():
            for dimension in (column.dimension, *column.dimensions):
                assert dimension in {None, "any", *units.dimensions}
            assert column.fixed_unit is None or units.find(column.fixed_unit) is not None


def test_carriers_are_the_fuels_of_the_factor_sets() -> None:
    written = yaml.safe_load((resources.rules() / "tables" / "carriers.yaml").read_text(encoding="utf-8"))
    assert {one.class_ for one in carriers().values()} == set(written["classes"])
    assert {one.family for one in carriers().values()} == set(written["families"])
    assert {"raw_coal", "coal_gangue", "waste_heat", "cold", "water", "heat", "electricity"} <= set(carriers())


@pytest.mark.parametrize("contract", contracts().values(), ids=list(contracts()))
def test_every_table_passes_its_own_schema_when_empty(contract: Contract) -> None:
    arrays = [pa.array([], type=field.type) for field in typed_schema(contract)]
    batch = pa.RecordBatch.from_arrays(arrays, schema=typed_schema(contract))
    assert list(violations(contract, batch)) == []
    assert list(schema_of(contract.table).columns) == [field.name for field in canonical_fields(contract)]


def test_every_key_of_the_park_dictionary_is_one_of_the_model() -> None:
    written: dict[str, Any] = yaml.safe_load((resources.rules() / "tables" / "park.yaml").read_text(encoding="utf-8"))[
        "keys"
    ]
    tops = {key.partition(".")[0].partition("[")[0] for key in written}
    assert tops == set(Park.model_fields)
