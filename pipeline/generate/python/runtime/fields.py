"""Field types: how values are checked on the way in and written on the way out."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal, TypedDict, Unpack, get_args
from uuid import UUID

from email_validator import EmailNotValidError, validate_email
from pydantic import (
    AfterValidator,
    AliasGenerator,
    AnyHttpUrl,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PlainSerializer,
    SerializerFunctionWrapHandler,
    TypeAdapter,
    WithJsonSchema,
    model_serializer,
    model_validator,
)
from pydantic_core import CoreSchema, core_schema, to_jsonable_python

SAFE_INT = 2**53 - 1
"""The greatest integer that every reader of JSON carries exactly."""
MOST_DECIMAL = 90_000_000_000
"""The greatest decimal number that both databases hold with eight places."""

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_DATETIME = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}.*")
TIME = r"^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?$"
PHONE = r"^\+?[0-9][0-9 ()./-]{2,30}$"
SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
_ONE_LINE = r"^[^\x00-\x1f\x7f]*$"
_MANY_LINES = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"
PATTERN_WORDS = {
    PHONE: "This must be a phone number.",
    SLUG: "This must be of small letters, digits and single hyphens, such as a-short-title.",
    _ONE_LINE: "This must be on one line, without control characters.",
    _MANY_LINES: "This must be without control characters.",
}
"""What a text that does not match is told."""


class Schema(BaseModel):
    """A body that is sent. A field that it does not know is a mistake, and is named in the 422."""

    model_config = ConfigDict(extra="forbid", validate_default=False, protected_namespaces=())
    called: ClassVar[str] = ""
    """The key that the values stand under, where a system sends objects under their names."""

    def __init_subclass__(cls, called: str = "", **options: Unpack[ConfigDict]) -> None:
        super().__init_subclass__(**options)
        cls.called = called or cls.called

    @model_validator(mode="before")
    @classmethod
    def _whole_numbers(cls, sent: Any) -> Any:
        """JSON has one kind of number: 3.0 is an integer."""
        if not isinstance(sent, dict):
            return sent
        return {name: _whole(value) for name, value in sent.items()}


class Shape(Schema):
    """A part of a body with fields of its own, stored as JSON."""

    model_config = ConfigDict(from_attributes=True)
    omits_nulls: ClassVar[bool] = False
    """Whether what is null is left out of what is stored, as it is of answers."""


class Record(BaseModel):
    """A body that is answered, read from a row."""

    model_config = ConfigDict(from_attributes=True, protected_namespaces=())
    called: ClassVar[str] = ""
    """The key that the values stand under, where a system answers objects under their names."""

    def __init_subclass__(cls, called: str = "", **options: Unpack[ConfigDict]) -> None:
        super().__init_subclass__(**options)
        cls.called = called or cls.called


class Expandable(Record):
    """A body in which more can be embedded: what was not asked for has no key."""

    expansions: ClassVar[frozenset[str]] = frozenset()

    @classmethod
    def may_lack(cls) -> frozenset[str]:
        """Return the attributes that have no key where nothing was put there."""
        return cls.expansions

    @model_serializer(mode="wrap")
    def _without_what_is_not_embedded(self, write: SerializerFunctionWrapHandler) -> Any:
        written = write(self)
        for name in self.may_lack() - self.model_fields_set:
            written.pop(name, None)
            written.pop(type(self).model_fields[name].serialization_alias, None)
        return written

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Return the description of the fields: Pydantic does not look behind a function that writes."""
        plain: Any = {key: value for key, value in schema.items() if key != "serialization"}
        return handler(plain)


class Message(BaseModel):
    """What an operation that is not about one model takes or answers."""

    model_config = ConfigDict(extra="forbid", from_attributes=True, protected_namespaces=())
    called: ClassVar[str] = ""
    """The key that the values stand under, where a system sends and answers objects under their names."""

    def __init_subclass__(cls, called: str = "", **options: Unpack[ConfigDict]) -> None:
        super().__init_subclass__(**options)
        cls.called = called or cls.called


class Notice(Message):
    """What a webhook is sent. Whoever sends it may say more than is understood here: that is left out, not refused."""

    model_config = ConfigDict(extra="ignore")


class ListQuery(BaseModel):
    """What every list takes. A parameter that it does not know is a mistake, and is named in the 422."""

    limit: int = Field(default=20, ge=1, description="How many to return at most")
    cursor: str | None = Field(default=None, max_length=2000, description="`next_cursor` of the page before")

    model_config = ConfigDict(extra="forbid", protected_namespaces=())


class ViewQuery(BaseModel):
    """What a view of all rows takes. A parameter that it does not know is a mistake, and is named in the 422."""

    model_config = ConfigDict(extra="forbid", protected_namespaces=())


def camel(name: str) -> str:
    """Return a field's name in camelCase; what is an attribute with an underscore at its end loses that."""
    return re.sub(r"_([a-z0-9])", lambda match: match[1].upper(), name.rstrip("_"))


def spell_in_camel_case() -> None:
    """Make callers write `dueOn` where Python writes `due_on`, in every shape: those defined so far and all others."""
    generators: dict[type[BaseModel], Any] = {
        Schema: camel,
        ListQuery: camel,
        ViewQuery: camel,
        Message: AliasGenerator(alias=camel),
        Record: AliasGenerator(serialization_alias=camel),
    }
    for base, generator in generators.items():
        for shape in _family(base):
            shape.model_config["alias_generator"] = generator
            shape.model_config["populate_by_name"] = base is Message
            shape.model_rebuild(force=True)


def ignore_unknown_fields() -> None:
    """Make every body and every query ignore what it does not know, instead of refusing it."""
    for base in (Schema, Message, ListQuery, ViewQuery):
        for shape in _family(base):
            shape.model_config["extra"] = "ignore"
            shape.model_rebuild(force=True)


def _family(base: type[BaseModel]) -> list[type[BaseModel]]:
    return [base, *(each for child in base.__subclasses__() for each in _family(child))]


def searching(*names: str) -> Any:
    """Return the parameter that looks for words in texts."""
    words = f"Words that must all be found, whatever their case, in {' or '.join(names)}"
    return Field(default=None, max_length=200, description=words)


class Expanding(TypedDict):
    """What is said of the parameter that says what to embed."""

    max_length: int
    description: str
    json_schema_extra: dict[str, Any]


def expand_rules(*names: str) -> Expanding:
    """Return what is said of the parameter that says what to embed in an answer."""
    one = f"({'|'.join(map(re.escape, names))})"
    return {
        "max_length": 200,
        "description": f"What to embed, with commas between: {', '.join(names)}",
        "json_schema_extra": {"pattern": f"^{one}(,{one})*$"},
    }


def expanding(*names: str) -> Any:
    """Return the parameter of a list that says what to embed in its items."""
    return Field(default=None, **expand_rules(*names))


def embedded() -> Any:
    """Return a field that is there where a request asks for it to be embedded."""
    return Field(default=None, description="Where `expand` names it; null or left out where the caller does not see it")


def absent(**constraints: Any) -> Any:
    """Return a field that may be left out of a change, and that then stays as it is."""
    return Field(default_factory=lambda: None, **constraints)


def _whole(value: Any) -> Any:
    if isinstance(value, list):
        return [_whole(each) if isinstance(each, float) else each for each in value]
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    return value


def _matching(pattern: re.Pattern[str], message: str) -> Callable[[object], object]:
    """Keep Pydantic from reading numbers as times; what has the right form it then checks itself."""

    def check(value: object) -> object:
        if isinstance(value, str) and not pattern.fullmatch(value):
            raise ValueError(message)
        if not isinstance(value, (str, dt.date, dt.time)):
            raise ValueError(message)
        return value

    return check


def _to_utc(value: dt.datetime) -> dt.datetime:
    if value.tzinfo is None:
        return value.replace(tzinfo=dt.UTC)
    try:
        return value.astimezone(dt.UTC)
    except OverflowError:
        raise ValueError("This time is outside the years 1 to 9999.") from None


def utc_text(value: dt.datetime) -> str:
    """Return a moment as text that ends in Z."""
    return value.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")


def leave_out_nulls() -> None:
    """Store parts of bodies without what is null in them, as answers leave it out."""
    Shape.omits_nulls = True


def _email(value: str) -> str:
    try:
        # The domains reserved for tests are as good as any: whether mail arrives is not checked either.
        validate_email(value, check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        raise ValueError(str(error)) from None
    return value


_HTTP_URL = TypeAdapter(AnyHttpUrl)


def _url(value: str) -> str:
    _HTTP_URL.validate_python(value)
    return value


def _no_nul(value: Any) -> Any:
    """Refuse NUL characters, which PostgreSQL cannot store, anywhere in a JSON value."""
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, str) and "\x00" in part:
            raise ValueError("This holds a NUL character.")
        if isinstance(part, dict):
            waiting += [*part, *part.values()]
        elif isinstance(part, list):
            waiting += part
    return value


def sorting(*names: str) -> Any:
    """Return the parameter that names what a list may be sorted by."""
    one = f"-?({'|'.join(map(re.escape, names))})"
    return Field(
        default=None,
        max_length=200,
        description=f"Sort by {', '.join(names)}; `-` before a name means descending; several with commas between them",
        json_schema_extra={"pattern": f"^{one}(,{one})*$"},
    )


def plain_number(value: Decimal) -> int | float:
    """Return a decimal as a number of JSON."""
    # At most 15 significant digits are let in, which a double carries exactly.
    return int(value) if value == value.to_integral_value() else float(value)


def as_json(value: Any) -> Any:
    """Return a value as answers have it in JSON: decimal numbers as numbers, moments in UTC, ids and days as texts."""
    if isinstance(value, Mapping):
        return {str(name): as_json(each) for name, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [as_json(each) for each in value]
    if isinstance(value, Decimal):
        return plain_number(value)
    return utc_text(value) if isinstance(value, dt.datetime) else to_jsonable_python(value)


def _is_uuid_text(value: object) -> object:
    if isinstance(value, str) and len(value) != 36:
        raise ValueError("This must be a UUID.")
    return value


def id_of(value: object) -> object:
    """Return the id that a whole number stands for. Raises ValueError for what is no such number."""
    if isinstance(value, UUID):
        return value
    if isinstance(value, bool) or not (isinstance(value, int) or (isinstance(value, str) and value.isdecimal())):
        raise ValueError("This must be a whole number.")
    number = int(value)
    if not 0 < number <= SAFE_INT:
        raise ValueError("There is no such number among ids.")
    return UUID(int=number)


_NUMBER_OF_AN_ID = WithJsonSchema({"type": "integer", "format": "int64", "minimum": 1, "maximum": SAFE_INT})
NumberedKey = Annotated[UUID, BeforeValidator(id_of), _NUMBER_OF_AN_ID]
"""An id that callers write as a whole number."""
NumberedId = Annotated[UUID, PlainSerializer(lambda id: id.int, return_type=int, when_used="json"), _NUMBER_OF_AN_ID]
"""An id that callers are shown as a whole number."""
Line = Annotated[str, Field(max_length=10_000, pattern=_ONE_LINE)]
"""Text on one line."""
Text = Annotated[str, Field(max_length=200_000, pattern=_MANY_LINES)]
"""Text of many lines."""
Int = Annotated[int, Field(strict=True, ge=-SAFE_INT, le=SAFE_INT)]
Float = Annotated[float, Field(strict=True, allow_inf_nan=False)]
Bool = Annotated[bool, Field(strict=True)]
Key = Annotated[UUID, BeforeValidator(_is_uuid_text)]
Number = Annotated[
    Decimal,
    PlainSerializer(plain_number, return_type=float, when_used="json"),
    WithJsonSchema({"type": "number"}, mode="serialization"),
]
"""A stored decimal number, on the way out."""
QueryNumber = Annotated[
    Decimal,
    Field(ge=-MOST_DECIMAL, le=MOST_DECIMAL, allow_inf_nan=False),
    WithJsonSchema({"type": "number", "minimum": -MOST_DECIMAL, "maximum": MOST_DECIMAL}),
]


@dataclass(frozen=True)
class Digits:
    """The rules of an exact decimal number: a number or a numeric string on the way in, a number on the way out."""

    places: int
    least: str | None = None
    most: str | None = None

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.decimal_schema(
            decimal_places=self.places,
            max_digits=15,
            ge=max(Decimal(self.least or -MOST_DECIMAL), Decimal(-MOST_DECIMAL)),
            le=min(Decimal(self.most or MOST_DECIMAL), Decimal(MOST_DECIMAL)),
            allow_inf_nan=False,
            serialization=core_schema.plain_serializer_function_ser_schema(plain_number, when_used="json"),
        )

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        described: dict[str, Any] = {"type": "number", "multipleOf": float(Decimal(10) ** -self.places)}
        described["minimum"] = plain_number(Decimal(self.least or -MOST_DECIMAL))
        described["maximum"] = plain_number(Decimal(self.most or MOST_DECIMAL))
        return described


Date = Annotated[dt.date, BeforeValidator(_matching(_DATE, "This must be a date such as 2030-01-31."))]
Moment = Annotated[dt.datetime, PlainSerializer(utc_text, return_type=str, when_used="json")]
"""A stored moment, on the way out; it ends in Z."""
DateTime = Annotated[
    Moment,
    BeforeValidator(_matching(_DATETIME, "This must be a time such as 2030-01-31T09:30:00Z.")),
    AfterValidator(_to_utc),
]
"""A moment. Without an offset it is taken as UTC; on the way out it ends in Z."""
ShownTime = Annotated[dt.time, WithJsonSchema({"type": "string", "pattern": TIME})]
"""A stored time of day, on the way out. JSON Schema's own format for times wants an offset."""
Time = Annotated[ShownTime, BeforeValidator(_matching(re.compile(TIME), "This must be a time of day such as 09:30."))]
SignInEmail = Annotated[
    str,
    Field(max_length=254),
    AfterValidator(_email),
    AfterValidator(str.lower),
    WithJsonSchema({"type": "string", "format": "email", "maxLength": 254}),
]
"""An address to sign in with: case makes no difference."""
Email = Annotated[
    str,
    Field(max_length=254),
    AfterValidator(_email),
    WithJsonSchema({"type": "string", "format": "email", "maxLength": 254}),
]
Url = Annotated[
    str,
    Field(max_length=2000),
    AfterValidator(_url),
    WithJsonSchema({"type": "string", "format": "uri", "maxLength": 2000, "pattern": "^https?://"}),
]
Phone = Annotated[str, Field(max_length=32, pattern=PHONE)]
Slug = Annotated[str, Field(min_length=1, max_length=200, pattern=SLUG)]
"""A readable part of an address."""
Json = Annotated[Any, AfterValidator(_no_nul), WithJsonSchema({"description": "Any JSON value"})]
"""Any JSON value; null is no value."""
AsJson = PlainSerializer(
    lambda shape: shape.model_dump(mode="json", by_alias=True, exclude_none=Shape.omits_nulls),
    return_type=dict[str, Any],
)
"""Makes a shape that was sent what is stored."""
ShownEmail = Annotated[str, WithJsonSchema({"type": "string", "format": "email"})]
ShownUrl = Annotated[str, WithJsonSchema({"type": "string", "format": "uri"})]


class Shown:
    """Describes a stored shape as `of`. What is stored is shown, also after the shape has changed."""

    def __init__(self, of: type[Shape]) -> None:
        self.of = of

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.any_schema()

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return handler(self.of.__pydantic_core_schema__)


def Values(known: Any) -> Any:  # noqa: N802 (it stands where a type stands)
    """Return what makes a text show the values of a Literal. What is stored is shown, also after a value was removed."""
    return WithJsonSchema({"type": "string", "enum": list(get_args(known))})


Format = Annotated[Literal["json", "csv"] | None, Field(description="csv: the whole list as one file")]
QueryInt = Annotated[int, Field(ge=-SAFE_INT, le=SAFE_INT)]
QueryFloat = Annotated[float, Field(allow_inf_nan=False)]
QueryText = Annotated[str, Field(max_length=2000, pattern=_MANY_LINES)]
