"""What looking up in what was said already would gain."""

import pytest

from assistant.bench.lookup import evaluations, gain, guess


def test_the_last_time_that_it_went_on_like_this():
    assert guess([1, 2, 3, 4, 5, 6, 7, 1, 2]) == [3, 4, 5, 6]
    assert guess([1, 2, 9, 1, 2, 3, 1, 2]) == [3, 1, 2]
    assert guess([1, 2, 3]) == guess([]) == []


def test_right_guesses_come_along_for_nothing():
    prompt = (1, 2, 3, 4, 5, 6, 7)
    assert evaluations([*prompt, 1, 2, 3, 4, 5, 6, 7], len(prompt)) == [1, 1, 5]
    assert evaluations([*prompt, 11, 12, 13], len(prompt)) == [1, 1, 1]


def test_what_is_new_gains_nothing_and_wrong_guesses_cost():
    cost = {1: 1.0, 5: 2.0}
    assert gain([((1, 2, 3, 9, 8), 3)], cost.__getitem__) == 1
    repeated = (1, 2, 3, 4, 5, 6, 7, 1, 2, 3, 4, 5, 6, 7)
    assert gain([(repeated, 7)], cost.__getitem__) == pytest.approx(7 / 4)
    wrong = (1, 2, 3, 4, 5, 6, 1, 2, 9)
    assert gain([(wrong, 8)], cost.__getitem__) == pytest.approx(1 / 2)
