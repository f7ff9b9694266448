"""Where the treebanks and name-tagged texts lie in the data folder, and what each part of it is used for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from extractors.language.training.conllu import Sentence, read


class DataFolderMissingError(FileNotFoundError):
    """The folder that holds the treebanks is not there."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"no treebanks in {path}; give the folder that holds ewt/, gum/, pud/, uner/ and wikigold/")
        self.path = path


class Treebanks:
    """The files below one folder. Development parts are trained on too: no choice among models is made by them."""

    def __init__(self, root: Path) -> None:
        if not (root / "ewt").is_dir():
            raise DataFolderMissingError(root)
        self.root = root

    def training_trees(self) -> Iterator[Sentence]:
        """English EWT and GUM, training and development parts."""
        yield from self.ewt_training()
        yield from self.gum("train", "dev")

    def ewt_training(self) -> Iterator[Sentence]:
        """EWT without its test part."""
        return _chained(self.root / "ewt" / f"en_ewt-ud-{part}.conllu" for part in ("train", "dev"))

    def gum(self, *parts: str, genre: str = "*") -> Iterator[Sentence]:
        """GUM's documents, of one genre where it is named."""
        return _chained(path for part in parts for path in sorted((self.root / "gum" / part).glob(f"GUM_{genre}_*")))

    def ewt_test(self) -> Iterator[Sentence]:
        """EWT's test part."""
        return read(self.root / "ewt" / "en_ewt-ud-test.conllu")

    def pud(self, prefix: str = "") -> Iterator[Sentence]:
        """PUD, for testing only; prefix n for its news half, w for Wikipedia."""
        return (each for each in read(self.root / "pud" / "en_pud-ud-test.conllu") if each.sent_id.startswith(prefix))

    def uner(self, treebank: str, part: str) -> Path:
        """Universal NER's file over a treebank, such as ewt dev."""
        return self.root / "uner" / f"en_{treebank}-ud-{part}.iob2"

    def wikigold(self) -> Path:
        """WikiGold's one file."""
        return self.root / "wikigold" / "wikigold.conll.txt"


def _chained(paths: Iterable[Path]) -> Iterator[Sentence]:
    for path in paths:
        yield from read(path)
