"""The way into the operator's own network, tried by redirects and by names that change their mind: none leads there."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from ipaddress import ip_network

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult

from flows.web import addresses
from flows.web.client import WebClient
from flows.web.errors import FetchError
from tests.flows.sites import Clock, Site, answer, redirect

ALLOWED = "127.9.9.9"  # loopback, too; it stands for a public machine
PLACES = [
    "127.0.0.1",
    "127.1",
    "127.0.1",
    "2130706433",
    "0x7f000001",
    "0x7F.1",
    "017700000001",
    "0177.0.0.1",
    "0",
    "0.0.0.0",
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[0:0:0:0:0:ffff:127.0.0.1]",
    "[::127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
    "localhost",
    "localhost.",
    "LOCALHOST",
    "anything.localhost",
    "127.0.0.1.",
    "169.254.169.254",
    "[fd00:ec2::254]",
    "100.100.100.200",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.0.1",
    "[fe80::1]",
    "[fe80::1%25eth0]",
    "255.255.255.255",
]


def fetched(routes: dict[str, str], path: str = "/start", host: str = ALLOWED) -> tuple[list[str], str]:
    """What was asked for, and the body or the reason why there is none; {port} in targets becomes the site's own."""

    async def run() -> tuple[list[str], str]:
        async with Site({"/secret": answer(b"secret")}, "0.0.0.0") as site:
            site.routes |= {at: redirect(target.replace("{port}", str(site.port))) for at, target in routes.items()}
            client = WebClient("", allowed_networks=[ip_network(f"{ALLOWED}/32")], sleep=Clock().sleep)
            async with client:
                try:
                    body = (await client.get(site.url(path, host))).body.decode()
                except FetchError as error:
                    return [each.path for each in site.asked], error.reason
                return [each.path for each in site.asked], body

    return asyncio.run(run())


def test_an_allowed_network_is_reached() -> None:
    assert fetched({"/start": f"http://{ALLOWED}:{{port}}/secret"}) == (["/start", "/secret"], "secret")


@pytest.mark.parametrize("place", PLACES)
def test_a_redirect_into_the_own_network_is_not_followed(place: str) -> None:
    sent = f"http://{place}:{{port}}/secret".encode().decode("latin-1")  # as the bytes of UTF-8 stand in a header
    asked, reason = fetched({"/start": sent})
    assert (asked, reason) == (["/start"], "blocked_address")


class Rebinding(AbstractResolver):
    """Answers with another address each time: names that are checked first and dialled later lead astray."""

    left: Iterator[list[str]]

    async def resolve(
        self,
        host: str,
        port: int = 0,
        family: socket.AddressFamily = socket.AF_INET,  # noqa: ARG002
    ) -> list[ResolveResult]:
        return [
            ResolveResult(
                hostname=host, host=each, port=port, family=socket.AF_INET, proto=0, flags=socket.AI_NUMERICHOST
            )
            for each in next(self.left)
        ]

    async def close(self) -> None:
        pass


@pytest.mark.parametrize(
    ("answers", "asked", "outcome"),
    [
        ([[ALLOWED], ["127.0.0.1"]], ["/start"], "blocked_address"),
        ([["127.0.0.1"]], [], "blocked_address"),
        ([["127.0.0.1", ALLOWED], ["10.0.0.1", ALLOWED]], ["/start", "/secret"], "secret"),
    ],
)
def test_a_name_that_changes_its_mind_leads_nowhere(
    answers: list[list[str]], asked: list[str], outcome: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    Rebinding.left = iter(answers)
    monkeypatch.setattr(addresses, "LocalNamesResolver", Rebinding)
    monkeypatch.setattr(addresses, "_DNS_CACHE_SECONDS", 0)
    routes = {"/start": "http://rebinding.example:{port}/secret"}
    assert fetched(routes, host="start.example") == (asked, outcome)
