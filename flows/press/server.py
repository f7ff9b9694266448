"""The sample press on the air: a real HTTP server on loopback, one virtual host for each newspaper."""

from __future__ import annotations

import errno
import socket
from collections import Counter
from functools import partial
from http.server import ThreadingHTTPServer
from threading import Lock, Thread
from typing import TYPE_CHECKING, Self
from weakref import WeakSet

from flows.press.answers import Resource, resource
from flows.press.feeds import feed_address
from flows.press.handler import PressHandler
from flows.press.printed import NIGHTS, NoSuchNightError, publishers

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

LOOPBACK = "127.0.0.1"
DEFAULT_PORT = 8765
# how long stopping may wait for the accept loop to look up
POLL_SECONDS = 0.01


class SamplePress:
    """Five newspapers on loopback, for as long as the ``with`` block lasts.

    When *port* is taken a free one is used; 0 asks for any free one. The first night's state is served until
    ``night`` is set to 2.
    """

    def __init__(self, night: int = 1, port: int = DEFAULT_PORT) -> None:
        self.night = night
        self.port = port
        self.requests: Counter[tuple[str, int]] = Counter()
        """How often each address was asked for, by address and status."""
        self._counting = Lock()
        self._running: tuple[_Server, Thread] | None = None

    def __enter__(self) -> Self:
        server = _bound(self.port, partial(PressHandler, self))
        thread = Thread(target=server.serve_forever, args=(POLL_SECONDS,), name="sample press", daemon=True)
        self.port = server.server_port
        self._running = server, thread
        thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._running is not None:
            server, thread = self._running
            self._running = None
            server.shutdown()
            thread.join()
            server.hang_up()
            server.server_close()

    @property
    def night(self) -> int:
        """The night whose state is served: 1 or 2."""
        return self._night

    @night.setter
    def night(self, night: int) -> None:
        if night not in NIGHTS:
            raise NoSuchNightError(night)
        self._night = night

    @property
    def address(self) -> str:
        """Where the directory of all newspapers is found, without a final slash."""
        return f"http://localhost:{self.port}"

    @property
    def opml(self) -> str:
        """The address of the list of all feeds."""
        return f"{self.address}/feeds.opml"

    @property
    def feeds(self) -> tuple[str, ...]:
        """The addresses of the five feeds."""
        return tuple(feed_address(publisher, self.port) for publisher in publishers())

    @property
    def host_names(self) -> tuple[str, ...]:
        """The virtual hosts of the newspapers, without the port."""
        return tuple(publisher.host_name for publisher in publishers())

    def answer(self, host: str, path: str) -> Resource:
        """What *path*, with or without a query, answers on *host* tonight."""
        return resource(host, path.partition("?")[0], self.night, self.port)

    def count(self, host: str, path: str, status: int) -> None:
        """Note that an address was asked for."""
        with self._counting:
            self.requests[f"http://{host}:{self.port}{path}", status] += 1


class _Server(ThreadingHTTPServer):
    daemon_threads = False  # closing joins the threads
    request_queue_size = 128

    def __init__(self, port: int, handler: Callable[..., PressHandler]) -> None:
        self._connections: WeakSet[socket.socket] = WeakSet()
        super().__init__((LOOPBACK, port), handler)

    def server_bind(self) -> None:
        """Bind without asking a name server who we are, as HTTPServer would."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_name, self.server_port = self.server_address = self.socket.getsockname()

    def get_request(self) -> tuple[socket.socket, tuple[str, int]]:
        """Remember each connection, so that it can be hung up."""
        connection, client_address = super().get_request()
        self._connections.add(connection)
        return connection, client_address

    def hang_up(self) -> None:
        """End the connections that clients keep open, whose threads would otherwise wait for a next request."""
        for connection in tuple(self._connections):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue  # closed already

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is no news."""


def _bound(port: int, handler: Callable[..., PressHandler]) -> _Server:
    try:
        return _Server(port, handler)
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        return _Server(0, handler)
