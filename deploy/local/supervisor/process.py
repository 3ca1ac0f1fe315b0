"""Signals, process identity, and the end of what a killed supervisor has left. Linux only."""

import contextlib
import ctypes
import json
import os
import signal
import time
from pathlib import Path

libc = ctypes.CDLL(None, use_errno=True)


def die_with_parent():
    """Runs in the child between fork and exec. 1 is PR_SET_PDEATHSIG."""
    libc.prctl(1, signal.SIGTERM)


def start_time(pid):
    """Clock ticks between boot and the start of a process; None when there is none. Guards against a reused pid."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    fields = stat.rpartition(")")[2].split()
    return None if fields[0] == "Z" else int(fields[19])


def kill_group(pid, number):
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, number)


def write_pids(path, pids):
    fresh = path.with_name(f"{path.name}.new")
    fresh.write_text(json.dumps(pids))
    fresh.replace(path)


def end_orphans(path, seconds):
    """Ends what a supervisor that was killed has left; they were signalled by the kernel, so most are gone already."""
    try:
        known = {int(pid): started for pid, started in json.loads(path.read_text()).items()}
    except (OSError, ValueError):
        return
    deadline = time.monotonic() + seconds
    while left := [pid for pid, started in known.items() if started and start_time(pid) == started]:
        late = time.monotonic() > deadline
        for pid in left:
            kill_group(pid, signal.SIGKILL if late else signal.SIGTERM)
        time.sleep(0.02 if late else 0.1)
