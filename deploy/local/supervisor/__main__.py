"""Keeps the processes of local systems alive; outlives the bot. Standard library only.

Spoken to over a unix socket (0600): one JSON object a line in, one out. A connection that goes away, also by
kill -9, takes with it what it began and did not commit: its locks, its commands, its standby processes. So a bot
that dies in the middle of a deploy leaves exactly what served before.

A system has one listening TCP socket, bound once and handed to every process as file descriptor 0. Two releases can
therefore accept from it at the same time, and while a crashed process is restarted its clients wait in the backlog
instead of being refused.
"""

import argparse
import asyncio
import contextlib
import fcntl
import os
import signal
import sys
from pathlib import Path

from process import end_orphans
from supervisor import Supervisor

# The longest request, in bytes.
REQUEST_LIMIT = 1 << 20


async def main(options):
    supervisor = Supervisor(options)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, lambda: asyncio.ensure_future(supervisor.do_shutdown({}, None)))
    loop.add_signal_handler(signal.SIGHUP, lambda: None)
    with contextlib.suppress(FileNotFoundError):
        os.unlink(options.socket)
    server = await asyncio.start_unix_server(supervisor.serve_connection, options.socket, limit=REQUEST_LIMIT)
    os.chmod(options.socket, 0o600)
    supervisor.end_when_idle()
    while not await supervisor.over():
        pass  # somebody came in at the last moment
    os.unlink(options.socket)
    server.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--socket", required=True)
    parser.add_argument("--pids", required=True)
    parser.add_argument("--lock", required=True)
    parser.add_argument("--backoff", type=float, default=0.5, help="seconds before the first restart; doubles")
    parser.add_argument("--give-up", type=int, default=6, help="restarts in a row before it is given up")
    parser.add_argument("--stable", type=float, default=60, help="seconds of life that make a crash the first again")
    parser.add_argument("--grace", type=float, default=12, help="seconds from a signal to SIGKILL")
    parser.add_argument("--linger", type=float, default=2, help="seconds of idleness before it ends")
    chosen = parser.parse_args()
    os.umask(0o077)
    os.closerange(3, os.sysconf("SC_OPEN_MAX"))  # what the bot's own parent left open is not ours to hold for days
    lock_file = open(chosen.lock, "w")  # noqa: SIM115 (held to the end)
    try:
        fcntl.flock(lock_file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        sys.exit(0)  # another one is at work
    end_orphans(Path(chosen.pids), 2)
    for stale in Path(chosen.socket).parent.glob("*.sock"):  # the probe sockets of those
        stale.unlink()
    if sys.version_info < (3, 12) and hasattr(os, "pidfd_open"):
        asyncio.set_child_watcher(asyncio.PidfdChildWatcher())  # the default has a thread for each child
    asyncio.run(main(chosen))
