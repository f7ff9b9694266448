"""Which language pipeline reads: the one that dateline ships, or one of the user's, checked before anything is read."""

from __future__ import annotations

from functools import cache

from extractors.language.pipeline import load
from flows.settings import settings


def chosen_model() -> str | None:
    """The package or folder that DATELINE_SPACY_MODEL names; None for the pipeline that dateline ships.

    Raises:
        LanguageModelError: there is no such pipeline, or it has no Universal Dependencies labels.
    """
    model = settings().spacy_model or None
    if model is not None:
        _check(model)
    return model


@cache
def _check(model: str) -> None:
    load(model)
