"""Words that are meant otherwise than a frame reads them: accidents, figures of speech, wars of words."""

from __future__ import annotations

from collections.abc import Mapping

from extractors.events.clauses import Clauses
from extractors.events.conversion import Coded
from extractors.events.match import IDEAS, Match
from extractors.events.parties import Parties
from extractors.events.roles import Cast
from extractors.language.tokens import Token

_ARMED = frozenset({"MIL", "REB", "UAF", "COP", "SPY"})
_BODILY = frozenset({"beat", "torture", "abduct"})  # done to people, not to countries
_SAYING = frozenset({"say"})
_FIGURATIVE = frozenset("attack assault pound beat fight hit strike destroy crush hammer launch step intensify".split())
_PUBLISHED = frozenset(
    "letter report statement plan ad advert poll return record album figure data number tape video image photo budget "
    "survey list transcript document film song footage study book email finding detail information result "
    "picture".split()
)
_IN = frozenset({"in", "during"})
_ACCIDENTS = frozenset(
    "stampede crash crashes accident accidents collision earthquake quake flood floods storm hurricane typhoon cyclone "
    "tornado landslide landslides avalanche fire wildfire wildfires blaze collapse derailment disaster eruption "
    "tsunami heatwave epidemic outbreak crush".split()
)
_WEAPONS = frozenset(
    "bomb bombs blast blasts explosion explosions shell shells missile missiles rocket rockets mine mines bullet "
    "bullets gunfire drone drones shelling shooting bombing attack attacks strike strikes airstrike airstrikes raid "
    "raids violence clashes fighting grenade device gun gunshots knife poison torture war conflict assault".split()
)


class Otherwise:
    """Judges the frames of one reading."""

    def __init__(self, clauses: Clauses, parties: Parties, matches: Mapping[int, Match]) -> None:
        self.clauses, self.parties, self.matches = clauses, parties, matches

    def is_meant_otherwise(self, match: Match, cast: Cast) -> bool:
        """Whether it is no deed of anybody's: an accident, or a figure of speech."""
        return self._is_accident(match, cast) or self._is_figure_of_speech(match, cast)

    def _is_figure_of_speech(self, match: Match, cast: Cast) -> bool:
        """Whether words are meant otherwise: released a letter, seized upon a report, held a campaign rally."""
        frame = match.frame
        if "release" in frame.modes and frame.whom is not None:
            return any(each.lemma.lower() in _PUBLISHED for each in self.clauses.objects(match.trigger))
        if frame.event_type == "PROTEST" and "demo" in frame.modes:
            return bool(match.actors) and all(self._is_politician(each) for each in match.actors)
        if frame.triggers & _SAYING and frame.whom is not None:
            return not cast.recipients
        if "resign" in frame.modes:  # Japan bowed out of the cup
            return bool(match.actors) and all(self._is_country(each) for each in match.actors)
        if _BODILY & set(frame.modes):  # Kenya beat Uganda in the final
            return any(self._is_country(each) for each in match.recipients)
        following = self.clauses.tokens[match.trigger.index + 1 : match.trigger.index + 2]
        return "seize" in frame.triggers and any(each.low in ("on", "upon") for each in following)

    def _is_country(self, token: Token) -> bool:
        """Whether a word is a country's own name."""
        entity = self.parties.entity(token)
        return entity is not None and entity.kind == "LOC" and entity.resolution == "country"

    def _is_politician(self, token: Token) -> bool:
        """Whether a name is of a person in politics, or of a party."""
        entity = self.parties.entity(token)
        party = self.parties.of(token)
        is_civil = party is not None and not set(party.sectors) & _ARMED
        return entity is not None and is_civil and (entity.kind == "PERSON" or "PTY" in entity.sectors)

    def is_war_of_words(self, coded: Coded, match: Match, cast: Cast) -> bool:
        """Whether an attack is of words: a politician's on another, on a party or on nothing that can be hurt."""
        is_verbal = coded.event_type == "ASSAULT" and bool(match.frame.triggers & _FIGURATIVE) and bool(match.actors)
        if is_verbal and self._is_against_ideas(match, cast):
            return True
        if not is_verbal or not all(self._is_politician(each) for each in match.actors):
            return False
        return not cast.recipients or all(self._is_politician(each) for each in match.recipients)

    def _is_against_ideas(self, match: Match, cast: Cast) -> bool:
        """Whether somebody unarmed attacks what only words can hurt: a budget, a ruling."""
        objects = self.clauses.objects(match.trigger)
        is_armed = any(set(party.sectors) & _ARMED for party in cast.actors)
        return bool(objects) and not is_armed and all(each.lemma.lower() in IDEAS for each in objects)

    def _is_accident(self, match: Match, cast: Cast) -> bool:
        """Whether a thing did it that nobody is told to have wielded: a flood killed, a fire destroyed."""
        if cast.actors or match.frame.event_type != "ASSAULT" or match.frame.is_nominal:
            return False
        if any(each.low in _ACCIDENTS for each in self.clauses.obliques(match.trigger, _IN)):
            return True
        return any(
            each.upos == "NOUN" and each.low not in _WEAPONS and not self._is_assault(self.matches.get(each.index))
            for each in match.actors
        )

    def _is_assault(self, match: Match | None) -> bool:
        return match is not None and match.frame.event_type == "ASSAULT"
