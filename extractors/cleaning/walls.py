"""Texts that stand where an article should: consent walls and error pages.

Both are short and speak to the reader. A wall must show two different phrases, because an article about cookies can
quote one; and it must be shorter than articles are, because a real one can carry a banner's words at its end.
"""

from __future__ import annotations

import re

from extractors.cleaning.tree import Element

WALL_CHARACTERS = 3_000
ERROR_CHARACTERS = 600
_PAGE_CHARACTERS = 20_000


def any_of(lines: str) -> re.Pattern[str]:
    """One pattern from phrases parted by line breaks."""
    return re.compile(rf"\b(?:{'|'.join(lines.split(chr(10))[1:-1])})\b", re.IGNORECASE)


# each phrase is one that a site says to its reader, never one that is said about sites
_CONSENT = any_of(r"""
we (?:and|,) our (?:\d+ )?(?:trusted |advertising )?partners
we use cookies
we value your privacy
accept (?:all(?: cookies)?|and continue|cookies)
reject all
(?:manage|customi[sz]e) (?:your |my )?(?:preferences|choices|cookies)
your privacy choices
store and/or access information on a device
withdraw (?:your )?consent
before you continue to
wir (?:und unsere (?:\d+ )?partner|verwenden cookies|nutzen cookies)
(?:alle|cookies) akzeptieren
zustimmen und weiter
mit werbung (?:weiter)?lesen
ihre einwilligung (?:jederzeit )?widerrufen
informationen auf einem gerät speichern
datenschutz-?einstellungen
einstellungen verwalten
bevor sie fortfahren
nous (?:et nos (?:\d+ )?partenaires|utilisons des cookies)
(?:tout|continuer sans) accepter
accepter (?:et continuer|les cookies)
gérer (?:mes|vos) (?:choix|préférences)
retirer votre consentement
stocker et/ou accéder à des informations
nosotros y nuestros (?:\d+ )?socios
(?:usamos|utilizamos) cookies
aceptar (?:y continuar|todo|todas|cookies)
rechazar (?:todo|todas)
gestionar (?:mis|sus|tus) (?:preferencias|opciones)
retirar (?:su|tu) consentimiento
noi e (?:i nostri (?:\d+ )?partner|terze parti selezionate)
(?:usiamo|utilizziamo) (?:i )?cookie
accetta (?:e continua|tutto|tutti)
rifiuta tutt[oi]
gestisci (?:le )?(?:preferenze|opzioni)
revocare il (?:tuo )?consenso
nós e os nossos (?:\d+ )?parceiros
aceitar (?:e continuar|tudo|todos)
rejeitar tudo
wij en onze (?:\d+ )?partners
wij gebruiken cookies
alles accepteren
akkoord en doorgaan
vi och våra (?:\d+ )?partners?
vi använder cookies
godkänn alla
vi bruger cookies
accepter alle
vi bruker cookies
godta alle
my i nasi partnerzy
używamy plików cookie
przejdź do serwisu
zgadzam się
""")
_ERROR = any_of(r"""
(?:error |http )?(?:404|403|410|500|502|503)\b.{0,20}(?:not found|forbidden|gone|error|unavailable|gateway)
page (?:not found|could not be found|you (?:are looking|were looking|requested))
access denied
are you a (?:robot|human)
(?:enable|turn on) javascript (?:and cookies )?to continue
checking your browser
verify (?:that )?you are (?:a )?human
seite (?:wurde )?nicht gefunden
page (?:introuvable|non trouvée)
página no encontrada
pagina non trovata
página não encontrada
""")


def is_consent_wall(text: str) -> bool:
    """Whether the text asks for consent instead of telling something.

    >>> is_consent_wall("We and our partners use cookies. Accept all or manage your preferences.")
    True
    >>> is_consent_wall("Ministers in Accra debated how the phrase 'we use cookies' confuses readers.")
    False
    """
    if len(text) > WALL_CHARACTERS:
        return False
    flat = " ".join(text.split())
    return len({match[0].lower() for match in _CONSENT.finditer(flat)}) > 1


def is_error_page(text: str) -> bool:
    """Whether the text says that there is no such page, or asks for a browser."""
    return len(text) <= ERROR_CHARACTERS and _ERROR.search(" ".join(text.split())) is not None


def visible_text(tree: Element) -> str:
    """The first words a reader would see, markup and scripts left out: for pages in which no article was found."""
    parts: list[str] = []
    size = 0
    for element in tree.iter():
        for piece in (None if element.tag in ("script", "style", "noscript") else element.text, element.tail):
            if piece and not piece.isspace() and isinstance(element.tag, str):
                parts.append(piece.strip())
                size += len(piece)
        if size > _PAGE_CHARACTERS:
            break
    return " ".join(parts)
