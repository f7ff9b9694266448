"""Archives that speak the Wayback Machine's dialect, on real HTTP."""

from __future__ import annotations

import json
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from tests.flows.archives import Received
from tests.flows.served import Reply, Served


def machine(pages: list[Received], answer: Callable[[str], Reply | None] = lambda _: None) -> Served:
    """A Wayback Machine that has these captures; one of them an answer, then the key to go on by."""
    copies = {f"/web/{page.at:%Y%m%d%H%M%S}id_/{page.url}": Reply(page.body) for page in pages}

    def find(path: str) -> Reply | None:
        if (other := answer(path)) is not None:
            return other
        if not path.startswith("/cdx/search/cdx?"):
            return copies.get(path)
        start = int(parse_qs(urlsplit(path).query).get("resumeKey", ["0"])[0])
        found = [[f"{each.at:%Y%m%d%H%M%S}", each.url, "text/html", str(number)] for number, each in enumerate(pages)]
        more = [[], [str(start + 1)]] if start + 1 < len(found) else []
        body = [["timestamp", "original", "mimetype", "digest"], *found[start : start + 1], *more]
        return Reply(json.dumps(body).encode())

    return Served(find)
