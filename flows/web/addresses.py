"""Which machines may be reached: public ones, checked at the moment of connecting.

Checking there and not before sees what is really dialled: literals in every notation, redirects, names that resolve
differently the second time. `localhost` names are answered here, as RFC 6761 asks, and checked like all others.
"""

from __future__ import annotations

import errno
import socket
from collections.abc import Sequence
from functools import partial
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TYPE_CHECKING, Any

from aiohttp import TCPConnector, ThreadedResolver
from aiohttp.abc import AbstractResolver, ResolveResult

from flows.web.patience import CURRENT

if TYPE_CHECKING:
    from aiohttp import ClientRequest, ClientTimeout
    from aiohttp.client_proto import ResponseHandler
    from aiohttp.tracing import Trace

_DNS_CACHE_SECONDS = 300
# public by their number, private by their use
_NEVER_PUBLIC = tuple(
    ip_network(block)
    for block in (
        "168.63.129.16/32",  # Azure's metadata and name service
        "192.0.0.0/24",  # IETF assignments; Oracle Cloud's metadata among them
        "192.88.99.0/24",  # the retired 6to4 relays
        "64:ff9b:1::/48",  # NAT64 within a network
        "2001::/23",  # Teredo and other IETF assignments
        "5f00::/16",  # segment routing
        "fec0::/10",  # the retired site-local addresses
    )
)
Network = IPv4Network | IPv6Network
AddressInfo = tuple[int, int, int, str, tuple[Any, ...]]  # as from getaddrinfo
_NAT64 = ip_network("64:ff9b::/96")


class NotPublicError(OSError):
    """A socket was asked for an address that is not public.

    The message leaves the address out: of several equal messages the dialler keeps the first error itself.
    """

    def __init__(self, address: str) -> None:
        super().__init__(errno.EACCES, "the address is not public")
        self.address = address


def is_public(address: str) -> bool:
    """Whether an IP address, written as the dialler does, belongs to the public network and to one machine there."""
    ip = _innermost(ip_address(address.partition("%")[0]))
    return ip.is_global and not ip.is_multicast and not ip.is_reserved and not any(ip in net for net in _NEVER_PUBLIC)


def _innermost(ip: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address that an IPv6 address stands for, where it stands for one."""
    if isinstance(ip, IPv4Address):
        return ip
    if ip in _NAT64:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or ip


def is_within(address: str, networks: Sequence[Network]) -> bool:
    """Whether an IP address lies in one of the networks."""
    ip = _innermost(ip_address(address.partition("%")[0]))
    return any(ip in network for network in networks)


def public_socket(info: AddressInfo, allowed: Sequence[Network] = ()) -> socket.socket:
    """A socket for the address, if it is public or in an *allowed* network.

    Raises:
        NotPublicError: it is neither.
    """
    family, kind, protocol, _, place = info
    if not is_public(str(place[0])) and not is_within(str(place[0]), allowed):
        raise NotPublicError(str(place[0]))
    return socket.socket(family, kind, protocol)


class LocalNamesResolver(AbstractResolver):
    """Answers `localhost` and everything below it itself; asks the system for all other names."""

    def __init__(self) -> None:
        self._system = ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """The addresses of a name."""
        if not is_local_name(host):
            return await self._system.resolve(host, port, family)
        loopback = ResolveResult(
            hostname=host,
            host="127.0.0.1",
            port=port,
            family=socket.AF_INET,
            proto=socket.IPPROTO_TCP,
            flags=socket.AI_NUMERICHOST,
        )
        return [loopback]

    async def close(self) -> None:
        """Nothing is held."""
        await self._system.close()


def is_local_name(host: str) -> bool:
    """Whether a name means this machine by its very form (RFC 6761)."""
    return host == "localhost" or host.endswith(".localhost")


class PatientConnector(TCPConnector):
    """Tells the request that is waiting when a connection has to be made for it, and when it is there."""

    async def _create_connection(
        self,
        req: ClientRequest,
        traces: list[Trace],
        timeout: ClientTimeout,  # noqa: ASYNC109 - as aiohttp has it
    ) -> ResponseHandler:
        patience = CURRENT.get()
        if patience:
            patience.connecting()
        made = await super()._create_connection(req, traces, timeout)
        if patience:
            patience.heard()
        return made


def connector(*, allow_private: bool, allowed: Sequence[Network], max_connections: int) -> TCPConnector:
    """What a session dials with; call it where an event loop is running."""
    return PatientConnector(
        resolver=LocalNamesResolver(),
        socket_factory=None if allow_private else partial(public_socket, allowed=allowed),
        limit=max_connections,
        ttl_dns_cache=_DNS_CACHE_SECONDS,
    )
