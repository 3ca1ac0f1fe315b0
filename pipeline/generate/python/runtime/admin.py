"""What administrators are offered beside the system's own operations, under /v1/admin."""

from typing import Any
from uuid import UUID

from runtime.call import Call
from runtime.component import ComposedComponent, Finder, RpcPort


class AdminDesk(ComposedComponent):
    """Operations for administrators. They go through the kernel like every other; no component of a blueprint is called so."""

    NAME = "admin"

    def __init__(self, topic: str) -> None:
        super().__init__(self.NAME)
        self.port = self.offers(topic, RpcPort(self))
        # Components have no slash in their names: no grant of the blueprint means these.
        self.port.address = f"/{self.NAME}.{topic}"


def find(store: str) -> Finder:
    """Return what answers 404 where a desk's store has no row with the path's id, before the body is looked at."""

    async def look(desk: Any, call: Call, id: UUID) -> object:
        return await getattr(desk, store).read(call, id)

    return look
