"""The words that a backfill is asked for in."""

from __future__ import annotations

from typing import Literal

Source = Literal["kept", "wayback", "ccnews", "sitemap", "feed", "urls"]
Only = Literal["missing", "failed", "stale", "all"]
Order = Literal["newest", "oldest"]
