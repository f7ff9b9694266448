from __future__ import annotations

import asyncio
import socket

import pytest

from flows.web.addresses import LocalNamesResolver, NotPublicError, is_public, public_socket

_PRIVATE = """
    0.0.0.0 10.1.2.3 100.64.0.1 100.100.100.200 127.0.0.1 168.63.129.16 169.254.169.254 172.16.0.1 192.0.0.192
    192.0.2.1 192.88.99.1 192.168.0.1 198.18.0.1 224.0.0.1 224.0.1.1 239.1.1.1 240.0.0.1 255.255.255.255 :: ::1
    ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 64:ff9b::7f00:1 64:ff9b:1::1 2001::1 2001:db8::1 2002:7f00:1::
    2002:a00:1:: 5f00::1 fc00::1 fd00:ec2::254 fe80::1 fe80::1%eth0 fec0::1 ff02::1 ff0e::1
"""


@pytest.mark.parametrize("address", _PRIVATE.split())
def test_an_address_that_is_not_public_is_never_dialled(address: str) -> None:
    assert not is_public(address)
    with pytest.raises(NotPublicError) as caught:
        public_socket((socket.AF_INET, socket.SOCK_STREAM, 0, "", (address, 80)))
    assert caught.value.address == address


@pytest.mark.parametrize("address", ["8.8.8.8", "::ffff:8.8.8.8", "64:ff9b::808:808", "2606:4700:4700::1111"])
def test_public_addresses_are_dialled(address: str) -> None:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with public_socket((family, socket.SOCK_STREAM, 0, "", (address, 80))) as dialled:
        assert dialled.family == family


@pytest.mark.parametrize("name", ["localhost", "press.localhost", "a.b.localhost"])
def test_local_names_need_no_name_server(name: str) -> None:
    async def resolve() -> list[str]:
        return [found["host"] for found in await LocalNamesResolver().resolve(name, 80)]

    assert asyncio.run(resolve()) == ["127.0.0.1"]
