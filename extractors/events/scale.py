"""PLOVER's quad classes and conflict-cooperation scores of types and modes (PLOVER manual 2.0, its tables).

Two slips of the manual are set right: SANCTION is material conflict (4, as its own page says), and ACCUSE without a
mode scores -3, not 3.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

EventType = Literal[
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
]
QUADS: dict[EventType, int] = {
    "AGREE": 1,
    "CONSULT": 1,
    "SUPPORT": 1,
    "CONCEDE": 1,
    "COOPERATE": 2,
    "AID": 2,
    "RETREAT": 2,
    "REQUEST": 3,
    "ACCUSE": 3,
    "REJECT": 3,
    "THREATEN": 3,
    "PROTEST": 4,
    "SANCTION": 4,
    "MOBILIZE": 4,
    "COERCE": 4,
    "ASSAULT": 4,
}
_SCORES: dict[EventType, str] = {
    "AGREE": "2.5",
    "CONSULT": "2.5 visit=4 third-party=1 multilateral=4 phone=1.5",
    "SUPPORT": "5",
    "CONCEDE": "4.5",
    "COOPERATE": "9.5",
    "AID": "10",
    "RETREAT": "6.5 withdraw=8 release=6.5 disarm=10 ceasefire=7.5 access=6.5 resign=4.5",
    "REQUEST": "0 assist=0.5 change=-1 yield=-1 meet=0",
    "ACCUSE": "-3 disapprove=-2 investigate=-3.5 allege=-3.5",
    "REJECT": "-2 assist=-1.5 change=-2 yield=-2 meet=-2",
    "THREATEN": "-3.5 restrict=-3 arrest=-3.5 relations=-3.5 expel=-3.5 territory=-4 violence=-3.5",
    "PROTEST": "-5 demo=-5 riot=-7 strike=-5 hunger=-4.5 boycott=-4.5 obstruct=-4.5",
    "SANCTION": "-6 convict=-6 expel=-5.5 withdraw=-6 discontinue=-6",
    "MOBILIZE": "-5.5 troops=-6.5 weapons=-6.5 police=-5.5 militia=-6",
    "COERCE": "-7 seize=-7 restrict=-7 censor=-6.5 curfew=-6.5 martial-law=-7.5 arrest=-7 deport=-7 withhold=-7 "
    "misinformation=-6.5 cyber=-7",
    "ASSAULT": "-9 abduct=-8.5 beat=-7.5 torture=-8.5 sexual=-8.5 targeted=-9.5 destroy=-8.5 primitive=-8 firearms=-9 "
    "explosives=-9 suicide-attack=-9.5 aerial=-9.5 drone=-9.5 heavy-weapons=-9.5 crowd-control=-7.5 unconventional=-10",
}


def intensity(event_type: EventType, modes: tuple[str, ...]) -> Decimal:
    """The score of a type with its first mode that has one, between -10 and 10.

    >>> intensity("CONSULT", ("visit",))
    Decimal('4')
    """
    own, *rest = _SCORES[event_type].split()
    of_modes = dict(each.split("=") for each in rest)
    return Decimal(next((of_modes[mode] for mode in modes if mode in of_modes), own))
