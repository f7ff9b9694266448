"""The client and the pacer as the settings want them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.web.client import WebClient
from flows.web.manners import HostPacer
from storage.records import utc_now

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from flows.settings import Settings


def client_for(settings: Settings, now: Callable[[], datetime] = utc_now) -> WebClient:
    """A client that introduces itself and reaches as far as the settings say; use it as an async context manager."""
    return WebClient(
        settings.contact,
        allow_private=settings.allow_private_addresses,
        allowed_networks=settings.allowed_networks,
        max_connections=settings.max_connections,
        now=now,
    )


def pacer_for(settings: Settings, *, most_seconds: float | None = None) -> HostPacer:
    """A pacer with the settings' pace, or *most_seconds* between two requests to a host where that is less."""
    pace = settings.seconds_per_host
    return HostPacer(
        seconds_per_host=pace if most_seconds is None else min(pace, most_seconds),
        max_connections=settings.max_connections,
        allow_private=settings.allow_private_addresses,
        allowed_networks=settings.allowed_networks,
    )
