"""Results counted in bands: one width for both sides, at most a dozen, the top in the last."""

from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from apura.norms.bands import MOST_BANDS, bands_of

VALUES = st.lists(st.fractions(min_value=-1000, max_value=1000, max_denominator=1000), max_size=30)


def fractions(*texts: str) -> list[Fraction]:
    return [Fraction(text) for text in texts]


def test_scores_from_four_and_a_half_to_ten_fall_in_halves() -> None:
    bands = bands_of(fractions("4.6", "9.2", "10"), fractions("4.6", "9.6", "10"))

    assert (bands[0].low, bands[0].high, len(bands)) == (Fraction(9, 2), 5, 11)
    assert [(band.before, band.after) for band in bands if band.before or band.after] == [
        (1, 1),
        (1, 0),
        (1, 2),
    ]


def test_an_end_belongs_to_the_band_it_begins_but_the_last() -> None:
    bands = bands_of(fractions("0", "1", "10"), [])

    assert [band.before for band in bands] == [1, 1, 0, 0, 0, 0, 0, 0, 0, 1]


def test_nothing_to_spread_has_no_bands() -> None:
    assert bands_of([], []) == ()
    assert bands_of(fractions("8", "8"), fractions("8")) == ()


@given(before=VALUES, after=VALUES)
def test_everyone_is_counted_once_in_the_band_that_holds_them(
    before: list[Fraction], after: list[Fraction]
) -> None:
    bands = bands_of(before, after)

    if bands:
        assert len(bands) <= MOST_BANDS
        assert sum(band.before for band in bands) == len(before)
        assert sum(band.after for band in bands) == len(after)
        assert bands[0].low <= min([*before, *after])
        assert bands[-1].high >= max([*before, *after])
        assert all(one.high == other.low for one, other in pairwise(bands))
