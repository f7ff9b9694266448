"""A record's tier follows what its frame was worth on annotated texts."""

import pytest

from extractors.events.lexicon import frames
from extractors.events.tiers import Figure, FigureError, Worth, figures_in, shipped_worth, written

WORTH = Worth.of(
    {
        "AID X aid Y": Figure(30, 30),
        "AID X fund Y": Figure(6, 4),
        "AID X feed Y": Figure(10, 1),
        "SANCTION X fine Y": Figure(9, 2),
    }
)


@pytest.mark.parametrize(
    ("frame_id", "tier"), [("AID X aid Y", "sure"), ("AID X fund Y", "likely"), ("AID X feed Y", "possible")]
)
def test_the_tier_is_that_of_the_frame(frame_id: str, tier: str) -> None:
    assert WORTH.tier(frame_id, is_told_who=True) == tier


def test_a_frame_that_was_never_judged_is_worth_what_its_type_is() -> None:
    assert WORTH.precision("SANCTION X expel Y") < 0.5 < WORTH.precision("AID X nourish Y")


def test_without_figures_nothing_is_relied_upon() -> None:
    assert Worth.of({}).tier("AID X aid Y", is_told_who=True) == "possible"


def test_where_nobody_is_told_to_have_done_it_nothing_is_sure() -> None:
    assert WORTH.tier("AID X aid Y", is_told_who=False) == "likely"


def test_figures_are_read_as_they_were_written() -> None:
    assert figures_in(written(WORTH.of_frames)) == WORTH.of_frames


@pytest.mark.parametrize("line", ["AID X aid Y\t3", "AID X aid Y\tthree\t2", "AID X aid Y\t2\t3"])
def test_a_line_that_is_no_figure_is_named(line: str) -> None:
    with pytest.raises(FigureError, match=r"frame_figures\.tsv, line 2: .* write the file anew"):
        figures_in(f"frame_id\tfired\tright\n{line}\n")


def test_the_figures_are_of_frames_that_exist() -> None:
    assert shipped_worth().of_frames.keys() <= {frame.frame_id for frame in frames()}
