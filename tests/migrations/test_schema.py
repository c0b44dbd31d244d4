"""The migrated schema is the models': tables, columns, keys, references, checks and indexes, on both."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, Inspector, MetaData, inspect, text

from holds.store import migrate
from tests.holds.store.record import BACKENDS
from tests.migrations.databases import empty_database, owner_of
from wsgi import METADATA


def schema_of(engine: Engine) -> set[tuple[Any, ...]]:
    """What the database says of itself, as comparable facts."""
    inspector = inspect(engine)
    facts = {*_tables(inspector), *_constraints(inspector)}
    return {fact for fact in facts if fact[1] != "alembic_version"}


def _tables(inspector: Inspector) -> Iterator[tuple[Any, ...]]:
    for (_, table), columns in inspector.get_multi_columns().items():
        yield "table", table
        for column in columns:
            default = column.get("default")
            yield "column", table, column["name"], str(column["type"]), bool(column["nullable"]), default
    for (_, table), key in inspector.get_multi_pk_constraint().items():
        if key is not None:
            yield "primary key", table, key["name"], tuple(key["constrained_columns"])
    for (_, table), indexes in inspector.get_multi_indexes().items():
        for index in indexes:
            yield "index", table, index["name"], tuple(index["column_names"]), bool(index["unique"])


def _constraints(inspector: Inspector) -> Iterator[tuple[Any, ...]]:
    for (_, table), uniques in inspector.get_multi_unique_constraints().items():
        for unique in uniques:
            yield "unique", table, unique["name"], tuple(unique["column_names"])
    for (_, table), references in inspector.get_multi_foreign_keys().items():
        for reference in references:
            columns_to = reference["referred_table"], tuple(reference["referred_columns"])
            options = tuple(sorted(reference.get("options", {}).items()))
            own = tuple(reference["constrained_columns"])
            yield "reference", table, reference["name"], own, *columns_to, options
    for (_, table), checks in inspector.get_multi_check_constraints().items():
        for check in checks:
            yield "check", table, check["name"], " ".join(check["sqltext"].split())


def differences(migrated: Engine, made_from_models: Engine, metadata: MetaData) -> list[str]:
    """What one has and the other has not, as sentences. Both engines stand on empty databases."""
    migrate.upgrade(migrated, metadata)
    metadata.create_all(made_from_models)
    by_migration, by_models = schema_of(migrated), schema_of(made_from_models)
    missing = [f"not in the migrations: {fact}" for fact in by_models - by_migration]
    return sorted(missing + [f"not in the models: {fact}" for fact in by_migration - by_models])


@pytest.mark.parametrize("backend", BACKENDS)
def test_the_migrations_make_what_the_models_declare(
    request: pytest.FixtureRequest, tmp_path: Path, backend: str
) -> None:
    with (
        empty_database(request, backend, tmp_path) as first,
        empty_database(request, backend, tmp_path) as second,
        owner_of(first) as migrated,
        owner_of(second) as made,
    ):
        assert differences(migrated, made, METADATA) == []
        facts = schema_of(made)
        assert {"hold", "person", "ledger_row", "notice"} <= {f[1] for f in facts if f[0] == "table"}
        kinds = {fact[0] for fact in facts}
        assert kinds == {"table", "column", "primary key", "unique", "reference", "check", "index"}


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_difference_is_found(request: pytest.FixtureRequest, tmp_path: Path, backend: str) -> None:
    """A CHECK that the migrations forgot, a column, a table: each is told."""
    with empty_database(request, backend, tmp_path) as url, owner_of(url) as made:
        METADATA.create_all(made)
        before = schema_of(made)
        with made.begin() as connection:
            connection.execute(text("ALTER TABLE task ADD COLUMN extra TEXT"))
            connection.execute(text("DROP INDEX ix_hold_person_id"))
            connection.execute(text("DROP TABLE delivery_receipt"))
        gone = {fact[:3] for fact in before - schema_of(made)}
        assert {("index", "hold", "ix_hold_person_id"), ("table", "delivery_receipt")} <= gone
        assert {fact[:3] for fact in schema_of(made) - before} == {("column", "task", "extra")}
