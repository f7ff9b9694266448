"""How the language model in `extractors/language/model/` is made. Needed to make it again, never to run dateline.

`python -m extractors.language.training DATA` reads openly licensed treebanks and name-tagged texts, writes corpora,
trains the stages that `stages.py` lists and packs the result into one file. Seeds are fixed: the same data gives the
same model.
"""
