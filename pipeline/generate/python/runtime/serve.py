"""Serves the system: `python -m runtime.serve`. See --help."""

import argparse
import ctypes
import gc
import os
import signal
import socket
import sys
from collections.abc import Sequence

_PR_SET_PDEATHSIG = 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the service; return the exit code."""
    parser = argparse.ArgumentParser(prog="runtime.serve", description="Serves the system over HTTP.")
    parser.add_argument("--fd", type=int, help="descriptor of a listening TCP socket that was inherited")
    parser.add_argument("--hold", action="store_true", help="with --fd: accept on it only after SIGUSR2")
    parser.add_argument("--uds", help="path of a private unix socket to answer on from the start")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, help="port to listen on; 0 for any")
    parser.add_argument("--die-with-parent", action="store_true", help="end when the parent process ends")
    options = parser.parse_args(arguments)
    if options.fd is None and options.uds is None and options.port is None:
        parser.error("one of --fd, --uds and --port is needed")
    if options.die_with_parent:
        _die_with_parent()
    # Everything that is imported stays: looking for garbage in it while it is made would be a tenth of the start.
    gc.disable()
    return _serve(options)


def _serve(options: argparse.Namespace) -> int:
    import uvloop

    from runtime.registry import WiringError
    from runtime.server import Server
    from runtime.settings import SettingsError

    try:
        from app.main import create

        service = create()
        public = _public_socket(options.fd, options.host, options.port)
        server = Server(service, public, options.uds, hold=options.hold)
        gc.freeze()
        # A request makes thousands of objects that reference counts let go of: looking for cycles each 700 is in vain.
        gc.set_threshold(20_000, 20, 50)
        gc.enable()
        uvloop.run(server.serve_all())
    except (SettingsError, WiringError) as error:
        print(f"cannot start: {error}", file=sys.stderr)
        return 1
    return 0


def _public_socket(fd: int | None, host: str, port: int | None) -> socket.socket | None:
    if fd is not None:
        inherited = socket.socket(fileno=fd)
        inherited.setblocking(False)
        return inherited
    if port is None:
        return None
    made = socket.create_server((host, port), backlog=2048)
    made.setblocking(False)
    print(f"listening on http://{host}:{made.getsockname()[1]}", flush=True)
    return made


def _die_with_parent() -> None:
    parent = os.getppid()
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        # The parent ended before it could be watched.
        sys.exit(0)


if __name__ == "__main__":
    sys.exit(main())
