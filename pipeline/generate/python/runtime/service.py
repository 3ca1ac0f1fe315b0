"""The service: the registry's operations as a FastAPI application behind one ASGI layer."""

from collections.abc import AsyncGenerator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from fastapi import FastAPI
from starlette.routing import BaseRoute
from starlette.types import Receive, Scope, Send

from runtime.background import DRAIN_SECONDS, Background
from runtime.component import Handler, Operation, QuietPort, RpcPort, Site, Work, operation_of
from runtime.database import Database
from runtime.file_port import file_port
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
        self.kernel = Kernel(self.database, self.registry, settings)
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
        upkeep = Upkeep(
            self.database,
            about.title,
            settings.release,
            lambda: describe(self.app, settings.base_url, self.registry.http),
        )
        self._work = work_of(self.registry, Site(self.database, settings, about.name))
        self.background = Background([*self.registry.loops(), *(loop for work in self._work for loop in work.loops)])
        self._names: set[str] = set()
        files = [file_port(self.registry.files)] if self.registry.files else []
        for port in (upkeep.port, *files, *self.registry.ports(), *self._desks()):
            for handlers in port.operations.values():
                for handler in handlers:
                    self._add(port, handler)
        check_routes(self.app.router.routes, self.kernel)
        self.gate = Gate(self.app, self.registry.http)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        await self.gate(scope, receive, send)

    async def close(self) -> None:
        """End what is done in the background, and let go of the database."""
        await self.background.stop(DRAIN_SECONDS)
        for work in self._work:
            await work.close()
        await self.database.close()

    def _desks(self) -> list[RpcPort]:
        """Return the ports of administrators, open to them."""
        desks = [port for work in self._work for port in work.desk.offered.values() if isinstance(port, RpcPort)]
        for desk in desks:
            self.registry.open_to_administrators(desk)
        return desks

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
        if not self.background.held:
            self.background.start()
        yield
        await self.close()


def work_of(registry: Registry, site: Site) -> list[Work]:
    """Return the work that stands behind the registry's ports: one for each kind of which there are any."""
    quiet: dict[str, list[QuietPort]] = {}
    for port in registry.quiet_ports():
        quiet.setdefault(port.kind, []).append(port)
    works = [ports[0].work(site, ports) for ports in quiet.values()]
    hooked = [
        (f"{port.address}:{name}", handler)
        for port in registry.ports()
        for name, handlers in port.operations.items()
        for handler in handlers
        if operation_of(handler).webhook is not None
    ]
    hook = operation_of(hooked[0][1]).webhook if hooked else None
    return [*works, hook.work(site, hooked)] if hook is not None else works


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
