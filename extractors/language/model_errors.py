"""What can be wrong with a language model.

LanguageModelError
├── TamperedModelError        the shipped file is not the one its manifest names
├── ModelNotFoundError        a pipeline that was asked for is not installed
└── ForeignLabelsError        a pipeline speaks no Universal Dependencies
"""

from __future__ import annotations

from collections.abc import Iterable

_SHOWN = 12


class LanguageModelError(ValueError):
    """A language model cannot be used."""


class TamperedModelError(LanguageModelError):
    """The shipped file is not the one its manifest names: a broken download, or somebody changed it."""

    def __init__(self, path: str, stated: str, found: str) -> None:
        super().__init__(f"{path} has the SHA-256 {found}, its manifest says {stated}; install dateline again")
        self.path, self.stated, self.found = path, stated, found


class ModelNotFoundError(LanguageModelError):
    """A pipeline that was asked for is neither an installed package nor a folder."""

    def __init__(self, model: str, reason: str) -> None:
        super().__init__(f"no spaCy pipeline {model!r} ({reason}); install it, name its folder, or unset it")
        self.model = model


class ForeignLabelsError(LanguageModelError):
    """A pipeline does not label relations as Universal Dependencies does, so extractors would read nothing in it."""

    def __init__(self, model: str, labels: Iterable[str]) -> None:
        shown = ", ".join(sorted(labels)[:_SHOWN]) or "none"
        super().__init__(
            f"the spaCy pipeline {model!r} has no Universal Dependencies labels such as nsubj, obj and obl (its "
            f"relations: {shown}); use one trained on a UD treebank, or unset it to use the one that dateline ships"
        )
        self.model = model
