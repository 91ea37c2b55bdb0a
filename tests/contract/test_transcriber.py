"""Transcribers, scripted and real: words of what was spoken, none of what was not."""

import math
import shutil
from dataclasses import replace
from itertools import pairwise
from types import SimpleNamespace

import numpy as np
import pytest
from rapidfuzz import fuzz

from assistant import models
from assistant.config import load
from assistant.errors import ModelError
from assistant.hear.looks import REMINDED
from assistant.hear.stt import PROMPT_TOKENS, WAKE_TOKENS, WhisperTranscriber
from assistant.hear.whisper import Decoded
from assistant.testing import FakeTranscriber
from assistant.types import LOOP_RATE, Utterance, Wake
from tests.conftest import REAL_MODELS
from tests.speaking import noise, silence, speak

pytestmark = pytest.mark.models

EXAMPLES = ["What time is it?", "Set a timer for ten minutes.", "Turn up the volume."]
WORDS = ["timer", "volume", "battery", "minutes"]


def whisper(model, language, examples=(), words=()):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ASSISTANT_MODELS", str(REAL_MODELS))
        folder = models.locate(model)
    return expecting(WhisperTranscriber(folder, language, load().config.stt), examples, words)


def expecting(recognizer, examples=EXAMPLES, words=()):
    recognizer.expect(examples, (), words)
    return recognizer


@pytest.fixture(scope="module")
def english():
    return whisper("whisper-tiny.en", "en", EXAMPLES, WORDS)


@pytest.fixture(scope="module")
def both():
    return whisper("whisper-base", "auto")


def utterance(samples, **changes):
    return Utterance(samples, "silence", 0.0, **changes)


def words(text):
    return "".join(c if c.isalnum() else " " for c in text.lower()).split()


# -- the contract ---------------------------------------------------------------------------------


@pytest.fixture(params=["real", "scripted"])
def hears(request):
    """hears(text, samples): what the transcriber makes of `samples`, in which `text` is said."""

    def hear(text, samples):
        if request.param == "scripted":
            return FakeTranscriber([text]).transcribe(utterance(samples))
        return request.getfixturevalue("english").transcribe(utterance(samples))

    return hear


@pytest.mark.parametrize("text", ["What time is it?", "Set a timer for ten minutes."])
def test_what_was_said(hears, text):
    said = speak(0.3, text, 0.3)
    heard = hears(text, said)
    assert words(heard.text.replace("10", "ten")) == words(text)
    assert heard.language == "en"
    assert heard.reason == ""
    assert 0.5 < heard.confidence <= 1
    assert 0 <= heard.no_speech < 0.5
    assert heard.audio_seconds == pytest.approx(len(said) / LOOP_RATE)


def test_each_word_with_its_confidence(hears):
    heard = hears("What time is it?", speak(0.3, "What time is it?", 0.3))
    assert [word.text for word in heard.words] == heard.text.split()
    assert all(0 < word.confidence <= 1 for word in heard.words)
    confidences = [word.confidence for word in heard.words]
    assert min(confidences) <= heard.confidence <= max(confidences)


@pytest.mark.parametrize(
    "sound",
    [silence(2), noise(2, 30), noise(2, 2000), silence(0.01)],
    ids=["silence", "hiss", "loud noise", "next to nothing"],
)
def test_no_words_where_none_were_said(hears, sound):
    heard = hears("", sound)
    assert heard.text == ""
    assert heard.reason


def test_an_error_is_raised_to_whoever_asked():
    with pytest.raises(ModelError, match="gone"):
        FakeTranscriber([ModelError("gone")]).transcribe(utterance(silence(1)))


# -- how well a text fits -------------------------------------------------------------------------


@pytest.mark.parametrize("transcriber", ["real", "scripted"])
def test_what_was_said_scores_best(request, transcriber):
    said = utterance(speak(0.3, "Set a timer for ten minutes.", 0.3))
    texts = ["Set a timer for two minutes.", "Set a timer for ten minutes.", "Turn up the volume."]
    if transcriber == "scripted":
        hearing = FakeTranscriber([texts[1]])
        hearing.transcribe(said)
    else:
        hearing = request.getfixturevalue("english")
    scores = hearing.score(said, texts)
    assert max(scores) == scores[1]
    assert all(score <= 0 for score in scores)
    assert scores[1] - max(scores[0], scores[2]) > 0.3


def test_the_wake_word_in_the_sound_is_no_part_of_a_text_to_score(english):
    said = speak("Alexa, what time is it?", 0.3)
    alone = utterance(said)
    one_breath = utterance(said, wake=Wake("alexa", 0.9, LOOP_RATE), wake_samples=LOOP_RATE // 2)
    text = ["What time is it?"]
    assert english.score(one_breath, text)[0] > english.score(alone, text)[0]


def test_a_score_depends_on_neither_the_other_texts_nor_what_was_heard_before(english):
    said = utterance(speak(0.3, "What time is it?", 0.3))
    texts = ["What time is it?", "What day is it, and what will it be the day after tomorrow?"]
    together = english.score(said, texts)
    english.transcribe(utterance(speak("Turn up the volume.")))
    alone = [english.score(said, [text])[0] for text in texts]
    assert alone == pytest.approx(together, abs=0.05)
    assert english.score(said, []) == []


# -- looks, windows -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def engine(english):
    return english._whisper


def test_the_window_is_as_long_as_the_sound_and_its_margin(engine):
    sound = speak("What time is it?")
    frames = [engine.encode(sound, margin).frames for margin in (0, 1, 2, 40)]
    assert frames[0] == len(sound) // 160
    assert [b - a for a, b in pairwise(frames[:3])] == [100, 100]
    assert frames[3] == 3000
    assert engine.encode(silence(40), 2).frames == 3000


def test_a_second_look_only_where_the_first_is_doubtful():
    said = utterance(speak(0.3, "What time is it?", 0.3))
    for second_look, looks in [(0.0, 1), (1.0, 2)]:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("ASSISTANT_MODELS", str(REAL_MODELS))
            folder = models.locate("whisper-tiny.en")
        settings = load([f"stt.second_look={second_look}"]).config.stt
        heard = expecting(WhisperTranscriber(folder, "en", settings)).transcribe(said)
        assert (words(heard.text), heard.looks) == (["what", "time", "is", "it"], looks)


def test_a_decoder_that_says_all_of_it_twice_is_cut(engine, monkeypatch):
    sentence = engine.tokens(" What time is it?")
    asked = []

    def again_and_again(encoded, language, prompt, most):
        asked.append(most)
        tokens = (sentence * 20)[:most]
        return tokens, [-0.1] * len(tokens), 0.0

    monkeypatch.setattr(engine, "_generate", again_and_again)
    decoded = engine.decode(engine.encode(silence(2), 1), "en", [])
    assert engine.text(decoded.tokens) == " What time is it?"
    assert len(decoded.log_probs) == len(decoded.tokens)
    assert not decoded.looped
    assert len(asked) == 1  # it is not let go on
    assert asked[0] < 20


def test_fast_speech_is_decoded_to_its_end(engine, monkeypatch):
    text = list(range(1000, 1030))  # 30 tokens in 2 s, and no repetition
    monkeypatch.setattr(
        engine, "_generate", lambda e, lang, p, most: (text[:most], [-0.1] * min(most, 30), 0.0)
    )
    decoded = engine.decode(engine.encode(silence(2), 1), "en", [])
    assert (list(decoded.tokens), decoded.looped) == (text, False)


def test_a_decoder_that_is_stuck_says_so(engine, monkeypatch):
    monkeypatch.setattr(
        engine,
        "_generate",
        lambda e, lang, p, most: ([7, 8, 9, *[5] * (most - 3)], [-1.0] * most, 0),
    )
    assert engine.decode(engine.encode(silence(2), 1), "en", []).looped


def test_one_word_is_heard_once(english, monkeypatch):
    """However often it is decoded, in the second look too."""
    whisper = english._whisper
    tokens = whisper.tokens(" Location") * 4
    monkeypatch.setattr(whisper, "_generate", lambda *_: (tokens, [-0.1] * len(tokens), 0.0))
    monkeypatch.setattr(whisper, "log_probs", lambda *_: [[-0.1]])
    heard = english.transcribe(utterance(silence(1)))
    assert (heard.text, len(heard.words), heard.looks) == ("Location", 1, 2)


def test_speech_longer_than_any_window(english):
    pause = silence(14)
    said = speak(0.3, "What time is it?")
    last = speak("Turn up the volume.", 0.3)
    heard = english.transcribe(utterance(np.concatenate([said, pause, pause, silence(2), last])))
    assert words(heard.text)[:4] == ["what", "time", "is", "it"]
    assert "volume" in words(heard.text)
    assert heard.audio_seconds > 30


def test_a_beam_tells_the_same_confidence():
    said = utterance(speak(0.3, "What time is it?", 0.3))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ASSISTANT_MODELS", str(REAL_MODELS))
        folder = models.locate("whisper-tiny.en")
    heard = [
        expecting(WhisperTranscriber(folder, "en", load([f"stt.beam={n}"]).config.stt)).transcribe(
            said
        )
        for n in (1, 3)
    ]
    assert heard[0].text == heard[1].text
    assert heard[0].confidence == pytest.approx(heard[1].confidence, abs=0.05)


# -- the wake word --------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["What time is it?", "Turn up the volume."])
@pytest.mark.parametrize("word", ["okay nabu", "alexa"])
def test_the_wake_word_in_the_same_breath_is_no_part_of_the_text(english, word, command):
    said = speak(f"{word.title()}, {command}", 0.3)
    wake = Wake(word, 0.9, LOOP_RATE)
    heard = english.transcribe(utterance(said, wake=wake, wake_samples=LOOP_RATE // 2))
    assert words(heard.text) == words(command)
    assert [word.text for word in heard.words] == heard.text.split()


def test_a_wake_word_that_was_misheard_is_looked_at_again(english, monkeypatch):
    """That it was said is known; "Okay now, boot. Turn up the volume." is no command."""
    decode = english._decode
    monkeypatch.setattr(
        english,
        "_decode",
        lambda samples, call: replace(decode(samples, call), text="Okay now, boot. What?"),
    )
    wake = Wake("okay nabu", 0.9, LOOP_RATE)
    said = speak("Okay Nabu, what time is it?", 0.3)
    heard = english.transcribe(utterance(said, wake=wake, wake_samples=LOOP_RATE // 2))
    assert words(heard.text) == ["what", "time", "is", "it"]
    assert [word.text for word in heard.words] == heard.text.split()


def test_the_sound_after_the_wake_word_is_heard_again_when_the_word_was_all(english, monkeypatch):
    """Whisper sometimes stops after the wake word, as if nothing followed."""
    decoded, decode = [], english._decode

    def stop_early(samples, *call):
        decoded.append(len(samples))
        heard = decode(samples, *call)
        if len(decoded) == 1:
            object.__setattr__(heard, "text", "Okay Nabu.")
        return heard

    monkeypatch.setattr(english, "_decode", stop_early)
    word, command = speak("Okay Nabu."), speak("What time is it?", 0.3)
    said = utterance(
        np.concatenate([word, command]),
        wake=Wake("okay nabu", 0.9, len(word)),
        wake_samples=len(word),
    )
    assert words(english.transcribe(said).text) == ["what", "time", "is", "it"]
    assert decoded == [len(said.samples), len(command) + LOOP_RATE // 4]


def test_the_wake_word_alone_is_no_command(english):
    word = speak("Okay Nabu.", 0.3)
    wake = Wake("okay nabu", 0.9, len(word))
    heard = english.transcribe(utterance(word, wake=wake, wake_samples=len(word)))
    assert (heard.text, bool(heard.reason)) == ("", True)


# -- languages ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "language"),
    [("Pon un temporizador de diez minutos.", "es"), ("Set a timer for ten minutes.", "en")],
)
def test_the_language_is_found_out(both, text, language):
    """The words of a robotic voice differ from processor to processor. That they are words of
    the right language shows in their letters: no translation has half of them."""
    heard = both.transcribe(utterance(speak(0.3, text, 0.3, language=language)))
    assert heard.language == language
    digits = heard.text.replace("10", "diez" if language == "es" else "ten")
    assert fuzz.ratio("".join(words(digits)), "".join(words(text))) > 60


def test_only_our_languages_are_found(both, monkeypatch):
    """Of short Spanish commands, Whisper alone made Thai and Japanese."""
    likely = [("<|th|>", 0.5), ("<|es|>", 0.3), ("<|en|>", 0.1), ("<|ja|>", 0.1)]
    model = SimpleNamespace(is_multilingual=True, detect_language=lambda memory: [likely])
    whisper = both._whisper
    encoded = whisper.encode(speak("sube el volumen", language="es"), margin=1)
    monkeypatch.setattr(whisper, "_model", model)
    assert whisper.language(encoded, ("en", "es")) == "es"


def test_a_fixed_language():
    spanish = whisper("whisper-base", "es", ["Pon un temporizador de diez minutos."])
    text = "pon un temporizador de diez minutos"
    heard = spanish.transcribe(utterance(speak(text, language="es")))
    assert heard.language == "es"
    assert words(heard.text.replace("10", "diez")) == words(text)


# -- the prompt, and what is refused --------------------------------------------------------------


def test_the_prompt_is_never_longer_than_whisper_reads(english):
    rare = [f"{a}{b}" for a in WORDS for b in ("wick", "stead", "bourne", "ham", "thorpe", "ley")]
    prompt = english._bias(EXAMPLES * 50, [], [*rare, *(f"{r}ford" for r in rare)] * 5)
    assert PROMPT_TOKENS - 15 < len(prompt) <= PROMPT_TOKENS
    assert PROMPT_TOKENS + WAKE_TOKENS <= 223


def copy(folder, **files):
    """A copy of the model in which these files hold something else."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ASSISTANT_MODELS", str(REAL_MODELS))
        good = models.locate("whisper-tiny.en")
    for file in good.iterdir():
        (folder / file.name).symlink_to(file)
    for name, content in files.items():
        path = folder / name.replace("_", ".")
        path.unlink()
        if content is not None:
            path.write_bytes(content)
    return folder


def half(name):
    return (next(REAL_MODELS.glob("whisper-tiny.en/*/")) / name).read_bytes()[:1_000_000]


@pytest.mark.parametrize(
    "files",
    [
        {"model_bin": b""},
        {"model_bin": b"garbage" * 1000},
        {"model_bin": None},
        {"config_json": b"{"},
        {"tokenizer_json": b"garbage"},
        {"tokenizer_json": b"{}"},
        {"tokenizer_json": None},
        {"vocabulary_txt": None},
    ],
    ids=str,
)
def test_a_damaged_model(tmp_path, files):
    folder = copy(tmp_path, **files)
    with pytest.raises(ModelError, match=r"does not load .*Run `assistant models verify`"):
        WhisperTranscriber(folder, "en", load().config.stt)


def test_half_a_model(tmp_path):
    folder = copy(tmp_path, model_bin=half("model.bin"))
    with pytest.raises(ModelError, match="does not load"):
        WhisperTranscriber(folder, "en", load().config.stt)


def test_a_missing_model(tmp_path):
    shutil.rmtree(tmp_path)
    with pytest.raises(ModelError, match="does not load"):
        WhisperTranscriber(tmp_path, "en", load().config.stt)


# -- what is expected -----------------------------------------------------------------------------


class Reading:
    """A recognizer whose decoder reads what is scripted, and notes how it was asked."""

    def __init__(self, *, plain, biased=("", 0.9), readings=(), expects=None, second_look=0.7):
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("ASSISTANT_MODELS", str(REAL_MODELS))
            folder = models.locate("whisper-tiny.en")
        settings = load([f"stt.second_look={second_look}"]).config.stt
        known = expects or {}
        self.recognizer = expecting(
            WhisperTranscriber(folder, "en", settings, lambda text, _: known.get(text, "no"))
        )
        self.whisper = self.recognizer._whisper
        self.asked = []
        self.fit = -0.3
        self._plain, self._biased, self._readings = plain, biased, readings
        self.whisper.decode = self._decode
        self.whisper.readings = self._read
        self.whisper.log_probs = lambda *_: [[self.fit]]

    def heard(self):
        return self.recognizer.transcribe(utterance(silence(1)))

    def _decoded(self, text, sure):
        tokens = tuple(self.whisper.tokens(f" {text}"))
        return Decoded(tokens, (math.log(sure),) * len(tokens), 0.0, False)

    def _decode(self, encoded, language, prompt):
        wide = encoded.frames > 500
        self.asked.append(("wide " if wide else "") + ("biased" if prompt else "plain"))
        return self._decoded(*(self._biased if prompt else self._plain))

    def _read(self, encoded, language, prompt, count):
        self.asked.append("wide readings" if encoded.frames > 500 else "readings")
        return [self._decoded(*reading) for reading in self._readings]


LATTE, LATER = "A large latte.", "A large later."


def test_what_is_clear_needs_no_prompt():
    """A sentence of a function, and what has nothing to do with them."""
    for said in (LATTE, "Nice weather."):
        reading = Reading(plain=(said, 0.8), expects={LATTE: "a sentence"})
        assert (reading.heard().text, reading.asked) == (said, ["plain"])


def test_what_is_nearly_a_sentence_is_heard_again_with_the_prompt():
    reading = Reading(
        plain=(LATER, 0.8),
        biased=(LATTE, 0.6),
        expects={LATER: "nearly", LATTE: "a sentence"},
    )
    assert (reading.heard().text, reading.asked) == (LATTE, ["plain", "biased"])


@pytest.mark.parametrize(
    ("plain", "biased", "asked"),
    [
        (0.91, 0.0, ["plain"]),
        (0.89, 0.81, ["plain", "biased"]),
        (0.89, 0.79, ["plain", "biased", "readings"]),
    ],
)
def test_what_is_like_a_sentence_in_sound_must_be_clearer(plain, biased, asked):
    reading = Reading(
        plain=(LATER, plain),
        biased=(LATER, biased),
        readings=[(LATTE, 0.8)],
        expects={LATER: "by sound", LATTE: "a sentence"},
    )
    reading.heard()
    assert reading.asked == asked


@pytest.mark.parametrize(
    ("behind", "asked"), [(0.2, ["plain"]), (0.3, ["plain", "biased"])], ids=["fits", "does not"]
)
def test_what_sounds_like_a_sentence_that_fits_the_sound_is_clear(behind, asked):
    reading = Reading(
        plain=(LATER, 0.75), biased=(LATTE, 0.8), expects={LATER: "by sound", LATTE: "a sentence"}
    )
    scored = []
    reading.recognizer._looks._corrects = lambda text, _: LATTE if text == LATER else ""
    reading.whisper.log_probs = lambda _encoded, _language, texts, *_: [
        scored.append(reading.whisper.text(texts[0]).strip())
        or [math.log(0.75) - behind] * len(texts[0])
    ]
    reading.heard()
    assert (reading.asked, scored) == (asked, [LATTE])


def test_what_was_heard_well_needs_the_end_of_the_prompt():
    for sure, length in ((0.8, REMINDED), (0.6, 300)):
        reading = Reading(
            plain=(LATER, sure), biased=(LATTE, 0.8), expects={LATER: "nearly", LATTE: "a sentence"}
        )
        reading.recognizer._prompt = list(range(300))
        prompts = []
        decode = reading.whisper.decode
        reading.whisper.decode = lambda *a, decode=decode, prompts=prompts: (
            prompts.append(a[2]) or decode(*a)
        )
        reading.heard()
        assert prompts == [[], list(range(300))[-length:]]


@pytest.mark.parametrize(
    ("sure", "fit", "looks"),
    [(0.8, -0.3, 2), (0.69, -0.3, 4), (0.8, -2.1, 4)],
    ids=["is", "not clear", "not in the sound"],
)
def test_what_is_nothing_without_the_prompt_may_be_a_sentence_with_it(sure, fit, looks):
    reading = Reading(
        plain=("A lardy later.", 0.4), biased=(LATTE, sure), expects={LATTE: "a sentence"}
    )
    reading.fit = fit
    reading.heard()
    assert reading.asked == ["plain", "biased", "wide biased", "wide plain"][:looks]


def test_then_the_likeliest_reading_that_is_a_sentence_counts():
    reading = Reading(
        plain=(LATER, 0.8),
        biased=(LATER, 0.79),
        readings=[(LATER, 0.79), ("A lodge, latte.", 0.76), (LATTE, 0.75)],
        expects={LATER: "nearly", LATTE: "a sentence"},
    )
    heard = reading.heard()
    assert (heard.text, heard.looks) == (LATTE, 2)
    assert reading.asked == ["plain", "biased", "readings"]
    assert heard.confidence == pytest.approx(0.75)


@pytest.mark.parametrize(
    "readings",
    [
        [(LATER, 0.79), (LATTE, 0.6)],  # much less likely
        [("A large latte and later.", 0.79), (LATTE, 0.78)],  # leaves words out
        [(LATTE, 0.5)],  # unlikely, as all of it
        [],
    ],
    ids=str,
)
def test_no_other_reading_is_taken(readings):
    reading = Reading(
        plain=(LATER, 0.8),
        biased=(LATER, 0.79),
        readings=readings,
        expects={LATER: "nearly", LATTE: "a sentence"},
    )
    assert reading.heard().text == LATER
    assert reading.asked[-3:] == ["wide readings", "wide biased", "wide plain"]


@pytest.mark.parametrize(("fit", "text"), [(-1.5, "Do it."), (-2.1, "")])
def test_what_a_second_look_hears_must_fit_the_sound(fit, text):
    reading = Reading(plain=("do it", 0.3), biased=("Do it.", 0.77))
    reading.fit = fit
    heard = reading.heard()
    assert (heard.text, bool(heard.reason)) == (text, not text)


def test_two_looks_that_contradict_each_other():
    reading = Reading(plain=("I'm happy", 0.4), biased=("Thank you.", 0.6))
    assert "differently" in reading.heard().reason


def test_the_wake_word_is_no_part_of_the_sentence_that_is_expected():
    reading = Reading(
        plain=("Alexa, a large latte.", 0.8), expects={"a large latte.": "a sentence"}
    )
    said = utterance(silence(1), wake=Wake("alexa", 0.9, LOOP_RATE), wake_samples=LOOP_RATE // 2)
    asked = []
    expects = reading.recognizer._looks._expects
    reading.recognizer._looks._expects = lambda *a: asked.append(a) or expects(*a)
    reading._biased = reading._plain  # the word itself is a prompt
    assert words(reading.recognizer.transcribe(said).text) == ["a", "large", "latte"]
    assert [words(text) for text, _ in asked] == [["a", "large", "latte"]]


def test_what_is_expected_may_change(english):
    before = english.prompt
    english.expect(["Order a macchiato."], ["Sunday"], ["latte", "time", "macchiato"])
    changed = english.prompt
    english.expect(EXAMPLES, (), WORDS)
    assert english.prompt == before != changed
    # "time" needs no help, and "macchiato" is in the sentence
    assert english._whisper.text(changed) == " Sunday, latte, Order a macchiato."


def test_the_most_useful_sentence_comes_last(english):
    prompt = english._bias(["Order a macchiato.", *EXAMPLES * 50], [], ["latte"])
    text = english._whisper.text(prompt)
    assert text.startswith(" latte, ")
    assert text.endswith("Order a macchiato.")


def test_a_word_that_is_expected_is_written_as_it_is_spelt(english):
    assert "alexa" in english.written(speak(0.5, "Alexa.", 0.2), "alexa").lower()
    assert "alexa" not in english.written(speak("The weather is nice."), "alexa").lower()
