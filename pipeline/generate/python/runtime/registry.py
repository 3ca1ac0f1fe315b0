"""The registry: all components, wired. It equals the blueprint, or the system does not start."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa

from runtime.background import Loop
from runtime.blueprint import WiringError, read_blueprint
from runtime.call import Call, Condition, Scope, Under
from runtime.component import ComposedComponent, Operation, Port, QuietPort, RpcPort, operation_of
from runtime.credentials import Authenticator, KeyAuthenticator
from runtime.forms import Files
from runtime.http_shape import HttpShape, shape_of
from runtime.problems import Problem, forbidden, unauthenticated
from runtime.store import Store

ANYONE = "anyone"
"""The role of whoever calls, signed in or not."""
CRUD = ("list", "create", "read", "update", "delete")
AnyComponent = TypeVar("AnyComponent", bound=ComposedComponent)


class Registry:
    """The components of a system, the paths of their ports, and who may do what."""

    def __init__(
        self,
        *,
        expose: Mapping[str, str],
        roles: Mapping[str, Sequence[str]],
        issuer: str | None = None,
        conditions: Mapping[str, Condition] | None = None,
        http: HttpShape | None = None,
    ) -> None:
        self.expose = dict(expose)
        self.roles = {role: tuple(grants) for role, grants in roles.items()}
        self.issuer = issuer
        self.http = http or HttpShape()
        self.conditions = dict(conditions or {})
        """What grants with `where` ask, under the port and the expression: `minutes.api where this.published`."""
        self.authenticator: Authenticator | None = None
        self.key_ring: KeyAuthenticator | None = None
        self.files: Files | None = None
        self.components: dict[str, ComposedComponent] = {}
        self._allowed: dict[tuple[str, str], dict[str, list[Scope | None]]] = {}

    def add(self, component: AnyComponent) -> AnyComponent:
        """Take a component in, and return it."""
        if component.name in self.components:
            raise WiringError(f"{component.name} is registered twice")
        self.components[component.name] = component
        for port in component.offered.values():
            if isinstance(port, RpcPort):
                port.guard = self
        return component

    def seal(self, blueprint: Path) -> None:
        """Compare everything with architecture.yaml. Raises WiringError with all differences."""
        problems = Comparison(self, read_blueprint(blueprint)).problems()
        if problems:
            raise WiringError("the code differs from architecture.yaml:\n- " + "\n- ".join(problems))
        for role, grants in self.roles.items():
            for text in grants:
                self._grant(role, text)

    def scope(self, port: str, operation: Operation, call: Call) -> Call:
        """Return the call within what its caller may touch. Raises 401 and 403."""
        if operation.access == "public":
            return call.within(None)
        if operation.access == "signed-in" and call.principal is not None:
            if call.principal.device is not None:
                raise forbidden("This is for people who sign in: an API key does not do.")
            return call.within(None)
        allowed = self._allowed.get((port, operation.name), {})
        scopes = [scope for role in (*call.roles, ANYONE) for scope in allowed.get(role, ())]
        if not scopes:
            raise unauthenticated() if call.principal is None else forbidden()
        together = Scope()
        for scope in scopes:
            if scope is None:
                return call.within(None)
            together |= scope
        return call.within(together)

    def allowed(self, port: str, operation: str) -> frozenset[str]:
        """Return the roles that may use an operation, at least on some rows."""
        return frozenset(self._allowed.get((port, operation), ()))

    def is_open(self, port: str, operation: Operation) -> bool:
        """Return whether whoever calls may use an operation, at least on some objects, without a sign-in."""
        return operation.access == "public" or ANYONE in self._allowed.get((port, operation.name), {})

    def loops(self) -> list[Loop]:
        """Return what capabilities do now and then, beside what stands behind ports."""
        return [self.files.loop] if self.files is not None else []

    def listing(self, model: str, call: Call) -> Call | None:
        """Return the call as the one that lists the rows of a model; None where it may list none."""
        return self._as("list", model, call)

    def reading(self, model: str, call: Call) -> Call | None:
        """Return the call as the one that reads rows of a model, or lists them; None where it may do neither."""
        return self._as("read", model, call) or self._as("list", model, call)

    def _as(self, operation: str, model: str, call: Call) -> Call | None:
        for port in self.ports():
            if port.model == model and operation in port.operations:
                try:
                    return self.scope(port.address, operation_of(port.operations[operation][0]), call)
                except Problem as problem:
                    if problem.status not in (401, 403):
                        raise
        return None

    def ports(self) -> list[RpcPort]:
        """Return the ports with operations, in the order of their components."""
        return [
            port
            for component in self.components.values()
            for port in component.offered.values()
            if isinstance(port, RpcPort)
        ]

    def quiet_ports(self) -> list[QuietPort]:
        """Return the ports behind which there is work in the background, in the order of their components."""
        return [
            port
            for component in self.components.values()
            for port in (*component.offered.values(), *component.sent.values())
            if isinstance(port, QuietPort)
        ]

    def open_to_administrators(self, port: RpcPort) -> None:
        """Let administrators use a port that stands in no blueprint. Where nobody can sign in, everybody may."""
        port.guard = self
        without_accounts = self.authenticator is None and self.key_ring is None
        roles = (ANYONE,) if without_accounts else self.authenticator.admin_roles if self.authenticator else ()
        for operation in port.operations:
            self._allowed[port.address, operation] = {role: [None] for role in roles}

    def _grant(self, role: str, text: str) -> None:
        address, name, limit, expression = parts_of(text)
        component, _, port_name = address.partition(".")
        port = self.components[component].offered[port_name]
        if not isinstance(port, RpcPort):
            raise WiringError(f"{role}: {text} names a port without operations")
        scope = _limit(port, limit) if limit else None
        if expression:
            scope = Scope(conditions=(self.conditions[f"{address} where {expression}"],))
        for operation in port.operations if name == "*" else (name,):
            self._allowed.setdefault((address, operation), {}).setdefault(role, []).append(scope)


def parts_of(grant: str) -> tuple[str, str, str, str]:
    """Return the port, the operation, the limit and the expression of a grant; what it does not have is empty."""
    address, _, rest = grant.partition(":")
    name, _, expression = rest.partition(" where ")
    name, _, limit = name.partition("@")
    return address, name, limit, expression


def _limit(port: RpcPort, limit: str) -> Scope:
    """Return what a grant's @limit allows."""
    owner = _attribute(port, port.owner) if port.owner else None
    if limit == "parent":
        if port.parent is None or port.parents is None:
            raise WiringError(f"{port.address} has no parent that could limit a grant")
        return Scope(under=Under(_attribute(port, port.parent), port.parents, owner))
    if limit == "own" and owner is not None:
        return Scope(frozenset({owner}))
    return Scope(frozenset({_attribute(port, limit)}))


def _attribute(port: RpcPort, field: str) -> str:
    """Return the attribute of the port's rows that holds a field: Python's words and ours end in an underscore."""
    names = sa.inspect(port.rows().model).column_attrs.keys()
    for name in (field, f"{field}_"):
        if name in names:
            return name
    raise WiringError(f"{port.address} has no field {field!r} that could limit a grant")


class Comparison:
    """What differs between the registry and a blueprint."""

    def __init__(self, registry: Registry, blueprint: Mapping[str, Any]) -> None:
        self._registry = registry
        self._blueprint = blueprint
        self._wanted_links: dict[str, list[str]] = {}
        for link in blueprint["links"]:
            self._wanted_links.setdefault(link["from"], []).append(link["to"])
        self._problems: list[str] = []

    def problems(self) -> list[str]:
        """Return every difference, in words."""
        policies = self._blueprint["policies"]
        components = self._blueprint["components"]
        self._same("components", set(components), set(self._registry.components))
        self._same(
            "exposed ports",
            {exposure["port"]: exposure["path"] for exposure in self._blueprint["expose"]},
            self._registry.expose,
        )
        self._same(
            "roles",
            {role: sorted(grants) for role, grants in policies["roles"].items()},
            {role: sorted(grants) for role, grants in self._registry.roles.items()},
        )
        asked = [
            (address, text) for grants in policies["roles"].values() for address, _, _, text in map(parts_of, grants)
        ]
        self._same(
            "conditions of grants",
            {f"{address} where {text}" for address, text in asked if text},
            set(self._registry.conditions),
        )
        self._same("shape of answers", shape_of(self._blueprint.get("http", {})), self._registry.http)
        self._same("issuer of tokens", policies.get("authn", {}).get("issuer"), self._registry.issuer)
        wanted_keys = {
            name: model["keys"]["role"] for name, model in self._blueprint["models"].items() if "keys" in model
        }
        self._same("roles of API keys", wanted_keys, self._registry.key_ring.roles if self._registry.key_ring else {})
        self._same("links", {name: sorted(to) for name, to in self._wanted_links.items()}, self._links())
        for name, component in self._registry.components.items():
            if name in components:
                self._compare(component, components[name]["ports"])
        return self._problems

    def _links(self) -> dict[str, list[str]]:
        links: dict[str, list[str]] = {}
        for component in self._registry.components.values():
            for name, port in component.needed.items():
                links[f"{component.name}.{name}"] = [port.address]
            for port in component.sent.values():
                if port.leads_to():
                    links[port.address] = sorted(port.leads_to())
        return links

    def _compare(self, component: ComposedComponent, ports: Mapping[str, Any]) -> None:
        offered = {name for name, port in ports.items() if port["dir"] == "in"}
        self._same(f"in ports of {component.name}", offered, set(component.offered))
        self._same(f"out ports of {component.name}", set(ports) - offered, {*component.needed, *component.sent})
        for name, port in {**component.offered, **component.sent}.items():
            if name in ports:
                self._compare_port(port, ports[name])
            if name in ports and isinstance(port, RpcPort):
                code = {port.parent: port.parents.address} if port.parents else {}
                self._same(f"parent of {port.address}", self._parent(component.name, ports, ports[name]), code)

    def _parent(self, component: str, ports: Mapping[str, Any], wanted: Mapping[str, Any]) -> dict[str, str]:
        """Return the field that refers to a port's parents, and the port that reads them; nothing without either."""
        field = wanted.get("parent")
        through = [
            name for name, port in ports.items() if field and port["dir"] == "out" and port.get("field") == field
        ]
        reads = self._wanted_links.get(f"{component}.{through[0]}") if through else None
        return {field: reads[0]} if field and reads else {}

    def _compare_port(self, port: Port, wanted: Mapping[str, Any]) -> None:
        if isinstance(port, Store):
            self._same(f"model of {port.address}", wanted.get("model"), port.of)
            return
        if isinstance(port, QuietPort):
            described = port.described()
            self._same(f"port {port.address}", {name: wanted.get(name) for name in described}, described)
            return
        self._same(f"model of {port.address}", wanted.get("crud"), port.model)
        self._same(f"owner in {port.address}", wanted.get("owner"), port.owner)
        access: dict[str, str] = {}
        for name in wanted.get("only", CRUD) if "crud" in wanted else ():
            access[name] = "public" if name in wanted.get("public", ()) else "granted"
        for name in behaviour_of(wanted, self._blueprint["models"].get(wanted.get("crud")) or {}):
            access[name] = "granted"
        for name, shape in (wanted.get("ops") or {}).items():
            access[name] = "public" if shape.get("public") else "signed-in" if shape.get("signedIn") else "granted"
        self._same(
            f"operations of {port.address}",
            access,
            {name: operation_of(handlers[0]).access for name, handlers in port.operations.items()},
        )
        self._same(
            f"operations of {port.address} that take an Idempotency-Key",
            set(wanted.get("idempotency", ())) - {"list", "read"},
            {
                name
                for name, handlers in port.operations.items()
                if name in CRUD and any(operation_of(each).idempotent for each in handlers)
            },
        )
        base = self._registry.expose.get(port.address)
        for name, handlers in port.operations.items():
            path = operation_of(handlers[0]).path
            if base is not None and path != base and not path.startswith(f"{base}/"):
                self._problems.append(f"{port.address}:{name} is at {path}, not below {base}")
            if any(operation_of(handler).access != operation_of(handlers[0]).access for handler in handlers):
                self._problems.append(f"{port.address}:{name} is guarded differently at its paths")

    def _same(self, what: str, blueprint: object, code: object) -> None:
        if blueprint != code:
            self._problems.append(f"{what}: {_shown(blueprint)} in the blueprint, {_shown(code)} in the code")


def _shown(value: object) -> str:
    return str(sorted(value)) if isinstance(value, set) else str(value)


def behaviour_of(port: Mapping[str, Any], model: Mapping[str, Any]) -> list[str]:
    """Return the operations that come by themselves: with states, toggles and views."""
    names = [*(model.get("states") or {}).get("transitions", ()), *(port.get("views") or ())]
    for name, toggle in (port.get("toggles") or {}).items():
        names += [name, toggle["off"], toggle["members"]]
    return names
