"""Runs a system's tests once per mutation of its code, and prints which of them noticed.

argv: folder of the system; stdin: JSON list of {file, from, to, tests}. Each mutation runs in a fork of a process that has the
libraries loaded already, on a copy of its own.
"""

import json
import os
import shutil
import sys
import tempfile

import alembic.command  # noqa: F401
import argon2  # noqa: F401
import fastapi  # noqa: F401
import httpx  # noqa: F401
import pytest
import sqlalchemy.ext.asyncio  # noqa: F401

os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
sys.dont_write_bytecode = True


def run(folder: str, tests: list[str], out: int) -> int:
    os.chdir(folder)
    sys.path.insert(0, folder)
    os.dup2(out, 1)
    os.dup2(out, 2)
    arguments = ["-q", "-x", "--tb=line", "-p", "no:cacheprovider", "-W", "ignore", f"--rootdir={folder}", *tests]
    return int(pytest.main(arguments))


system = sys.argv[1]
results = []
for mutation in json.load(sys.stdin):
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as output:
        copy = shutil.copytree(system, f"{folder}/system")
        path = f"{copy}/{mutation['file']}"
        with open(path) as file:
            before = file.read()
        assert mutation["from"] in before, f"{mutation['from']!r} is not in {mutation['file']}"
        with open(path, "w") as file:
            file.write(before.replace(mutation["from"], mutation["to"]))
        pid = os.fork()
        if pid == 0:
            os._exit(run(copy, mutation["tests"], output.fileno()))
        _, status = os.waitpid(pid, 0)
        output.seek(0)
        text = output.read().decode()
        failed = [line for line in text.splitlines() if line.startswith(("FAILED", "ERROR"))]
        results.append({"code": os.waitstatus_to_exitcode(status), "failed": failed, "output": text[-2000:]})
json.dump(results, sys.stdout)
