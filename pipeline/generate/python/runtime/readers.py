"""Fields that only some may see: others are answered without them, and cannot write them.

Who sees a field stands with the table of its model (`__readers__`), so that there is one place that knows. Shapes of
answers leave out what a caller may not see when they are made of a row; without a caller they leave out all of it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, ClassVar, Self, Unpack, cast
from uuid import UUID

from pydantic import ConfigDict, GetJsonSchemaHandler, ModelWrapValidatorHandler, ValidationInfo, model_validator
from pydantic_core import CoreSchema

from runtime.call import Call, Principal
from runtime.fields import Expandable
from runtime.problems import ErrorDetail, Problem, pointer
from runtime.tables import Entity, Readers


def hidden(call: Call | None, readers: Mapping[str, Readers], row: object) -> frozenset[str]:
    """Return the attributes of a row, or of the values of one, that a caller may not see; all of them without a caller."""
    if call is None:
        return frozenset(readers)
    return frozenset(name for name, each in readers.items() if not _among(call, each, row))


def _among(call: Call, readers: Readers, row: object) -> bool:
    if call.roles & readers.roles:
        return True
    return call.caller is not None and any(_value(row, name) == call.caller for name in readers.fields)


def _value(row: object, name: str) -> object:
    if isinstance(row, Mapping):
        return cast("Mapping[str, object]", row).get(name)
    return getattr(row, name, None)


def check_sent(call: Call, readers: Mapping[str, Readers], row: object, sent: Iterable[str]) -> None:
    """Raise the 403 where a caller writes fields of a row that they may not see."""
    _refuse(hidden(call, readers, row).intersection(sent))


def check_changes(call: Call, readers: Mapping[str, Readers], row: object, changes: Mapping[str, Any]) -> None:
    """Raise the 403 where a caller changes fields of a row that they may not see, or would see more by the change."""
    before = hidden(call, readers, row)
    _refuse(before.intersection(changes))
    named = {name for each in readers.values() for name in each.fields}
    after = hidden(call, readers, {name: changes.get(name, _value(row, name)) for name in named})
    if before - after:
        _refuse(named.intersection(changes), "This would show you what you may not see.")


def _refuse(names: Iterable[str], detail: str = "You may not see this.") -> None:
    errors = [ErrorDetail(pointer=pointer(name.removesuffix("_")), detail=detail) for name in sorted(names)]
    if errors:
        raise Problem(403, "Your roles do not allow you to write what you may not see.", errors=errors)


def as_themselves(call: Call, id: UUID, roles: Iterable[str]) -> Call:
    """Return the call of somebody who just signed up as one that they make themselves."""
    return replace(call, principal=Principal(id, None, frozenset(roles)))


class Guarded(Expandable):
    """A body that shows each caller the fields that they may see: the others have no key.

    It is made with `model_validate(row, context=call)`.
    """

    model_config = ConfigDict(from_attributes=True, protected_namespaces=())
    readers: ClassVar[Mapping[str, Readers]] = {}

    def __init_subclass__(cls, called: str = "", of: type[Entity] | None = None, **options: Unpack[ConfigDict]) -> None:
        super().__init_subclass__(called=called, **options)
        if of is not None:
            cls.readers = of.__readers__

    @classmethod
    def may_lack(cls) -> frozenset[str]:
        """Return the attributes that have no key where nothing was put there."""
        return super().may_lack() | cls.readers.keys()

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Return the description of the fields: Pydantic does not look behind a function that makes a body."""
        made: Any = schema
        plain = made["schema"] if made["type"] == "function-wrap" else made
        return super().__get_pydantic_json_schema__(plain, handler)

    @model_validator(mode="wrap")
    @classmethod
    def _without_what_is_hidden(
        cls, row: Any, make: ModelWrapValidatorHandler[Self], info: ValidationInfo[Any]
    ) -> Self:
        if isinstance(row, cls):
            return row
        shown = make(row)
        call = info.context if isinstance(info.context, Call) else None
        for name in hidden(call, cls.readers, row) & type(shown).model_fields.keys():
            shown.__dict__[name] = None
            shown.model_fields_set.discard(name)
        return shown
