"""From running scores to reports, as lists of numbers."""

import itertools

from hypothesis import given, strategies as st

from assistant.hear.once import OncePerWord


def reports(scores, threshold=0.2, **how):
    once = OncePerWord(threshold, **how)
    return [once.process(score) for score in scores]


def test_nothing_below_the_threshold():
    assert reports([0.0, 0.1, 0.2, 0.19]) == [None] * 4


def test_without_hold_the_first_score_above_counts():
    assert reports([0.1, 0.5, 0.9, 0.1]) == [None, 0.5, None, None]


def test_the_peak_is_reported_when_the_score_begins_to_fall():
    assert reports([0.1, 0.3, 0.6, 0.5, 0.0], hold=8) == [None, None, None, 0.6, None]


def test_not_later_than_after_hold_steps():
    assert reports([0.3, 0.4, 0.5, 0.6], hold=3) == [None, None, 0.5, None]


def test_a_sure_score_does_not_wait():
    assert reports([0.3, 0.98, 0.99], sure=0.97, hold=8) == [None, 0.98, None]


def test_the_same_word_is_not_reported_again():
    # it stays high and wavers, without falling below half the threshold
    assert reports([0.3, 0.2, 0.15, 0.6, 0.11, 0.9], hold=2) == [None, 0.3, *[None] * 4]


def test_the_next_word_is():
    assert reports([0.3, 0.2, 0.1, 0.05, 0.4, 0.3], hold=2) == [None, 0.3, None, None, None, 0.4]


def test_while_it_rests_only_what_is_surer_is_reported():
    assert reports([0.5, 0.0, 0.5, 0.0, 0.4], rest=4) == [0.5, None, None, None, None]
    assert reports([0.5, 0.0, 0.0, 0.0, 0.6], rest=4) == [0.5, None, None, None, 0.6]
    assert reports([0.95, 0.0, 0.0, 0.0, 0.97], rest=4) == [0.95, None, None, None, None]
    assert reports([0.95, 0.0, 0.0, 0.0, 0.98], rest=4) == [0.95, None, None, None, 0.98]
    assert reports([0.5, 0.0, 0.0, 0.0, 0.0, 0.3], rest=4) == [0.5, None, None, None, None, 0.3]


def test_a_dip_right_after_the_threshold_is_still_its_word():
    assert reports([0.3, 0.1], hold=8) == [None, 0.3]


def test_reset_forgets_a_report_and_a_beginning():
    once = OncePerWord(0.2, hold=8)
    assert once.process(0.3) is None
    once.reset()
    assert once.process(0.1) is None
    assert [once.process(s) for s in (0.5, 0.4)] == [None, 0.5]
    once.reset()
    assert [once.process(s) for s in (0.5, 0.4)] == [None, 0.5]


@given(st.lists(st.floats(0, 1), max_size=60), st.integers(1, 10))
def test_each_report_is_a_score_above_the_threshold(scores, hold):
    given_back = reports(scores, hold=hold)
    for index, report in enumerate(given_back):
        if report is not None:
            assert report > 0.2
            assert report in scores[max(0, index - hold) : index + 1]
    # between two reports the score was low
    at = [i for i, report in enumerate(given_back) if report is not None]
    for first, second in itertools.pairwise(at):
        assert min(scores[first + 1 : second + 1]) <= 0.1
