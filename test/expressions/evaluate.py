"""Evaluates generated expressions over generated rows: in Python, and in SQL on every database that is named.

Reads JSON from standard input: rows, the present moment, database URLs. Writes for each case and row the values.
"""

import asyncio
import datetime as dt
import json
import struct
import sys
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app import cases, models
from runtime.call import Call, Principal
from runtime.database import Database

MODELS: dict[str, Any] = {"User": models.User, "Other": models.Other, "Item": models.Item, "Line": models.Line}


def loaded(model: Any, row: dict[str, Any]) -> Any:
    values = {}
    for name, value in row.items():
        kind = model.__table__.c[name].type.python_type if name != "tags" and name != "nums" else object
        if value is None or kind is object:
            values[name] = value
        elif kind is dt.datetime:
            values[name] = dt.datetime.fromisoformat(value.replace("Z", "+00:00"))
        elif kind in (dt.date, dt.time):
            values[name] = kind.fromisoformat(value)
        else:
            values[name] = kind(value)
    return model(**values)


def written(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return f"bool {str(value).lower()}"
    if isinstance(value, int):
        return f"int {value}"
    if isinstance(value, Decimal):
        units = value * 10**8
        return f"decimal {int(units)}" if units == int(units) else f"decimal {units}"
    if isinstance(value, float):
        return f"float {struct.pack('>d', value + 0.0).hex()}"
    if isinstance(value, dt.timedelta):
        return f"duration {value // dt.timedelta(microseconds=1)}"
    if isinstance(value, dt.datetime):
        return f"datetime {value.astimezone(dt.UTC).replace(tzinfo=None).isoformat(timespec='milliseconds')}Z"
    if isinstance(value, dt.date):
        return f"date {value.isoformat()}"
    if isinstance(value, dt.time):
        return f"time {value.isoformat(timespec='milliseconds')}"
    return f"text {value}"


async def evaluate(url: str, asked: dict[str, Any], in_python: bool) -> dict[str, Any]:
    database = Database(url)
    now = dt.datetime.fromisoformat(asked["now"].replace("Z", "+00:00"))
    ids = [UUID(row["id"]) for row in asked["rows"]["Item"]]
    result: dict[str, Any] = {"errors": []}
    async with database.write() as session:
        connection = await session.connection()
        tables = [MODELS[name].__table__ for name in MODELS]
        await connection.run_sync(lambda sync: models.Base.metadata.create_all(sync, tables=tables))
        session.add(models.User(id=UUID(asked["me"]), email="a", password_hash="", roles=["user"]))
        for name, rows in asked["rows"].items():
            session.add_all([loaded(MODELS[name], row) for row in rows])
            await session.flush()
    async with database.read() as session:
        # The caller bears the id of an Other: rows that refer to it are the caller's.
        principal = Principal(id=UUID(asked["me"]), session_id=UUID(int=0), roles=frozenset({"user"}))
        call = Call(request_id="", principal=principal, _session=session, now=now)
        items = {row.id: row for row in await session.scalars(sa.select(models.Item))}
        if in_python:
            result["python"] = [[written(await case(call, items[id])) for id in ids] for case in cases.PYTHON]
        result["sql"], result["where"] = [], []
        for number, case in enumerate(cases.SQL):
            try:
                async with session.begin_nested():
                    found = await session.execute(sa.select(models.Item.id, case(call)))
                    values = {id: written(value) for id, value in found}
                    result["sql"].append([values[id] for id in ids])
                    kept = set(await session.scalars(sa.select(models.Item.id).where(cases.WHERE[number](call))))
                    result["where"].append([id in kept for id in ids])
            except Exception as error:
                result["errors"].append([number, str(error)[:600]])
                result["sql"] += [None] * (number + 1 - len(result["sql"]))
                result["where"] += [None] * (number + 1 - len(result["where"]))
    await database.close()
    return result


async def main() -> None:
    asked = json.load(sys.stdin)
    results = [await evaluate(url, asked, number == 0) for number, url in enumerate(asked["urls"])]
    json.dump(results, sys.stdout)


asyncio.run(main())
