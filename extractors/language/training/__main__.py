"""`python -m extractors.language.training DATA`: train every stage on the treebanks in DATA and pack the model."""

from __future__ import annotations

import argparse
from pathlib import Path

from extractors.language.training import stages
from extractors.language.training.common_words import common_words
from extractors.language.training.packing import pack
from extractors.language.training.treebanks import Treebanks

_MODEL = Path(__file__).parent.parent / "model"


def main() -> None:
    """Read the arguments and run; about 40 minutes on one core."""
    parser = argparse.ArgumentParser(prog="python -m extractors.language.training", description=__doc__)
    parser.add_argument("data", type=Path, help="folder with ewt/, gum/, uner/ and wikigold/")
    parser.add_argument("--work", type=Path, default=Path("build/training"), help="where corpora and stages are kept")
    parser.add_argument("--out", type=Path, default=_MODEL, help="where the packed model goes")
    parser.add_argument("--steps", type=int, help="steps of each stage; fewer only to try whether it runs")
    arguments = parser.parse_args()
    treebanks = Treebanks(arguments.data)
    syntax = stages.train_syntax(treebanks, arguments.work, arguments.steps)
    named = stages.train_names(treebanks, syntax, arguments.work, arguments.steps)
    packed = pack(stages.assembled(syntax, named), common_words(treebanks.training_trees()), arguments.out)
    print(f"{packed}: {packed.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
