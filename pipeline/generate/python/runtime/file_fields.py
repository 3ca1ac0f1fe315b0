"""File fields: what is stored of a file beside its bytes, what may be uploaded, and how a file is shown."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from pydantic import BeforeValidator, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import Dialect

from runtime import fields
from runtime.file_links import link_to


@dataclass(frozen=True, slots=True)
class FileRules:
    """What may be uploaded into a field: so many bytes, of these media types; `image/*` and `*/*` stand for several."""

    field: str
    """The field as callers write it."""
    most: int
    types: tuple[str, ...]


class StoredFile:
    """A file that was uploaded. Its bytes are kept under `key`; its name is only ever shown.

    Not a dataclass: those are dictionaries after model_dump(), and this is to reach its column as it is.
    """

    __slots__ = ("key", "name", "sha256", "size", "type", "uploaded_at")

    def __init__(self, *, key: str, name: str, size: int, type: str, sha256: str, uploaded_at: str) -> None:
        self.key = key
        self.name = name
        self.size = size
        self.type = type
        self.sha256 = sha256
        self.uploaded_at = uploaded_at

    def __eq__(self, other: object) -> bool:
        return isinstance(other, StoredFile) and self.stored() == other.stored()

    def __hash__(self) -> int:
        return hash(self.key)

    def stored(self) -> dict[str, Any]:
        """Return what stands in the column."""
        return {name: getattr(self, name) for name in self.__slots__}

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(_only_files)

    @classmethod
    def __get_pydantic_json_schema__(cls, _schema: CoreSchema, _handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"type": "string", "format": "binary"}


def _only_files(value: object) -> StoredFile:
    if not isinstance(value, StoredFile):
        raise ValueError("Send this as a file, with multipart/form-data.")
    return value


class FileType(sa.types.TypeDecorator[StoredFile]):
    """A column that says what is kept of a file; the bytes are elsewhere."""

    impl = sa.JSON
    cache_ok = True

    @property
    def python_type(self) -> type[StoredFile]:
        return StoredFile

    def load_dialect_impl(self, dialect: Dialect) -> sa.types.TypeEngine[Any]:
        json = postgresql.JSONB if dialect.name == "postgresql" else sa.JSON
        return dialect.type_descriptor(json(none_as_null=True))

    def process_bind_param(self, value: StoredFile | None, dialect: Dialect) -> dict[str, Any] | None:
        return None if value is None else value.stored()

    def process_result_value(self, value: dict[str, Any] | None, dialect: Dialect) -> StoredFile | None:
        return None if value is None else StoredFile(**value)


class File(fields.Record):
    """A file as it is shown: where it can be had, for a while, without signing in."""

    url: fields.ShownUrl
    expires_at: fields.Moment
    name: str
    size: int
    content_type: str


def linked(minutes: int) -> BeforeValidator:
    """Return what makes a link, good for so long, of a stored file."""

    def link(value: object) -> object:
        return shown(value, minutes) if isinstance(value, StoredFile) else value

    return BeforeValidator(link)


def shown(file: StoredFile, minutes: int) -> File:
    """Return a stored file as it is shown, with a link that is good for so long."""
    url, expires = link_to(file.key, file.name, file.type, file.size, dt.timedelta(minutes=minutes))
    return File(url=url, expires_at=expires, name=file.name, size=file.size, content_type=file.type)
