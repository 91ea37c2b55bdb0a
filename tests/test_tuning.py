"""Which of the candidates wins, and that all of it runs on real engines."""

from dataclasses import replace

import pytest

from assistant.config import changed, load
from assistant.tuning import Candidate, Tried, fastest, judged, settings_of, thread_counts, tune


def tried(model, threads, seconds, right, processor=0.1):
    return Tried(Candidate((f"stt.model_en={model}", f"stt.threads={threads}"), 500, threads),
                 seconds, processor, right)  # fmt: skip


def test_the_fastest_wins_unless_it_hears_less():
    found = judged(
        [tried("tiny", 1, 0.1, 0.7), tried("base", 1, 0.3, 0.95), tried("base", 2, 0.2, 0.94)]
    )
    assert [one.left_out for one in found] == ["hears less", "", ""]
    assert fastest(found).candidate.settings == ("stt.model_en=base", "stt.threads=2")


def test_of_two_that_are_as_fast_the_one_of_fewer_threads():
    found = judged([tried("tiny", 4, 0.100, 0.9), tried("tiny", 2, 0.102, 0.9)])
    assert fastest(found).candidate.threads == 2


def test_the_budget_of_energy_counts():
    found = judged([tried("tiny", 4, 0.1, 0.9, processor=1.0), tried("tiny", 1, 0.3, 0.9)], 2.0)
    assert fastest(found).candidate.threads == 1
    assert fastest(judged([tried("tiny", 4, 0.1, 0.9, processor=9.0)], 2.0)) is None


def test_joules_are_those_of_the_boards_cores():
    one = replace(tried("tiny", 1, 0.3, 0.9, processor=2.0), core_watts=0.7)
    assert one.joules == pytest.approx(1.4) and not judged([one], 2.0)[0].left_out


def test_the_budget_of_time_counts():
    found = judged([tried("base", 2, 1.5, 0.95), tried("tiny", 2, 0.3, 0.92)], 0.0, 1.0)
    assert [one.left_out for one in found] == ["over the budget of time", ""]


def test_what_is_written_can_be_set():
    found = settings_of([tried("whisper-base", 2, 0.1, 0.9), None])
    assert found == {"stt.model_en": "whisper-base", "stt.threads": 2}
    config = changed(load().config, [f"{key}={value}" for key, value in found.items()])
    assert (config.stt.model_en, config.stt.threads) == ("whisper-base", 2)
    assert thread_counts(2) == [1, 2] and thread_counts(12) == [1, 2, 3, 4, 6, 8]


@pytest.mark.models
def test_real_engines_are_tried_one_after_the_other():
    told = []
    found = tune(load().config, 1, told.append, cores=1)
    assert {"stt.model_en", "stt.threads", "think.threads"} <= set(found)
    assert all(one.seconds > 0 and one.processor > 0 for one in told)
    hearing = [one for one in told if one.right is not None]
    assert max(one.right for one in hearing) > 0.7
