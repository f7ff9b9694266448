"""The words that make a capitalised phrase the name of an organisation, or of a place."""

from __future__ import annotations

ORGANISATION_HEADS = frozenset(
    """
    Ministry Party Army Council Committee Commission Court Agency Authority Bank Union University Institute Association
    Federation Organization Organisation Foundation Group Forces Force Brigade Brigades Front Movement Congress Senate
    Parliament Department Office Bureau Corporation Corp Company Co Inc Ltd Coalition Alliance Guard Guards Navy Society
    Club Administration Government Cabinet Assembly Fund Network Observatory Embassy Directorate Secretariat Tribunal
    Command Militia Battalion Division Regiment Corps League Legion Caucus Syndicate Confederation Service Services
    Initiative Mission Airlines Airways Academy College School Church Hospital Police Trust Programme Program Board
    Chamber Exchange Holdings Industries Technologies Partners Associates Airport Herald Tribune Gazette Telegraph
    Daily Weekly Journal Press Post Times News Television Radio Intelligence Prosecutor Treasury Consulate Legislature
    Knesset Presidency Republicans Democrats Centre Center Units Battalions Taskforce Investigators Delegation
    International GmbH AG AB SpA NV BV Plc PLC LLC LLP Oy Oyj ASA Bhd Pty Lines Motors Mining
    """.split()
)
PLACE_HEADS = frozenset(
    """
    Province Governorate District County State River Lake Sea Ocean Mountains Mountain Hills Island Islands Peninsula
    Valley Desert Bay Gulf Strait Canal Bridge Square Street Road Avenue Highway Airport Airbase Camp Border Crossing
    City Town Village Region Territory Coast Plateau Basin Cape Forest Dam Port Dome Temple Mosque Cathedral Palace
    """.split()
)
# capitalised because a sentence begins, or always, but of no name
NO_NAME = frozenset(
    """
    a an the in on at but and or when while as after before his her its their this that these those for from by with if
    it he she they we i you what who where why how all some many most no not yet still then now here there mr mrs ms
    also according despite since until under over more last next our your my about both each every another other few
    such so than however meanwhile although though because during among between against within without into through
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
    october november december today yesterday tomorrow one two three four five six seven eight nine ten hundreds
    thousands dozens once only even just yes well let do does did is are was were have has had will would could should
    """.split()
)
SECTORS_OF_HEADS = {
    "Ministry": "GOV",
    "Government": "GOV",
    "Cabinet": "GOV",
    "Embassy": "GOV",
    "Consulate": "GOV",
    "Department": "GOV",
    "Presidency": "GOV",
    "Party": "PTY",
    "Republicans": "PTY",
    "Democrats": "PTY",
    "Army": "MIL",
    "Navy": "MIL",
    "Forces": "MIL",
    "Brigade": "MIL",
    "Command": "MIL",
    "Battalion": "MIL",
    "Regiment": "MIL",
    "Police": "COP",
    "Court": "JUD",
    "Tribunal": "JUD",
    "Senate": "LEG",
    "Congress": "LEG",
    "Parliament": "LEG",
    "Assembly": "LEG",
    "Legislature": "LEG",
    "University": "EDU",
    "College": "EDU",
    "School": "EDU",
    "Academy": "EDU",
    "Hospital": "MED",
    "Church": "REL",
    "Bank": "BUS",
    "Corporation": "BUS",
    "Company": "BUS",
    "Inc": "BUS",
    "Ltd": "BUS",
    "Airlines": "BUS",
    "Airways": "BUS",
    "Herald": "JRN",
    "Tribune": "JRN",
    "Gazette": "JRN",
    "Telegraph": "JRN",
    "Times": "JRN",
    "Post": "JRN",
    "News": "JRN",
    "Press": "JRN",
    "Union": "LAB",
}
