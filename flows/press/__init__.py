"""The sample press: five invented newspapers, a week of news, and a real web server on loopback.

The people, organisations and events in its stories are invented; the places are real.
"""

from flows.press.printed import NoSuchNightError, PressError, Publisher, Story, publishers, stories
from flows.press.server import SamplePress

__all__ = ["NoSuchNightError", "PressError", "Publisher", "SamplePress", "Story", "publishers", "stories"]
