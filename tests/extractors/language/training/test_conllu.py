from pathlib import Path

from extractors.language.training.conllu import read

TWO_SENTENCES = """\
# newdoc id = own
# sent_id = own-1
# text = They didn't sail.
1	They	they	PRON	PRP	_	4	nsubj	_	_
2-3	didn't	_	_	_	_	_	_	_	_
2	did	do	AUX	VBD	Tense=Past	4	aux	_	_
3	n't	not	PART	RB	_	4	advmod	_	_
4	sail	sail	VERB	VB	_	0	root	_	SpaceAfter=No
5	.	.	PUNCT	.	_	4	punct	_	_

# sent_id = own-2
# text = Of course not.
1	Gone	go	VERB	VBN	_	0	root	_	_
"""


def test_contractions_are_dealt_out_to_their_words(tmp_path: Path) -> None:
    path = tmp_path / "own.conllu"
    path.write_text(TWO_SENTENCES, encoding="utf-8")
    (sentence,) = read(path)
    assert [(word.form, word.space_after) for word in sentence.words] == [
        ("They", True),
        ("did", False),
        ("n't", True),
        ("sail", False),
        (".", False),
    ]
    assert [word.head for word in sentence.words] == [3, 3, 3, 3, 3]
    assert sentence.starts_document


def test_a_sentence_that_does_not_spell_its_text_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "own.conllu"
    path.write_text(TWO_SENTENCES, encoding="utf-8")
    assert [sentence.sent_id for sentence in read(path)] == ["own-1"]
