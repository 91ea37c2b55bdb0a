"""The assistant as a person meets it: spoken to through a microphone, heard at a speaker."""

import re
import time

import numpy as np
import pytest

from assistant.audio import pcm
from assistant.trace import TraceLog
from assistant.types import LOOP_RATE, Question

pytestmark = [pytest.mark.models, pytest.mark.sound]


def words(text):
    return set(re.findall(r"[a-z]+", text.lower()))


def test_time_in_one_breath_and_the_reply_is_understood(live, sound, say, transcribe):
    with live() as assistant, sound.recording() as heard:
        sound.speak(say("Okay Nabu, what time is it?", 1.0))
        turn = assistant.next_turn(1)
        heard.wait_until_loud()
        time.sleep(0.3)
    assert turn.outcome == "answered"
    assert turn.route.function == "clock.time"
    assert turn.reply_text.startswith("It's ")
    understood = transcribe(heard.samples)
    assert words(understood) & words(turn.reply_text.removeprefix("It's")) or re.search(
        r"\d", understood
    ), understood
    assert 0 < turn.trace.first_audio_seconds < 60
    assert [t.id for t in TraceLog(assistant.config.trace).read(1)] == [turn.trace.id]


def test_a_pause_after_the_wake_word_brings_a_chime(live, sound, say):
    with live() as assistant, sound.recording() as heard:
        sound.speak(say("Okay Nabu.", 1.6, "What can you do?", 1.0))
        turn = assistant.next_turn(1)
    assert turn.route.function == "talk.help"
    assert turn.transcript.text.lower().startswith("what can you do")
    assert pcm.peak(heard.samples) > 0.02


def test_a_timer_is_set_rings_and_is_stopped_by_a_word(live, sound, say):
    with live() as assistant:
        with sound.recording() as heard:
            sound.speak(say("Okay Nabu, set a timer for three seconds.", 1.0))
            assert assistant.next_turn(1).reply_text == "Timer set for three seconds."
            assistant.wait_for("announcing")
            announced = assistant.next_turn(2)
        assert announced.reply_text == "Your three second timer is done."
        assert pcm.peak(heard.samples) > 0.05
        sound.speak(say("Stop.", 1.2))  # no wake word is needed while it rings
        assistant.next_turn(3)
        store = assistant.engines.functions.families
        ringing = [t for f in store if f.name == "timers" for t in f.store.all()]
    assert ringing == []


def test_an_open_question_is_answered_while_it_is_written(live, sound, say):
    with live("think.load=start") as assistant:
        sound.speak(say("Okay Nabu, why is the sky blue?", 1.0))
        turn = assistant.next_turn(1)
    assert isinstance(turn.route, Question)
    assert turn.outcome == "answered"
    assert len(turn.reply_text.split()) > 3
    think = next(s for s in turn.trace.spans if s.stage == "think")
    assert think.detail["tokens"] > 5


def test_the_wake_word_interrupts_the_reply(live, sound, say):
    with live("wake.chime=false") as assistant:
        with sound.recording() as heard:
            sound.speak(say("Okay Nabu, what can you do?", 1.0))
            assistant.wait_for("saying")
            time.sleep(0.8)
            sound.speak(say("Okay Nabu."))
            turn = assistant.next_turn(1)
            at = time.monotonic()
            time.sleep(1.0)
        # how soon is measured elsewhere: here it must have stopped
        after = heard.samples[max(0, int((at - heard.time_of(0) + 0.5) * LOOP_RATE)) :]
    assert turn.outcome == "cancelled"
    assert pcm.peak(after[: LOOP_RATE // 5]) < 0.05


def test_noise_and_speech_without_the_wake_word_do_nothing(live, sound, say):
    noise = (np.random.default_rng(0).standard_normal(4 * LOOP_RATE) * 800).astype(np.int16)
    with live() as assistant, sound.recording() as heard:
        sound.speak(np.concatenate([noise, say("What time is it? Set a timer.", 1.0)]))
        time.sleep(0.5)
    assert assistant.turns == []
    assert pcm.peak(heard.samples) < 0.01


def test_spanish(live, sound, say):
    with live("language=es", "wake.word=alexa") as assistant:
        command = "pon un temporizador de diez minutos"
        sound.speak(say("alexa", 0.8, command, 1.0, language="es"))
        turn = assistant.next_turn(1)
    assert turn.trace.language == "es"
    assert turn.route.function == "timers.start"
    assert "diez minutos" in turn.reply_text


def test_the_sound_server_goes_and_comes_back(live, sound, say):
    with live() as assistant:
        sound.restart()
        assistant.wait_for("degraded")
        assistant.wait_for("ready", times=2)
        time.sleep(0.5)
        sound.speak(say("Okay Nabu, what time is it?", 1.0))
        turn = assistant.next_turn(1)
    assert turn.outcome == "answered"
