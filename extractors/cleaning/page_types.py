"""What kind of page an article stands on: live blogs, films and beginnings of articles that are sold are labelled.

What is labelled is cleaned all the same. The page's own statements come first (schema.org's types, Open Graph's type,
`isAccessibleForFree`), then its address, then what its text says to the reader.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from extractors.cleaning.cleaned import PageType
from extractors.cleaning.json_ld import Node
from extractors.cleaning.measures import size_of
from extractors.cleaning.walls import any_of

STUB_CHARACTERS = 2_000  # what is free of an article that is sold; a whole article that is only marked so has more
FILM_CHARACTERS = 1_500  # what is written below a film; an article with a film in it has more
_LIVE_ADDRESS = re.compile(
    r"/(?:live-?blogs?|live-?ticker|news-?blog|live-?updates?|en-direct|directo)\b|[-_]live-?(?:blog|updates?|ticker)\b",
    re.IGNORECASE,
)
_FILM_ADDRESS = re.compile(r"/(?:videos?|watch|av|mediathek)/", re.IGNORECASE)
_NOT_FREE = ("false", "no", "http://schema.org/false", "https://schema.org/false")
_OFFER_CHARACTERS = 400  # the offer to subscribe stands at the end
_OFFER = any_of(r"""
subscribe (?:now )?to (?:read|continue|keep reading|unlock)
(?:this (?:article|content|story) is|available) (?:only )?(?:for|to) subscribers
already a (?:subscriber|member)
(?:sign|log) in to (?:continue|keep) reading
(?:register|subscribe) to (?:continue|keep) reading
to (?:continue|keep) reading,? (?:subscribe|register|sign in|log in)
jetzt weiterlesen
weiterlesen mit
artikel (?:jetzt )?freischalten
(?:nur|exklusiv) für abonnent(?:en|innen)
bereits abonnent
abonnez-vous pour (?:lire|accéder)
(?:article|contenu) réservé aux abonnés
déjà abonné
suscríbete para (?:leer|seguir|continuar)
(?:contenido|artículo) (?:exclusivo )?para suscriptores
abbonati per (?:leggere|continuare)
per continuare a leggere
assine para (?:ler|continuar)
conteúdo exclusivo para assinantes
""")


def page_type(
    text: str, url: str, articles: Sequence[Node], others: Sequence[Node], meta: Mapping[str, str]
) -> PageType:
    """The label of a page; *others* are the nodes of its JSON-LD that describe no article."""
    kinds = {kind for node in articles for kind in kinds_of(node)}
    path = urlsplit(url).path
    if "liveblogposting" in kinds or _LIVE_ADDRESS.search(path):
        return "live_blog"
    size = size_of(text)
    if size < FILM_CHARACTERS and _shows_film(path, bool(articles), others, meta):
        return "video"
    if size < STUB_CHARACTERS and (_is_sold(articles, meta) or _OFFER.search(text[-_OFFER_CHARACTERS:])):
        return "paywall_stub"
    return "article"


def kinds_of(node: Node) -> list[str]:
    """The schema.org types of a node, in lower case."""
    kinds = node.get("@type")
    return [kind.lower() for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]


def _shows_film(path: str, has_article: bool, others: Sequence[Node], meta: Mapping[str, str]) -> bool:
    if meta.get("og:type", "").lower().startswith("video") or _FILM_ADDRESS.search(path):
        return True
    return not has_article and any("videoobject" in kinds_of(node) for node in others)


def _is_sold(articles: Sequence[Node], meta: Mapping[str, str]) -> bool:
    stated = [str(node["isAccessibleForFree"]).strip().lower() for node in articles if "isAccessibleForFree" in node]
    return any(each in _NOT_FREE for each in stated) or meta.get("article:content_tier", "").lower() == "locked"
