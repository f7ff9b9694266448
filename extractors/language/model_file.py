"""The shipped model as one file: its digest is checked, its 16-bit weights are widened in memory, nothing written."""

from __future__ import annotations

import hashlib
import json
import zlib
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from extractors.language.model_errors import TamperedModelError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from spacy.language import Language

PACKED = "en_dateline.bin"
MANIFEST = "en_dateline.json"
_ASKED_OF_WORDS = ("LOWER", "NORM", "PREFIX", "SUFFIX", "SHAPE", "IS_SPACE")  # by the model or here; spaCy knows 23


def shipped_folder() -> Traversable:
    """The folder in the package that holds the model, its manifest and its attribution."""
    return files("extractors.language").joinpath("model")


def stated_sha256(folder: Traversable) -> str:
    """The digest that the manifest promises."""
    return str(json.loads(folder.joinpath(MANIFEST).read_text(encoding="utf-8"))["sha256"])


def unpacked(folder: Traversable) -> Language:
    """The pipeline in a folder.

    Raises TamperedModelError when the file is not the one that the manifest names.
    """
    packed = folder.joinpath(PACKED).read_bytes()
    found, stated = hashlib.sha256(packed).hexdigest(), stated_sha256(folder)
    if found != stated:
        raise TamperedModelError(str(folder.joinpath(PACKED)), stated, found)
    return _assembled(zlib.decompress(packed))


def _assembled(content: bytes) -> Language:
    import srsly
    from spacy.util import load_model_from_config
    from thinc.api import Config, use_ops

    parts: Any = srsly.msgpack_loads(content)
    with use_ops("numpy", use_blis=False):  # numpy's OpenBLAS multiplies three times as fast as the bundled blis
        nlp = load_model_from_config(Config().from_str(parts["config"]))
    for string in parts["strings"]:
        nlp.vocab.strings.add(string)
    for name in list(parts["components"]):  # one at a time: the memory of one serves the next
        component = parts["components"].pop(name)
        weights = component.pop("model")
        nlp.from_bytes(srsly.msgpack_dumps({name: srsly.msgpack_dumps(component)}), exclude=["tokenizer"])
        pipe: Any = nlp.get_pipe(name)
        pipe.model.from_dict(_widened(weights))
    _remember(nlp, parts["words"])
    return nlp


def _remember(nlp: Language, words: list[str]) -> None:
    """Let the tokenizer keep what words consist of; of others it forgets that with their text."""
    vocab: Any = nlp.vocab  # whose types leave this out
    asked = {vocab.strings[name] for name in _ASKED_OF_WORDS}
    vocab.lex_attr_getters = {name: ask for name, ask in vocab.lex_attr_getters.items() if name in asked}
    for word in words:  # each by itself: after a word with an exception of its own, such as don't, none is kept
        nlp.tokenizer(word)


def _widened(value: Any) -> Any:  # noqa: ANN401 - whatever a serialised model holds
    import numpy as np

    if isinstance(value, np.ndarray):
        return value.astype(np.float32) if value.dtype == np.float16 else value
    if isinstance(value, dict):
        return {key: _widened(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_widened(each) for each in value]
    return value
