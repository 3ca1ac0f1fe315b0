"""The blueprint, architecture.yaml, as data."""

import re
from pathlib import Path
from typing import Any

import yaml

_BASE: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLAIN = {
    "tag:yaml.org,2002:bool": (r"^(?:true|false)$", "tf"),
    "tag:yaml.org,2002:int": (r"^-?[0-9]+$", "-0123456789"),
    "tag:yaml.org,2002:timestamp": (r"^$", ""),
}
"""What YAML 1.2 reads as these, and the characters that it begins with. In 1.1, `on` is true and 12:30 a number."""


class WiringError(Exception):
    """The code and the blueprint differ. The message lists every difference."""


class _Loader(_BASE):  # type: ignore[misc]
    """Reads YAML 1.2, which the blueprint is written in."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in _PLAIN]
    for first, resolvers in _BASE.yaml_implicit_resolvers.items()
}
for _tag, (_pattern, _first) in _PLAIN.items():
    if _first:
        _Loader.add_implicit_resolver(_tag, re.compile(_pattern), list(_first))


def read_blueprint(path: Path) -> dict[str, Any]:
    """Return architecture.yaml as data. Raises WiringError where it is none."""
    with path.open(encoding="utf-8") as file:
        document = yaml.load(file, Loader=_Loader)  # noqa: S506 (a safe loader, and the fast one where there is one)
    if not isinstance(document, dict):
        raise WiringError("architecture.yaml holds no blueprint")
    return document
