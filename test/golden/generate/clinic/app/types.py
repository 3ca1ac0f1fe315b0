"""Types that several components share."""

import typing

import pydantic

from runtime import fields

Role = typing.Literal["owner", "vet", "admin"]


class Registration(fields.Message):
    """Registration."""

    email: fields.SignInEmail
    password: typing.Annotated[fields.Line, pydantic.Field(min_length=8, max_length=200)]
    name: typing.Annotated[fields.Line, pydantic.Field(min_length=1, max_length=200)]


class Credentials(fields.Message):
    """Credentials."""

    email: fields.SignInEmail
    password: typing.Annotated[fields.Line, pydantic.Field(min_length=1, max_length=200)]


class TokenPair(fields.Message):
    """Token Pair."""

    access_token: fields.Line
    refresh_token: fields.Line
    token_type: fields.Line
    expires_in: fields.Int


class RefreshToken(fields.Message):
    """Refresh Token."""

    refresh_token: fields.Line


class PasswordChange(fields.Message):
    """Password Change."""

    current_password: typing.Annotated[fields.Line, pydantic.Field(min_length=1, max_length=200)]
    new_password: typing.Annotated[fields.Line, pydantic.Field(min_length=8, max_length=200)]


class PasswordReset(fields.Message):
    """Password Reset."""

    token: fields.Line
    new_password: typing.Annotated[fields.Line, pydantic.Field(min_length=8, max_length=200)]


class ResetToken(fields.Message):
    """Reset Token."""

    token: fields.Line
    expires_at: fields.DateTime


class Setup(fields.Message):
    """Setup."""

    token: fields.Line
    email: fields.SignInEmail
    password: typing.Annotated[fields.Line, pydantic.Field(min_length=8, max_length=200)]
