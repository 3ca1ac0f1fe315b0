"""The server: uvicorn, with a public socket that can be held back and drained, and a private one."""

import asyncio
import os
import signal
import socket
from typing import Any

import uvicorn

from runtime.background import DRAIN_SECONDS
from runtime.logs import get_log
from runtime.service import Service


class Server(uvicorn.Server):
    """A server that can hold its public socket back, take it up on a signal, and drain on another."""

    def __init__(self, service: Service, public: socket.socket | None, private: str | None, *, hold: bool) -> None:
        config = uvicorn.Config(
            service,
            http="httptools",
            loop="uvloop",
            ws="none",
            lifespan="on",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=int(DRAIN_SECONDS),
        )
        super().__init__(config)
        self._service = service
        self._public = public
        self._private = private
        self._hold = hold
        service.background.held = hold
        self._accepting: asyncio.Server | None = None
        self._draining: asyncio.Task[None] | None = None

    async def serve_all(self) -> None:
        """Serve until a signal ends it and everything that was begun is answered."""
        self.config.load()
        self.lifespan = self.config.lifespan_class(self.config)
        await self.startup(sockets=[])
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGUSR2, lambda: loop.create_task(self._accept()))
        loop.add_signal_handler(signal.SIGUSR1, self._drain)
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stop)
        if self._private is not None:
            self.servers.append(await self._listen_privately(self._private))
        if not self._hold:
            await self._accept()
        get_log().info("serving", held=self._hold, pid=os.getpid())
        await self.main_loop()
        await self.shutdown()
        if self._private is not None:
            self._remove_private(self._private)

    def _protocol(self) -> asyncio.Protocol:
        factory: Any = self.config.http_protocol_class
        protocol: asyncio.Protocol = factory(
            config=self.config, server_state=self.server_state, app_state=self.lifespan.state
        )
        return protocol

    async def _accept(self) -> None:
        if self._public is None or self._accepting is not None or self._draining is not None:
            return
        self._service.background.start()
        loop = asyncio.get_running_loop()
        self._accepting = await loop.create_server(self._protocol, sock=self._public, backlog=2048)
        self.servers.append(self._accepting)
        get_log().info("accepting", pid=os.getpid())

    async def _listen_privately(self, path: str) -> asyncio.Server:
        self._remove_private(path)
        before = os.umask(0o177)
        try:
            return await asyncio.get_running_loop().create_unix_server(self._protocol, path=path)
        finally:
            os.umask(before)

    def _remove_private(self, path: str) -> None:
        try:
            os.unlink(path)
        except FileNotFoundError:
            return

    def _drain(self) -> None:
        """Stop accepting, ask every client to leave with its next answer, and exit when all have left."""
        if self._draining is None:
            self._draining = asyncio.get_running_loop().create_task(self._drain_all())

    async def _drain_all(self) -> None:
        get_log().info("draining", connections=len(self.server_state.connections))
        self._service.gate.draining = True
        for server in reversed(self.servers):  # the private one last: who finds it closed knows the public one to be
            server.close()
        loop = asyncio.get_running_loop()
        deadline = loop.time() + DRAIN_SECONDS
        await self._service.background.stop(DRAIN_SECONDS)
        while self.server_state.connections and loop.time() < deadline:  # noqa: ASYNC110 (uvicorn has no event for it)
            await asyncio.sleep(0.05)
        self.should_exit = True

    def _stop(self) -> None:
        """Answer what is in flight, drop idle connections, and exit."""
        self._service.gate.draining = True
        self.should_exit = True
