"""The stages of training, in order: syntax in one pass, then names, whose encoder starts from the syntax encoder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import spacy
from spacy import util
from spacy.language import DEFAULT_CONFIG
from spacy.training.initialize import init_nlp
from spacy.training.loop import train

from extractors.language.training import documents
from extractors.language.training.names_corpus import name_docs
from extractors.language.training.syntax_corpus import syntax_docs
from extractors.language.training.treebanks import Treebanks

if TYPE_CHECKING:
    from spacy.language import Language

_HERE = Path(__file__).parent
_SYNTAX_SEED, _NAMES_SEED = 1, 2


def train_syntax(treebanks: Treebanks, work: Path, steps: int | None = None) -> Path:
    """Tagger, morphologizer, lemmatizer and parser; the folder of the trained pipeline."""
    corpus = work / "syntax.spacy"
    documents.save_trees(syntax_docs(treebanks, spacy.blank("en").vocab, _SYNTAX_SEED), corpus)
    return _train(_initialised("syntax", corpus, steps), work / "syntax")


def train_names(treebanks: Treebanks, syntax: Path, work: Path, steps: int | None = None) -> Path:
    """The name tagger, beginning with the encoder of the pipeline in *syntax*; the folder of the trained pipeline."""
    corpus = work / "names.spacy"
    documents.save_names(name_docs(treebanks, spacy.blank("en").vocab, _NAMES_SEED), corpus)
    nlp = _initialised("names", corpus, steps)
    _copy_encoder(spacy.load(syntax), nlp)
    return _train(nlp, work / "names")


def assembled(syntax: Path, named: Path) -> Language:
    """Both stages as one pipeline."""
    nlp = spacy.load(syntax)
    nlp.add_pipe("ner", source=spacy.load(named))
    return nlp


def _initialised(stage: str, corpus: Path, steps: int | None) -> Language:
    stated = util.load_config(_HERE / f"{stage}.cfg")
    stated["paths"]["train"] = str(corpus)
    if steps is not None:
        stated["paths"]["steps"] = steps
    return init_nlp(DEFAULT_CONFIG.merge(stated).interpolate())


def _copy_encoder(source: Language, target: Language) -> None:
    encoder: Any = source.get_pipe("tok2vec")
    tagger: Any = target.get_pipe("ner")
    own = tagger.model.get_ref("tok2vec")
    twin = next(layer for layer in own.walk() if layer.name == encoder.model.name)
    twin.from_bytes(encoder.model.to_bytes())


def _train(nlp: Language, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    train(nlp, folder)
    return folder / "model-last"
