"""Who and what a text names: mentions found, typed, gathered and resolved; what several extractors need of it.

`tables/` holds what people can read and extend; everything else is rules over the parse and the text's own context.
"""
