"""What migrations share. Each function works on SQLite and on PostgreSQL, and only ever adds, loosens or checks."""

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Literal

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from runtime.made import number_in, period_of, random_code, slugified, written_number

OnDelete = Literal["CASCADE", "RESTRICT", "SET NULL"]


class MigrationError(RuntimeError):
    """The rows do not allow the change. The message says which, and nothing was changed."""


def is_sqlite() -> bool:
    return op.get_context().dialect.name == "sqlite"


def json_type() -> sa.types.TypeEngine[Any]:
    return sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def decimal_type() -> sa.types.TypeEngine[Any]:
    """Exact on both: SQLite has no decimals, so there it is a whole number of hundred-millionths."""
    return sa.Numeric().with_variant(sa.BigInteger(), "sqlite")


def decimal_default(value: str) -> str:
    return str(int(Decimal(value).scaleb(8))) if is_sqlite() else value


def now() -> str:
    """The time of the migration: what rows that are older than a time stamp's column get."""
    return datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")


Where = tuple[str, str]
"""Of which rows an index is: for SQLite and for PostgreSQL."""


def check_unique(table: str, columns: Sequence[str], *, show: bool = True, where: Where | None = None) -> None:
    """Raises MigrationError where rows share values that are to be unique. `show` puts some of the values into it."""
    fields = [sa.column(name) for name in columns]
    query = (
        sa.select(*fields, sa.func.count())
        .select_from(sa.table(table))
        .where(*(field.is_not(None) for field in fields), *only(where))
        .group_by(*fields)
        .having(sa.func.count() > 1)
        .order_by(sa.func.count().desc(), *fields)
    )
    clashes = op.get_bind().execute(query).all()
    if not clashes:
        return
    what = f"{table}.{' + '.join(columns)}{f' (where {where[1]})' if where else ''}"
    shown = "; ".join(f"{', '.join(map(str, row[:-1]))} ({row[-1]} rows)" for row in clashes[:5])
    raise MigrationError(
        f"{what} cannot become unique: {len(clashes)} value(s) are in more than one row"
        + (f": {shown}{' and more' if len(clashes) > 5 else ''}" if show else "")
        + ". Nothing was changed."
    )


def only(where: Where | None) -> list[sa.TextClause]:
    """The condition for the rows of an index, for the database at hand; none where it is of all rows."""
    return [sa.text(where[0 if is_sqlite() else 1])] if where else []


def check_no_nulls(table: str, column: str) -> None:
    """Raises MigrationError where rows have no value in a column that is to be required."""
    query = sa.select(sa.func.count()).select_from(sa.table(table)).where(sa.column(column).is_(None))
    missing = op.get_bind().scalar(query)
    if missing:
        raise MigrationError(
            f"{table}.{column} cannot become required: {missing} row(s) have no value. Nothing was changed."
        )


def fill_existing(table: str, column: str, default: str | sa.ColumnElement[object]) -> None:
    """Gives the default to rows that have no value. The default is text as a database reads it, or true or false."""
    field: sa.ColumnClause[object] = sa.column(column)
    value = default if isinstance(default, sa.ColumnElement) else sa.literal_column(quoted(default))
    op.execute(sa.table(table, field).update().where(field.is_(None)).values({column: value}))


def carry(table: str, old: str, new: str, old_type: str, new_type: str) -> None:
    """Copies the values of a field that changed its type from its old column, which stays, to its new one."""
    source = f'"{old}"'
    unit = 10**8
    expressions = {
        ("int", "decimal"): (f"{source} * {unit}", f"CAST({source} AS NUMERIC)"),
        ("int", "float"): (f"CAST({source} AS REAL)", f"CAST({source} AS DOUBLE PRECISION)"),
        ("float", "decimal"): (f"CAST(ROUND({source} * {unit}) AS INTEGER)", f"CAST({source} AS NUMERIC)"),
        ("decimal", "float"): (f"{source} / {unit}.0", f"CAST({source} AS DOUBLE PRECISION)"),
        ("bool", "text"): (f"CASE WHEN {source} THEN 'true' ELSE 'false' END",) * 2,
        ("date", "datetime"): (f"{source} || ' 00:00:00.000000'", f"CAST({source} AS TIMESTAMP) AT TIME ZONE 'UTC'"),
        ("uuid", "uuid"): (source, source),
    }
    sqlite, postgres = expressions.get((old_type, new_type), (f"CAST({source} AS TEXT)",) * 2)
    value = sqlite if is_sqlite() else postgres
    op.execute(sa.DDL(f'UPDATE "{table}" SET "{new}" = {value} WHERE {source} IS NOT NULL'))


def make_slugs(table: str, column: str, source: str, word: str) -> None:
    """Gives rows that have no slug one that no other has, made of the words of another column."""
    taken: set[str] = set(_values(table, column))
    numbers: dict[str, int] = {}
    for key, text in _without(table, column, source):
        base = slugified(str(text or "")) or word
        slug, number = base, numbers.get(base, 1)
        while slug in taken:
            number += 1
            slug = f"{base}-{number}"
        numbers[base] = number
        taken.add(slug)
        _set(table, column, key, slug)


def make_codes(table: str, column: str, length: int) -> None:
    """Gives rows that have no code a random one that no other has."""
    taken: set[str] = set(_values(table, column))
    for key, _ in _without(table, column, column):
        code = random_code(length)
        while code in taken:
            code = random_code(length)
        taken.add(code)
        _set(table, column, key, code)


def make_numbers(
    table: str,
    column: str,
    *,
    first: int = 1,
    per: Sequence[str] = (),
    shape: str | None = None,
    created: str | None = None,
) -> None:
    """Numbers rows that have no number in the order in which they were made, after those that have one.

    Numbers begin at the first for each group of rows that are the same in `per`, and for each period of the shape.
    """
    made: sa.ColumnClause[Any] = sa.column(created, sa.DateTime()) if created else sa.column("id")
    field: sa.ColumnClause[Any] = sa.column(column)
    groups: list[sa.ColumnClause[Any]] = [sa.column(name) for name in per]
    query = sa.select(sa.column("id"), field, made, *groups).select_from(sa.table(table))
    rows = [
        (key, value, group, _utc(at) if isinstance(at, datetime) else datetime.now(UTC))
        for key, value, at, *group in op.get_bind().execute(query.order_by(made, sa.column("id")))
    ]
    last: dict[tuple[Any, ...], int] = {}
    for _, value, group, at in rows:
        number = None if value is None else number_in(shape, str(value), at) if shape else int(value)
        if number is not None:
            series = (*group, period_of(shape, at))
            last[series] = max(number, last.get(series, number))
    for key, value, group, at in rows:
        if value is None:
            series = (*group, period_of(shape, at))
            last[series] = number = max(last.get(series, first - 1) + 1, first)
            _set(table, column, key, written_number(shape, number, at) if shape else number)


def take_from_history(table: str, column: str, model: str, states: Sequence[str]) -> None:
    """Gives rows that have no time the one at which they came to one of the states last, where the history has it."""
    history = sa.table("runtime_history", *map(sa.column, ("model", "row_id", "at", "from_state", "to_state")))
    field: sa.ColumnClause[Any] = sa.column(column)
    rows = sa.table(table, sa.column("id"), field)
    reached = (
        sa.select(sa.func.max(history.c.at))
        .where(history.c.model == model, history.c.row_id == rows.c.id, history.c.to_state.in_(states))
        .where(history.c.from_state.is_(None) | (history.c.from_state != history.c.to_state))
    )
    op.execute(rows.update().where(field.is_(None)).values({column: reached.scalar_subquery()}))


def _utc(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _values(table: str, column: str) -> list[str]:
    field: sa.ColumnClause[str] = sa.column(column)
    query = sa.select(field).select_from(sa.table(table)).where(field.is_not(None))
    return list(op.get_bind().scalars(query))


def _without(table: str, column: str, other: str) -> list[Any]:
    query = sa.select(sa.column("id"), sa.column(other)).select_from(sa.table(table)).where(sa.column(column).is_(None))
    return list(op.get_bind().execute(query.order_by(sa.column("id"))))


def _set(table: str, column: str, key: Any, value: str | int) -> None:
    field: sa.ColumnClause[Any] = sa.column(column)
    op.get_bind().execute(sa.table(table, field).update().where(sa.column("id") == key).values({column: value}))


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def rebuild(table: sa.Table) -> None:
    """Gives a table of SQLite, which cannot alter columns, the given shape; every row and value is copied."""
    with op.batch_alter_table(table.name, copy_from=table, recreate="always"):
        pass


def add_foreign_key(table: str, column: str, referred: str, key: str, on_delete: OnDelete) -> None:
    """Adds a reference to a table of PostgreSQL; SQLite has it in the table's definition."""
    if not is_sqlite():
        op.create_foreign_key(None, table, referred, [column], [key], ondelete=on_delete)


def replace_foreign_key(table: str, column: str, referred: str, key: str, on_delete: OnDelete) -> None:
    """Replaces a reference of PostgreSQL; existing rows hold already, and are checked without a long lock."""
    for foreign_key in sa.inspect(op.get_bind()).get_foreign_keys(table):
        if foreign_key["constrained_columns"] == [column] and foreign_key["name"]:
            op.drop_constraint(foreign_key["name"], table, type_="foreignkey")
    name = f"{table}_{column}_fkey"[:63]
    op.create_foreign_key(name, table, referred, [column], [key], ondelete=on_delete, postgresql_not_valid=True)
    op.execute(sa.DDL(f'ALTER TABLE "{table}" VALIDATE CONSTRAINT "{name}"'))


def fill_nulls(table: str, column: str) -> None:
    """Lets PostgreSQL turn NULL into the column's default, for the release that still takes the value for optional."""
    name = f"fill_{table}_{column}"[:63]
    op.execute(
        sa.DDL(
            f"""
            CREATE OR REPLACE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              IF NEW."{column}" IS NULL THEN
                EXECUTE 'SELECT ' || (
                  SELECT pg_get_expr(d.adbin, d.adrelid) FROM pg_attrdef d
                  JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
                  WHERE d.adrelid = TG_RELID AND a.attname = '{column}'
                ) INTO NEW."{column}";
              END IF;
              RETURN NEW;
            END $$
            """
        )
    )
    keep_nulls(table, column)
    op.execute(
        sa.DDL(f'CREATE TRIGGER "{name}" BEFORE INSERT OR UPDATE ON "{table}" FOR EACH ROW EXECUTE FUNCTION "{name}"()')
    )


def keep_nulls(table: str, column: str) -> None:
    """Ends what fill_nulls began."""
    op.execute(sa.DDL(f'DROP TRIGGER IF EXISTS "{f"fill_{table}_{column}"[:63]}" ON "{table}"'))


def create_index(
    name: str, table: str, columns: Sequence[str], *, unique: bool = False, where: Where | None = None
) -> None:
    """Adds an index to a table in use: PostgreSQL builds it without blocking writes, so in no transaction."""
    rows = next(iter(only(where)), None)
    if is_sqlite():
        op.create_index(name, table, list(columns), unique=unique, sqlite_where=rows)
        return
    with op.get_context().autocommit_block():
        # What a killed or failed attempt left is not valid and would be taken for the index.
        op.drop_index(name, table, postgresql_concurrently=True, if_exists=True)
        try:
            op.create_index(
                name, table, list(columns), unique=unique, postgresql_concurrently=True, postgresql_where=rows
            )
        except sa.exc.DBAPIError:
            op.drop_index(name, table, postgresql_concurrently=True, if_exists=True)
            raise


def drop_index(name: str, table: str) -> None:
    """Removes an index, which holds no data of its own."""
    if is_sqlite():
        op.drop_index(name, table, if_exists=True)
        return
    with op.get_context().autocommit_block():
        op.drop_index(name, table, postgresql_concurrently=True, if_exists=True)
