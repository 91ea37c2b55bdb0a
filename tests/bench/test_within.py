"""The whole program within a real control group: the budget is kept, and no turn is lost."""

import pytest

from assistant.audio import pcm
from assistant.audio.files import write_wav
from assistant.bench.within import run, why_not
from assistant.config import load
from assistant.speak.voices import load_voice
from assistant.types import LOOP_RATE, Speech


@pytest.fixture(scope="module")
def sounds(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sounds")
    voice = load_voice(load().config.speak, "en")
    for number, text in enumerate(["Set a timer for ten minutes.", "What time is it?"]):
        spoken = voice.synthesize(text)
        samples = pcm.resample(spoken.samples, spoken.rate, LOOP_RATE)
        write_wav(folder / f"{number}.wav", Speech(samples, LOOP_RATE))
    return folder


@pytest.fixture(autouse=True)
def skip_where_no_group_can_be_made():
    if reason := why_not():
        pytest.skip(reason)


@pytest.mark.models
def test_turns_of_all_kinds_within_less_than_all_engines_need(sounds):
    found = run(500, 10, sounds, [])
    assert not found.killed and found.failures == () and found.lost == 0
    assert "no_model" in found.steps  # planned: it was never loaded
    assert found.answered == 0 and found.pss_mb < 500


@pytest.mark.models
def test_a_process_that_takes_more_than_the_group_has_is_noticed(sounds):
    """That the test above can fail: without the governor the same turns do not fit."""
    found = run(250, 10, sounds, ["governor.enabled=false"])
    assert found.killed and found.lost == 10
