"""Settings: environment variables that name files or hold plain values, never secrets themselves."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


class SettingsError(Exception):
    """A setting is missing or wrong. The message names the variable and never holds its secret."""


@dataclass(frozen=True, slots=True)
class FilePlace:
    """Where uploaded files are kept: in a folder, or in a bucket that speaks S3."""

    folder: str = ""
    url: str = ""
    """`s3://bucket/prefix`."""
    endpoint: str = ""
    """Where the bucket's service is, for those that are not Amazon's."""
    region: str = "us-east-1"
    credentials: str = field(default="", repr=False)
    """`id:secret`."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What one running release needs to know about where it runs."""

    database_url: str = field(repr=False)
    jwt_key: str = field(default="", repr=False)
    setup_token: str = field(default="", repr=False)
    base_url: str = ""
    log_level: str = "info"
    release: str = "dev"
    sign_ins_per_minute: int = 60
    """Sign-ins and sign-ups that one address may try in a minute."""
    redis_url: str = field(default="", repr=False)
    """Where events travel, for systems of several processes; within the database where there is none."""
    redis_prefix: str = ""
    """What keeps this system's streams apart from others' there; its name where there is none."""
    allow_outbound: tuple[str, ...] = ()
    """What may be called besides public addresses: hosts, networks, and `loopback` for this machine."""
    webhook_secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    """What senders of webhooks sign with."""
    files: FilePlace | None = None


def load_settings(environ: Mapping[str, str] = os.environ, *, accounts: bool, files: bool = False) -> Settings:
    """Read the settings. With `accounts`, the key that signs tokens and the first administrator's token are needed too;
    with `files`, that key, which signs links as well, and the place of the files.

    Raises SettingsError for the first one that is missing, empty or unreadable.
    """
    jwt_key = _secret(environ, "JWT_KEY_FILE") if accounts or files else ""
    if jwt_key and len(jwt_key.encode()) < 32:
        raise SettingsError("JWT_KEY_FILE: the key is shorter than the 32 bytes that HS256 needs")
    return Settings(
        database_url=_secret(environ, "DATABASE_URL_FILE"),
        jwt_key=jwt_key,
        setup_token=_secret(environ, "SETUP_TOKEN_FILE") if accounts else "",
        base_url=environ.get("BASE_URL", "").rstrip("/"),
        log_level=_log_level(environ),
        release=environ.get("RELEASE", "dev"),
        sign_ins_per_minute=_positive(environ, "SIGN_INS_PER_MINUTE", 60),
        redis_url=_secret(environ, "REDIS_URL_FILE") if environ.get("REDIS_URL_FILE") else "",
        redis_prefix=environ.get("REDIS_PREFIX", ""),
        allow_outbound=tuple(part.strip() for part in environ.get("ALLOW_OUTBOUND", "").split(",") if part.strip()),
        webhook_secrets=_webhook_secrets(environ),
        files=_file_place(environ) if files else None,
    )


def _file_place(environ: Mapping[str, str]) -> FilePlace:
    url = environ.get("FILES_URL", "")
    if not url:
        folder = environ.get("FILES_DIR", "")
        if not folder:
            raise SettingsError("FILES_DIR is not set: it names the folder for uploaded files")
        return FilePlace(folder=folder)
    if not re.fullmatch(r"s3://[a-z0-9][a-z0-9.-]+(/[^?#]*)?", url):
        raise SettingsError("FILES_URL must be like s3://bucket/prefix")
    return FilePlace(
        url=url,
        endpoint=environ.get("FILES_ENDPOINT", ""),
        region=environ.get("FILES_REGION", "us-east-1"),
        credentials=_secret(environ, "FILES_CREDENTIALS_FILE"),
    )


def _secret(environ: Mapping[str, str], name: str) -> str:
    path = environ.get(name, "")
    if not path:
        raise SettingsError(f"{name} is not set: it names the file that holds the secret")
    try:
        value = Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{name}: the file cannot be read ({type(error).__name__})") from None
    if not value:
        raise SettingsError(f"{name}: the file is empty")
    return value


def _webhook_secrets(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the secrets of WEBHOOK_<NAME>_FILE by name, in lower case."""
    found = {name: re.fullmatch(r"WEBHOOK_(\w+)_FILE", name) for name in sorted(environ)}
    return {match[1].lower(): _secret(environ, name) for name, match in found.items() if match}


def _log_level(environ: Mapping[str, str]) -> str:
    level = environ.get("LOG_LEVEL", "info").lower()
    if level not in {"debug", "info", "warning", "error"}:
        raise SettingsError("LOG_LEVEL must be one of debug, info, warning and error")
    return level


def _positive(environ: Mapping[str, str], name: str, default: int) -> int:
    text = environ.get(name, "")
    if not text:
        return default
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise SettingsError(f"{name} must be a whole number above 0")
    return int(text)
