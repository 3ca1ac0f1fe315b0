"""Runs a system's tests as `python -m pytest` does, without what only a long process needs."""

import gc
import os
import sys

# Imports and tests make millions of objects and drop few in circles: looking for those after every 700, as Python does
# otherwise, takes a tenth of the run.
gc.set_threshold(50_000, 20, 100)
# What libraries load where they find it: colours and a command line that nobody sees here, and an event loop that is
# not in use. A system in its own environment has none of them.
for name in ("rich", "httpx._main", "sniffio"):
    sys.modules[name] = None  # type: ignore[assignment]

import pytest

code = pytest.main(sys.argv[1:])
sys.stdout.flush()
sys.stderr.flush()
# Taking the interpreter apart object by object takes another tenth, and ends in the same place.
os._exit(code)
