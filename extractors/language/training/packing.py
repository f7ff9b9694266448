"""Packing a trained pipeline into the one file that is shipped, with a manifest that names its digest.

Weights become 16-bit floats: scores stay the same to a tenth of a point and the file halves. Words that only the
training texts held are dropped; what is looked up by its hash after loading stays.
"""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import srsly

from extractors.language.model_file import MANIFEST, PACKED

if TYPE_CHECKING:
    from spacy.language import Language

_SOURCES = {
    "UD English EWT (train, dev)": "CC BY-SA 4.0",
    "GUM (train, dev; genres under open licences)": "CC BY 4.0, texts CC BY and CC BY-SA",
    "Universal NER, English EWT (dev)": "CC BY-SA 4.0",
    "WikiGold": "CC BY 4.0",
}


def pack(nlp: Language, words: Sequence[str], folder: Path) -> Path:
    """Write the packed file, with the words its tokenizer shall know, and its manifest; where the file is."""
    components = {
        name: _halved_component(pipe.to_bytes(exclude=["vocab"]))  # type: ignore[attr-defined] # every pipe of ours has it
        for name, pipe in nlp.pipeline
    }
    content = {
        "config": nlp.config.to_str(),
        "strings": sorted(_needed_strings(nlp)),
        "words": list(words),
        "components": components,
    }
    packed = zlib.compress(srsly.msgpack_dumps(content), 9)  # xz saves 3 % and takes ten times as long to load
    folder.mkdir(parents=True, exist_ok=True)
    (folder / PACKED).write_bytes(packed)
    (folder / MANIFEST).write_text(json.dumps(_manifest(packed), indent=2) + "\n", encoding="utf-8")
    return folder / PACKED


def _manifest(packed: bytes) -> dict[str, object]:
    return {
        "name": "en_dateline",
        "sha256": hashlib.sha256(packed).hexdigest(),
        "bytes": len(packed),
        "spacy": version("spacy"),
        "licence": "CC BY-SA 4.0",
        "trained_on": _SOURCES,
        "made_by": "make train",
    }


def _halved_component(data: bytes) -> dict[str, Any]:
    parts: Any = srsly.msgpack_loads(data)
    if "model" in parts:
        parts["model"] = _halved(srsly.msgpack_loads(parts["model"]))
    packed: dict[str, Any] = parts
    return packed


def _halved(value: Any) -> Any:  # noqa: ANN401 - whatever a serialised model holds
    if isinstance(value, np.ndarray) and value.dtype == np.float32:
        return value.astype(np.float16)
    if isinstance(value, dict):
        return {key: _halved(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_halved(each) for each in value]
    return value


def _needed_strings(nlp: Language) -> set[str]:
    """Labels with their parts, and the affixes that the lemmatizer's edit trees put on."""
    needed = {label for _, pipe in nlp.pipeline for label in getattr(pipe, "labels", ())}
    needed |= {part for label in needed for part in re.split(r"[|=]", str(label))}
    lemmatizer: Any = nlp.get_pipe("trainable_lemmatizer")
    trees: Any = srsly.msgpack_loads(lemmatizer.trees.to_bytes())
    affixes = {tree[side] for tree in trees["trees"] for side in ("orig", "subst") if tree.get(side)}
    return {str(label) for label in needed} | {nlp.vocab.strings[affix] for affix in affixes}
