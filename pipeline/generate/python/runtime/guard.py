"""The guard of calls to the world outside: which addresses may be called, decided after the name was resolved."""

import asyncio
import ipaddress
import socket
from collections.abc import Sequence
from urllib.parse import SplitResult, urlsplit

LOOPBACK = "loopback"
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Refused(Exception):
    """The deployment does not allow this call. The message says why."""


class Guard:
    """Lets calls go to public addresses only, and to what the deployment allows besides.

    `allowed` holds names of hosts, networks such as 10.1.0.0/16, and `loopback` for this machine itself.
    """

    def __init__(self, allowed: Sequence[str]) -> None:
        self._loopback = LOOPBACK in allowed
        self._hosts = {entry.lower() for entry in allowed if not _is_network(entry)}
        self._networks = [ipaddress.ip_network(entry, strict=False) for entry in allowed if _is_network(entry)]

    async def resolve(self, url: str) -> tuple[SplitResult, str]:
        """Return the parts of a URL and the one address to connect to. Raises Refused, and OSError for an unknown host.

        The connection is made to this very address: a name that resolves to another one a moment later changes nothing.
        """
        parts = split(url)
        host = parts.hostname or ""
        port = parts.port or (443 if parts.scheme == "https" else 80)
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        for address in addresses:
            if not self._allows(host.lower(), ipaddress.ip_address(address.partition("%")[0])):
                raise Refused(f"{address} is not a public address.")
        if not addresses:
            raise OSError("The name of the host is not known.")
        return parts, addresses[0]

    def _allows(self, host: str, address: Address) -> bool:
        inner = _inner(address)
        if host in self._hosts or any(inner in network for network in self._networks):
            return True
        if inner.is_loopback:
            return self._loopback
        return inner.is_global and not inner.is_multicast and not inner.is_reserved


def split(url: str) -> SplitResult:
    """Return the parts of a URL. Raises Refused for one that cannot be called."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise Refused("This is not a URL.") from None
    if parts.scheme not in ("http", "https"):
        raise Refused("Only http and https are called.")
    if not parts.hostname or port == 0:
        raise Refused("The URL names no host.")
    return parts


def _inner(address: Address) -> Address:
    """Return the IPv4 address that an IPv6 address stands for, where it stands for one."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else address)


def _is_network(entry: str) -> bool:
    try:
        ipaddress.ip_network(entry, strict=False)
    except ValueError:
        return False
    return True
