"""The service: the registry's operations as a FastAPI application behind one ASGI layer."""

from collections.abc import AsyncGenerator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from fastapi import FastAPI
from starlette.routing import BaseRoute
from starlette.types import Receive, Scope, Send

from runtime.component import Handler, Operation, RpcPort, operation_of
from runtime.database import Database
from runtime.gate import Gate
from runtime.kernel import Kernel, KernelRoute
from runtime.logs import set_up_logs
from runtime.openapi import describe, documented
from runtime.registry import Registry, WiringError
from runtime.settings import Settings
from runtime.upkeep import Upkeep

Build = Callable[[Database, Settings], Registry]


@dataclass(frozen=True, slots=True)
class About:
    """What a system says about itself."""

    name: str
    title: str
    version: str
    description: str


class Service:
    """A system, ready to serve: an ASGI application with its registry and its database.

    Raises WiringError where the code differs from the blueprint, or a route would go around the kernel.
    """

    def __init__(self, build: Build, settings: Settings, about: About, blueprint: Path) -> None:
        set_up_logs(settings.log_level)
        self.database = Database(settings.database_url)
        self.registry = build(self.database, settings)
        self.registry.seal(blueprint)
        self.kernel = Kernel(self.database, self.registry)
        self.app = FastAPI(
            title=about.title,
            version=about.version,
            description=about.description,
            openapi_url=None,
            docs_url=None,
            redoc_url=None,
            redirect_slashes=False,
            lifespan=self._lifespan,
        )
        upkeep = Upkeep(self.database, about.title, settings.release, lambda: describe(self.app, settings.base_url))
        self._names: set[str] = set()
        for port in (upkeep.port, *self.registry.ports()):
            for handlers in port.operations.values():
                for handler in handlers:
                    self._add(port, handler)
        check_routes(self.app.router.routes, self.kernel)
        self.gate = Gate(self.app)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        await self.gate(scope, receive, send)

    async def close(self) -> None:
        """Let go of the database."""
        await self.database.close()

    def _add(self, port: RpcPort, handler: Handler) -> None:
        operation = operation_of(handler)
        route = type("Route", (KernelRoute,), {"kernel": self.kernel, "port": port.address})
        routes = self.app.router.routes
        hidden = next((at for at, other in enumerate(routes) if _hides(other, operation)), len(routes))
        self.app.router.add_api_route(
            operation.path,
            handler,
            methods=[operation.method],
            status_code=operation.status,
            route_class_override=route,
            include_in_schema=port.component.name != Upkeep.NAME,
            **documented(port, handler, self._names, self.registry),
        )
        routes.insert(hidden, routes.pop())

    @asynccontextmanager
    async def _lifespan(self, _app: FastAPI) -> AsyncGenerator[None]:
        yield
        await self.close()


def _hides(route: BaseRoute, operation: Operation) -> bool:
    """Whether a route would be taken for requests that are meant for an operation: /things/{id} for /things/totals."""
    return (
        isinstance(route, KernelRoute)
        and operation.method in (route.methods or ())
        and route.path != operation.path
        and route.path_regex.match(operation.path) is not None
    )


def check_routes(routes: Iterable[BaseRoute], kernel: Kernel) -> None:
    """Raise WiringError for a route that is not behind this kernel."""
    for route in routes:
        if not isinstance(route, KernelRoute) or route.kernel is not kernel:
            raise WiringError(f"the route {getattr(route, 'path', route)} is not behind the kernel")
