"""Pages written for these tests, about people and events that do not exist."""

from datetime import UTC, datetime
from typing import Any

from extractors.cleaning import Claimed, CleanedText, Rejection, clean

CAPTURED_AT = datetime(2024, 3, 22, 18, 0, tzinfo=UTC)
URL = "https://www.example-courier.co.uk/news/harbour"
PARAGRAPHS = [
    "The harbour of Tema will get a third crane in May, its master Kofi Tandoh said on Friday after the board met.",
    "Two older cranes broke down in January, and ships have waited outside for up to nine days since then.",
    "“We lost a month, and we will not lose another one,” Tandoh told traders who had come to hear the plan.",
    "The new crane is built in Rotterdam. It costs eleven million euros, of which the port pays four.",
]


def page(head: str = "", paragraphs: list[str] | None = None, title: str = "Third crane for Tema") -> str:
    """A plain article page."""
    text = "\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs or PARAGRAPHS)
    return (
        f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head><body><nav><a href='/'>Home</a></nav>"
        f"<article><h1>{title}</h1>{text}</article><footer>Imprint</footer></body></html>"
    )


def read(body: str | bytes, content_type: str | None = "text/html", **claims: Any) -> CleanedText | Rejection:
    """Clean a page captured on 2024-03-22."""
    claimed = Claimed(**{"url": URL, **claims})
    return clean(body.encode() if isinstance(body, str) else body, content_type, claimed, CAPTURED_AT)
