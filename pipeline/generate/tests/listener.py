"""A server of the world outside: it keeps what it hears and answers as it is told."""

import asyncio
from collections.abc import Callable

from tests.world import World


class Listener:
    """Listens on this machine while the world's service does its work."""

    def __init__(self, world: World) -> None:
        self.heard: list[tuple[dict[str, str], bytes]] = []
        self.answer: Callable[[], int] = lambda: 200
        self._world = world
        self._server = world.run(asyncio.start_server(self._serve, "127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}/hook"

    def close(self) -> None:
        self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:] if line)}
        self.heard.append((headers, await reader.readexactly(int(headers.get("content-length", "0")))))
        writer.write(f"HTTP/1.1 {self.answer()} X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())
        await writer.drain()
        writer.close()
