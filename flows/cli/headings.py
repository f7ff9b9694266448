"""The headings of `dateline --help`, in the order in which a newcomer meets them."""

START_HERE = "Start here"
EVERY_NIGHT = "Every night"
ASK = "Ask"
KEEP = "Keep"

IN_ORDER = (START_HERE, EVERY_NIGHT, ASK, KEEP)
