"""CSV: who asks for it, and what stands in a cell."""

from typing import Any

import pytest

from runtime.csv_answers import _cell, wants_csv


@pytest.mark.parametrize(
    ("format", "accept", "wants"),
    [
        (None, None, False),
        (None, "*/*", False),
        (None, "text/csv", True),
        (None, "application/json, text/csv", False),
        (None, "text/csv;q=0.5, application/json;q=0.1", True),
        (None, "text/csv;q=nonsense", False),
        ("csv", "application/json", True),
        ("json", "text/csv", False),
    ],
)
def test_csv_is_what_was_asked_for(format: str | None, accept: str | None, wants: bool) -> None:
    assert wants_csv(format, accept) is wants


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        (True, "true"),
        (-1.5, "-1.5"),
        (-5.0, "-5"),
        ("plain", "plain"),
        ("=SUM(A1)", "'=SUM(A1)"),
        ("+49 30", "'+49 30"),
        ("-x", "'-x"),
        ("@x", "'@x"),
        ("\tx", "'\tx"),
        (["é", 1], '["é", 1]'),
    ],
)
def test_a_cell_holds_no_formula(value: Any, cell: str) -> None:
    assert _cell(value) == cell
