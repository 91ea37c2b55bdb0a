"""The listener, on tones that count as speech and on silence."""

import numpy as np
import pytest

from assistant.config import load
from assistant.hear.listen import Listener
from assistant.hear.session import SpeechStarted, TalkedOver
from assistant.testing import ScriptedVad, ScriptedWake
from assistant.types import (
    LOOK_BACK,
    LOOP_RATE,
    AudioChunk,
    Called,
    Draft,
    Echo,
    NothingSaid,
    Utterance,
    Wake,
)

CHUNK = 480


def sound(*parts: tuple[float, int]) -> np.ndarray:
    """(seconds, level) parts; level 0 is silence."""
    return np.concatenate([np.full(round(s * LOOP_RATE), level, np.int16) for s, level in parts])


def listen(samples, *, wake_at=(), word="okay_nabu", **overrides):
    """Every event of a stream, in order."""
    listener = new_listener(wake_at, word, **overrides)
    return [*run(listener, samples), *listener.finish()]


def new_listener(wake_at=(), word="okay_nabu", **overrides):
    changes = [f"{key.replace('__', '.')}={value}" for key, value in overrides.items()]
    config = load([f"wake.word={word}", *changes]).config
    detector = None if word == "none" else ScriptedWake([round(t * LOOP_RATE) for t in wake_at])
    return Listener(config, detector, ScriptedVad())


def run(listener, samples, at=0):
    events = []
    for start in range(0, len(samples), CHUNK):
        piece = samples[start : start + CHUNK]
        time = (at + start + len(piece)) / LOOP_RATE
        events += listener.process(AudioChunk(piece, at + start, time))
    return events


def kinds(events):
    """Their names, drafts left out: every utterance but one that is cut off has one before it."""
    return [type(e).__name__ for e in events if not isinstance(e, Draft)]


def test_nothing_is_heard_without_the_wake_word():
    assert listen(sound((1, 0), (2, 9000), (2, 0))) == []


def test_wake_word_pause_and_command():
    events = listen(sound((2, 0), (1, 9000), (1.5, 0)), wake_at=[1.0])
    assert kinds(events) == ["Called", "Prompt", "SpeechStarted", "Utterance"]
    utterance = events[-1]
    assert utterance.ended_by == "silence"
    assert utterance.wake == Wake("okay nabu", 0.99, at=16320)
    assert utterance.speech_ended_at == pytest.approx(3.0, abs=0.04)
    assert utterance.seconds == pytest.approx(0.4 + 1.0 + 0.3, abs=0.05)


def test_in_one_breath_no_syllable_is_lost():
    # the word is recognized 0.2 s after the command began, as real detectors are
    events = listen(sound((1, 0), (1.5, 9000), (1.5, 0)), wake_at=[1.2], wake__pre_roll=0.3)
    assert kinds(events) == ["Called", "SpeechStarted", "Utterance"]
    held = np.count_nonzero(events[-1].samples == 9000) / LOOP_RATE
    assert held == pytest.approx(1.5, abs=0.01)


def test_the_end_of_the_wake_word_is_not_a_command():
    # 0.15 s of the word are still to come when it is recognized; then silence
    events = listen(sound((1, 0), (0.65, 9000), (6, 0)), wake_at=[1.5])
    assert kinds(events) == ["Called", "Prompt", "NothingSaid"]


def test_nobody_speaks():
    events = listen(sound((8, 0)), wake_at=[1.0])
    assert kinds(events) == ["Called", "Prompt", "NothingSaid"]
    assert events[-1].waited == pytest.approx(5.0, abs=0.04)


def test_the_wake_word_within_a_command_loses_nothing_of_it():
    """It may have been said again, or misheard in the words of the command."""
    events = listen(sound((2, 0), (0.5, 9000), (1, 9000), (1, 0)), wake_at=[1.0, 2.5])
    assert kinds(events) == ["Called", "Prompt", "SpeechStarted", "Called", "Utterance"]
    utterance = events[-1]
    assert (utterance.calls, utterance.wake.at) == (2, 40320)
    assert np.count_nonzero(utterance.samples) == 1.5 * LOOP_RATE


def test_a_draft_at_each_pause():
    """The last one has what the utterance has; the others have revisions of their own."""
    said = sound((1, 0), (1, 9000), (0.4, 0), (1, 9000), (1, 0))
    first, second, utterance = listen(said, word="none")[1:]
    assert (type(first), type(second), type(utterance)) == (Draft, Draft, Utterance)
    assert first.utterance.revision not in {0, second.utterance.revision}
    assert second.utterance.revision == utterance.revision
    assert second.utterance.speech_ended_at == pytest.approx(utterance.speech_ended_at)
    assert first.utterance.ended_by == "pause"


def test_what_is_cut_off_while_spoken_is_no_draft():
    assert listen(sound((1, 0), (1, 9000)), word="none")[-1].revision == 0


def test_how_long_a_silence_ends_it_can_be_told():
    for silence in (0.35, 1.2):
        listener = new_listener(word="none")
        (draft,) = [e for e in run(listener, sound((1, 0), (1, 9000), (0.2, 0))) if is_draft(e)]
        listener.expect(draft.utterance.revision, silence)
        assert until_the_end(listener) == pytest.approx(silence - 0.2, abs=0.06)


def test_what_is_told_of_an_earlier_draft_is_too_late():
    listener = new_listener(word="none")
    said = sound((1, 0), (1, 9000), (0.2, 0), (1, 9000), (0.2, 0))
    first, _ = [e for e in run(listener, said) if is_draft(e)]
    listener.expect(first.utterance.revision, 0.35)
    assert until_the_end(listener) == pytest.approx(0.7 - 0.2, abs=0.06)


def test_what_follows_a_dismissed_wake_word_is_not_for_us():
    listener = new_listener(wake_at=[1.0])
    (called,) = run(listener, sound((1.1, 0)))
    listener.dismiss(called.wake)
    assert run(listener, sound((1, 9000), (2, 0))) == []


def is_draft(event):
    return isinstance(event, Draft)


def until_the_end(listener):
    """Seconds of silence until it says that the command has ended."""
    for count in range(200):
        if any(isinstance(e, Utterance) for e in run(listener, sound((0.03, 0)))):
            return count * 0.03
    raise AssertionError("it never ends")


def test_it_goes_on_as_well_when_the_second_look_is_slower_than_the_speaker():
    """Else what is said over us has no end, and we stay silent for ever."""
    listener = new_listener(wake_at=[1.2])
    listener.open()
    whole = sound((0.5, 0), (1.5, 9000), (4, 0))
    events = run(listener, whole)
    [called] = [event for event in events if isinstance(event, Called)]
    assert kinds(events)[-1] == "Utterance" and events[-1].wake == called.wake
    listener.dismiss(called.wake)
    [*_, late] = run(listener, sound((0.03, 0)), len(whole))
    assert isinstance(late, Utterance) and late.wake is None
    held = np.count_nonzero(late.samples == 9000) / LOOP_RATE
    assert held == pytest.approx(1.5, abs=0.01)
    assert run(listener, sound((2, 0)), len(whole) + CHUNK) == []


def test_what_was_being_said_at_a_wrong_report_goes_on():
    """ "Okay, stop the alarm" begins like a wake word."""
    listener = new_listener(wake_at=[1.2])
    listener.open()
    whole = sound((0.5, 0), (1.5, 9000), (2, 0))
    *_, called = run(listener, whole[: round(1.21 * LOOP_RATE)])
    events = run(listener, whole[round(1.21 * LOOP_RATE) : 22_560], round(1.21 * LOOP_RATE))
    listener.dismiss(called.wake)
    events += run(listener, whole[22_560:], 22_560)
    assert kinds(events) == ["Utterance"]
    assert events[-1].wake is None
    held = np.count_nonzero(events[-1].samples == 9000) / LOOP_RATE
    assert held == pytest.approx(1.5, abs=0.01)


def test_over_a_tone_of_ours_a_voice_is_heard_in_a_room_that_is_not_known():
    for until, noticed in ((0.5, False), (2.0, True)):
        listener = new_listener()
        listener.tone(until)
        heard = []
        for at in range(0, 2 * LOOP_RATE, CHUNK):
            tone = np.full(CHUNK, 300, np.int16)
            both = tone + (9000 if at >= LOOP_RATE else 0)
            echo = Echo(tone, both, removed=False)
            end = (at + CHUNK) / LOOP_RATE
            heard += listener.process(AudioChunk(both, at, end, echo))
        assert [type(item) for item in heard[:1]] == [TalkedOver] * noticed


def test_the_end_of_the_stream_ends_the_utterance():
    events = listen(sound((1, 0), (1, 9000)), word="none")
    assert kinds(events) == ["SpeechStarted", "Utterance"]
    assert events[-1].ended_by == "stream_end"


def test_a_long_command_is_ended():
    events = listen(sound((1, 0), (20, 9000)), wake_at=[0.5], endpoint__max_utterance=3)
    assert events[-1].ended_by == "too_long"
    assert events[-1].seconds < 4


def test_without_wake_word_everything_said_is_an_utterance():
    quiet_minute = sound((60, 0), (1, 9000), (30, 0), (1, 9000), (1, 0))
    events = listen(quiet_minute, word="none")
    assert kinds(events) == ["SpeechStarted", "Utterance"] * 2
    assert all(e.seconds < 2 for e in events if isinstance(e, Utterance))


def test_a_beginning_at_any_moment_is_kept():
    for quiet in np.arange(4.6, 5.4, 0.05):  # around the moment where listening begins anew
        events = listen(sound((quiet, 0), (1, 9000), (1, 0)), word="none")
        held = np.count_nonzero(events[-1].samples == 9000) / LOOP_RATE
        assert held == pytest.approx(1.0, abs=0.001), quiet


def test_push_to_talk():
    listener = new_listener(word="push-to-talk")
    assert run(listener, sound((1, 0), (1, 9000), (1, 0))) == []
    listener.open()
    events = run(listener, sound((0.5, 0), (1, 9000), (1, 0)))
    # whoever pressed a key needs no chime
    assert [type(e) for e in events] == [SpeechStarted, Draft, Utterance]


def test_a_follow_up_has_its_own_patience():
    listener = new_listener()
    listener.open(1.0)
    assert [type(e) for e in run(listener, sound((2, 0)))] == [NothingSaid]


def test_deaf_while_speaking():
    listener = new_listener(word="none")
    listener.deafen(True)
    assert run(listener, sound((0.2, 0), (1, 9000), (1, 0))) == []
    listener.deafen(False)
    assert kinds(run(listener, sound((0.2, 0), (1, 9000), (1, 0))))[-1] == "Utterance"


@pytest.mark.parametrize("size", [160, 480, 512, 1280, 4000])
def test_the_size_of_chunks_does_not_matter(size, monkeypatch):
    monkeypatch.setattr(f"{__name__}.CHUNK", size)
    events = listen(sound((1, 0), (1, 9000), (1.5, 0)), word="none")
    assert kinds(events) == ["SpeechStarted", "Utterance"]
    assert events[-1].speech_ended_at == pytest.approx(2.0, abs=0.04)


def test_the_second_look_is_given_what_was_heard_until_then():
    (called,) = [e for e in listen(sound((3, 0), (1, 9000)), wake_at=[3.5]) if is_called(e)]
    assert len(called.samples) == LOOK_BACK * LOOP_RATE
    assert np.count_nonzero(called.samples) == 0.51 * LOOP_RATE  # to the end of its chunk


def is_called(event):
    return isinstance(event, Called)


def test_who_has_called_is_not_interrupted_by_what_rang_meanwhile():
    """The invitation that follows an announcement took the place of the command."""
    listener = new_listener(wake_at=(0.4,))
    before = run(listener, sound((0.5, 0), (0.5, 9000)))
    listener.open(5.0, commands_only=True)
    after = run(listener, sound((0.5, 9000), (1, 0)), at=LOOP_RATE)
    [said] = [event for event in [*before, *after] if isinstance(event, Utterance)]
    assert said.wake is not None and not said.commands_only


def test_what_was_being_said_when_the_microphone_went_is_forgotten():
    listener = new_listener(wake_at=(0.4,))
    assert not listener.cut_off()
    run(listener, sound((0.5, 0), (0.5, 9000)))
    assert listener.cut_off()
    assert not listener.cut_off()
    assert run(listener, sound((1, 0)), at=LOOP_RATE) == []
