"""Writes anew which words English writes in small letters; names are not among them.

`python -m extractors.language.training.small_words [DATA]`, DATA being the folder of the treebanks.
"""

from __future__ import annotations

import argparse
import lzma
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from extractors.language import casing
from extractors.language.training.conllu import Sentence
from extractors.language.training.treebanks import Treebanks

_TARGET = Path(casing.__file__).parent / casing.SMALL_WORDS
_FILTERS = [{"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME}]
_LEAST_SMALL = 0.3  # of its occurrences: bridge is part of many names, and still a word


def main() -> None:
    """Write the file and say how much is in it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, nargs="?", default=Path("../shared/nlp/data"))
    words = small_words(Treebanks(parser.parse_args().data).training_trees())
    content = "\n".join(words).encode()
    _TARGET.write_bytes(lzma.compress(content, format=lzma.FORMAT_XZ, filters=_FILTERS))
    print(f"{_TARGET}: {len(words):,} words, {_TARGET.stat().st_size:,} bytes")


def small_words(sentences: Iterable[Sentence]) -> list[str]:
    """Words that stand in small letters often enough to be no names, first words aside, in alphabetical order."""
    small: Counter[str] = Counter()
    named: Counter[str] = Counter()
    for sentence in sentences:
        for word in sentence.words[1:]:
            low = word.form.lower()
            small[low] += word.form.isalpha() and word.form.islower()
            named[low] += not word.form.islower() and (word.upos == "PROPN" or low == "i")
    return sorted(word for word in small if small[word] > _LEAST_SMALL * (small[word] + named[word]))


if __name__ == "__main__":
    main()
