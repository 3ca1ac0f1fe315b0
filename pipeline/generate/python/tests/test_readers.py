"""Fields that only some may see."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import pytest

from runtime import fields
from runtime.call import Call, Principal
from runtime.problems import Problem
from runtime.readers import Guarded, as_themselves, check_changes, check_sent, hidden
from runtime.tables import Entity, Readers

READERS: Mapping[str, Readers] = {
    "salary": Readers(frozenset({"admin", "hr"})),
    "review": Readers(frozenset({"admin"}), ("owner_id", "mentor_id")),
}
ANN, BEN = uuid4(), uuid4()


class Employee(Entity):
    """A table that is never made."""

    __abstract__ = True
    __readers__ = READERS


class EmployeeOut(Guarded, of=Employee):
    """What is answered."""

    name: str
    owner_id: UUID
    salary: int | None = None
    review: str | None = None


class EmployeePage(fields.Record):
    """A page of them."""

    items: list[EmployeeOut]


@dataclass
class Row:
    name: str = "Ann"
    owner_id: UUID = ANN
    mentor_id: UUID | None = None
    salary: int | None = 4200
    review: str | None = None


def call_of(id: UUID, *roles: str) -> Call:
    return Call("request", Principal(id, None, frozenset(roles)))


def shown(call: Call | None, row: Row | None = None) -> dict[str, Any]:
    return EmployeeOut.model_validate(row or Row(), context=call).model_dump(mode="json")


def test_each_caller_gets_what_they_may_see() -> None:
    assert shown(call_of(BEN, "hr")).keys() == {"name", "owner_id", "salary"}
    assert shown(call_of(BEN, "admin")).keys() == {"name", "owner_id", "salary", "review"}
    assert shown(call_of(ANN)).keys() == {"name", "owner_id", "review"}
    assert shown(call_of(BEN), Row(mentor_id=BEN)).keys() == {"name", "owner_id", "review"}
    assert shown(call_of(BEN)).keys() == {"name", "owner_id"}


def test_nothing_is_shown_where_nobody_is_known() -> None:
    assert shown(None).keys() == {"name", "owner_id"}
    assert shown(Call("request")).keys() == {"name", "owner_id"}
    assert EmployeeOut(name="Ann", owner_id=ANN, salary=1).model_dump().keys() == {"name", "owner_id"}
    assert EmployeeOut.model_validate(Row(), context={"call": "no call"}).salary is None


def test_what_is_null_is_a_key_for_whoever_may_see_it() -> None:
    assert shown(call_of(ANN))["review"] is None


def test_pages_show_each_row_for_itself_and_are_not_judged_twice() -> None:
    rows = {"items": [Row(), Row(owner_id=BEN)]}
    page = EmployeePage.model_validate(rows, context=call_of(ANN))
    assert [item.keys() for item in page.model_dump()["items"]] == [
        {"name", "owner_id", "review"},
        {"name", "owner_id"},
    ]
    again = EmployeePage.model_validate(page)
    assert again.model_dump() == page.model_dump()
    assert EmployeePage(items=page.items).model_dump() == page.model_dump()


def test_the_description_does_not_require_what_may_be_absent() -> None:
    described = EmployeeOut.model_json_schema(mode="serialization")
    assert described["required"] == ["name", "owner_id"]
    assert described["properties"].keys() == {"name", "owner_id", "salary", "review"}


def test_what_is_not_seen_is_not_written() -> None:
    check_sent(call_of(BEN, "hr"), READERS, Row(), ["name", "salary"])
    with pytest.raises(Problem) as refused:
        check_sent(call_of(ANN), READERS, {"owner_id": ANN}, ["name", "salary", "review"])
    assert refused.value.status == 403
    assert [error.pointer for error in refused.value.errors] == ["/salary"]


def test_nobody_becomes_a_reader_by_a_change() -> None:
    check_changes(call_of(BEN, "hr"), READERS, Row(), {"mentor_id": ANN})
    check_changes(call_of(ANN), READERS, Row(), {"mentor_id": ANN})
    for change in ({"mentor_id": BEN}, {"owner_id": BEN}):
        with pytest.raises(Problem) as refused:
            check_changes(call_of(BEN, "hr"), READERS, Row(), change)
        assert [error.pointer for error in refused.value.errors] == [f"/{name}" for name in change]


def test_whoever_signs_up_sees_what_is_theirs() -> None:
    newcomer = as_themselves(Call("request"), ANN, ["member"])
    assert hidden(newcomer, READERS, Row()) == {"salary"}
