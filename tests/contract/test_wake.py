"""Every wake detector, the scripted one and the real ones, on the same spoken words."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import pymicro_wakeword
import pyopen_wakeword
import pytest
from onnx import TensorProto, helper, numpy_helper

from assistant.assemble import decode
from assistant.audio.files import write_wav
from assistant.config import load
from assistant.errors import AudioFileError, ConfigError, ModelError
from assistant.hear.embeddings import SIZE, SpeechEmbeddings
from assistant.hear.own_wake import OwnWake
from assistant.hear.wake import BUILT_IN, MicroWake, load_wake, since_last_call, without_wake_word
from assistant.testing import ScriptedWake
from assistant.types import LOOP_RATE, Speech
from tests.speaking import noise, silence, speak

pytestmark = pytest.mark.models

MICRO = Path(pymicro_wakeword.__file__).parent / "models"
OPEN = Path(pyopen_wakeword.__file__).parent / "models"
SENTENCES = [
    "Set a timer for ten minutes.",
    "The weather is nice, let us go for a walk.",
    "How are you doing this morning?",
    "See you at the station tomorrow.",  # "okay then" is a near miss that the bare model may take
]
WINDOWS = 8  # embeddings that the classifier made here looks at


def load_word(word, threshold=0.0):
    settings = load([f"wake.word={json.dumps(str(word))}", f"wake.threshold={threshold}"])
    return load_wake(settings.config.wake, decode)


def feed(detector, samples, chunk=480):
    """The index of the sample up to which the detector was fed, and its score, for each hit.

    It is not reset in between: each saying must be reported once all the same.
    """
    hits = []
    for start in range(0, len(samples), chunk):
        piece = samples[start : start + chunk]
        score = detector.process(piece)
        if score is not None:
            hits.append((start + len(piece), score))
    return hits


# -- the detectors --------------------------------------------------------------------------------


def record_word(folder, text, times=4):
    folder.mkdir()
    for number in range(times):
        write_wav(folder / f"{number}.wav", Speech(speak(0.3, text, 0.3), LOOP_RATE))
    return folder


def windows(stream, samples):
    """Every run of WINDOWS embeddings in a sound: shape (n, WINDOWS * SIZE)."""
    rows = np.vstack([stream.forget(), stream.process(samples)])
    return np.stack([rows[i - WINDOWS : i].ravel() for i in range(WINDOWS, len(rows) + 1)])


def train_onnx(path, text):
    """An openWakeWord classifier, fitted by least squares on a few renderings of a word (the
    windows that end just after it) against its second half, other sentences and noise."""
    stream = SpeechEmbeddings()
    word = [windows(stream, speak(1.0, text, 0.3))[-4:] for _ in range(6)]
    halves = (speak(text) for _ in range(3))
    others = [windows(stream, np.concatenate([h[len(h) // 2 :], silence(0.5)])) for h in halves]
    others += [windows(stream, speak(0.5, other, 0.3)) for other in SENTENCES]
    others += [windows(stream, noise(1)), windows(stream, silence(0.5))]
    stream.close()
    inputs = np.vstack([*word, *others]).astype(np.float64)
    count = sum(map(len, word))
    wanted = np.where(np.arange(len(inputs)) < count, 1.0, -1.0)
    mean, scale = inputs.mean(0), inputs.std(0) + 1e-6
    normal = np.hstack([(inputs - mean) / scale, np.ones((len(inputs), 1))])
    ridge = normal.T @ normal + 10 * np.eye(normal.shape[1])
    solved = np.linalg.solve(ridge, normal.T @ wanted)
    weights = 8 * solved[:-1] / scale
    bias = 8 * solved[-1] - weights @ mean
    save_onnx(path, weights.reshape(-1, 1), np.array([bias]))
    return path


def save_onnx(path, weights, bias, size=SIZE):
    """sigmoid(flatten(x) @ weights + bias), x of shape (1, WINDOWS, size)."""
    nodes = [
        helper.make_node("Flatten", ["x"], ["flat"]),
        helper.make_node("Gemm", ["flat", "weights", "bias"], ["sum"]),
        helper.make_node("Sigmoid", ["sum"], ["score"]),
    ]
    graph = helper.make_graph(
        nodes,
        "wake",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, WINDOWS, size])],
        [helper.make_tensor_value_info("score", TensorProto.FLOAT, [1, weights.shape[1]])],
        [
            numpy_helper.from_array(weights.astype(np.float32), "weights"),
            numpy_helper.from_array(bias.astype(np.float32), "bias"),
        ],
    )
    opset = [helper.make_opsetid("", 13)]
    onnx.save(helper.make_model(graph, opset_imports=opset, ir_version=8), path)
    return path


@dataclass
class Case:
    """A detector, and what is said to it."""

    word: str
    text: str
    make: object  # from a folder to put files into
    real: bool = True


def built_in(name):
    word = name.replace("_", " ")
    return Case(word, f"{word.title()}.", lambda _: load_word(name))


CASES = {name: built_in(name) for name in BUILT_IN}
CASES["alexa.tflite"] = Case("alexa", "Alexa.", lambda _: load_word(OPEN / "alexa.tflite"))
CASES["zorbo.onnx"] = Case(
    "hey zorbo",
    "Hey Zorbo.",
    lambda folder: load_word(train_onnx(folder / "hey_zorbo.onnx", "Hey Zorbo.")),
)
CASES["own"] = Case(
    "open sesame",
    "Open Sesame.",
    lambda folder: load_word(record_word(folder / "open_sesame", "Open Sesame.")),
)
CASES["scripted"] = Case("okay nabu", "Okay Nabu.", lambda _: ScriptedWake([]), real=False)


@pytest.fixture(scope="module", params=CASES, ids=str)
def loaded(request, tmp_path_factory):
    if not Path(request.getfixturevalue("models_folder")).is_dir():
        pytest.skip("the embedded models are not installed; scripts/test installs them")
    case = CASES[request.param]
    detector = case.make(tmp_path_factory.mktemp("wake"))
    yield case, detector
    close = getattr(detector, "close", None)
    if close is not None:
        close()


@pytest.fixture(scope="module")
def models_folder():
    from tests.conftest import REAL_MODELS

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ASSISTANT_MODELS", str(REAL_MODELS))
        yield REAL_MODELS / "piper-en_us-joe-medium"


@pytest.fixture
def heard(loaded):
    """heard(said, says=[...]) -> hits; the scripted one is told where the words end."""
    case, detector = loaded

    def listen(samples, chunk=480, ends=()):
        if not case.real:
            return feed(ScriptedWake(ends), samples, chunk)
        detector.reset()
        return feed(detector, samples, chunk)

    return listen


# -- the contract ---------------------------------------------------------------------------------


def test_it_says_its_word(loaded):
    case, detector = loaded
    assert detector.word == case.word


def test_it_hears_its_word_once(loaded, heard):
    said = speak(1.0, loaded[0].text)
    hits = heard(np.concatenate([said, silence(1)]), ends=[len(said)])
    assert len(hits) == 1
    at, score = hits[0]
    assert len(said) - 0.5 * LOOP_RATE < at < len(said) + 0.6 * LOOP_RATE
    assert 0 < score <= 1


def test_it_hears_its_word_again_later(loaded, heard):
    said = speak(1.0, loaded[0].text, 1.5)
    twice = np.concatenate([said, said])
    hits = heard(twice, ends=[len(said) - LOOP_RATE, len(twice) - LOOP_RATE])
    # a saying may be reported twice within a second: while a command is awaited that begins none
    sayings = 1 + np.count_nonzero(np.diff([at for at, _ in hits]) > LOOP_RATE)
    assert sayings == 2


def test_it_hears_its_word_before_a_command(loaded, heard):
    word = speak(1.0, loaded[0].text)
    whole = np.concatenate([word, speak("What time is it?", 1.0)])
    (first, _), *more = heard(whole, ends=[len(word)])
    assert len(word) - 0.5 * LOOP_RATE < first < len(word) + 0.6 * LOOP_RATE
    # some see it again in the first words of the command: within it, that begins no other
    assert len(more) <= 1


def test_it_hears_nothing_in_silence_and_noise(heard):
    assert heard(np.concatenate([silence(1), noise(1, 100), noise(1, 3000, seed=1)])) == []


def test_it_does_not_hear_other_sentences(heard):
    assert heard(speak(*SENTENCES)) == []


def test_the_size_of_chunks_does_not_matter(loaded, heard):
    said = speak(0.5, loaded[0].text, 1.0)
    ends = [len(said) - LOOP_RATE]
    [(first, _)] = heard(said, 160, ends)
    for chunk in (333, 1280, 4000):
        [(at, _)] = heard(said, chunk, ends)
        # it works in steps of up to 80 ms, and is asked at the end of each chunk
        assert abs(at - first) <= chunk + 1280, chunk


def test_no_samples_are_no_news(loaded):
    assert loaded[1].process(silence(0)) is None


def test_a_long_piece_is_taken_at_once():
    """The package that makes the embeddings takes no more than ten seconds."""
    detector = load_word(OPEN / "alexa.tflite")
    said = np.concatenate([silence(10), speak("Alexa.", 0.5)])
    assert detector.process(said) is not None
    detector.close()


def test_reset_forgets_half_a_word(loaded):
    case, detector = loaded
    if not case.real:
        return
    detector.reset()
    said = speak(1.0, case.text)
    half = len(said) - (len(said) - LOOP_RATE) // 2
    assert feed(detector, said[:half]) == []
    detector.reset()
    # a generous first look may report the rest of the word, but is not sure of it
    rest = feed(detector, np.concatenate([said[half:], silence(1)]))
    assert [score for _, score in rest if score > 0.5] == []


# -- one's own word -------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["Hey Zorbo.", "Computer."])
def test_own_words_of_several_kinds(text):
    detector = OwnWake([speak(0.2, text, 0.2) for _ in range(4)], "mine")
    for pace in (0.9, 1.0, 1.1):
        detector.reset()
        assert len(feed(detector, speak(0.5, text, 0.6, pace=pace))) == 1, pace
    detector.reset()
    assert len(feed(detector, speak(0.5, text, "What time is it?"))) == 1
    detector.reset()
    assert feed(detector, speak(*SENTENCES)) == []
    detector.close()


def test_own_word_is_heard_quietly_and_in_noise():
    detector = OwnWake([speak(0.2, "Open Sesame.", 0.2) for _ in range(3)], "mine")
    said = speak(1.0, "Open Sesame.", 0.6)
    for heard in (said // 8, said + noise(len(said) / LOOP_RATE, 300)[: len(said)]):
        detector.reset()
        assert len(feed(detector, heard)) == 1
    detector.close()


def test_a_threshold_of_the_user_counts(tmp_path):
    deaf = load_word(record_word(tmp_path / "sesame", "Open Sesame.", 3), threshold=0.999)
    assert feed(deaf, speak(1.0, "Open Sesame.", 0.5)) == []
    sharp = MicroWake.built_in("okay_nabu", 0.9999)
    assert feed(sharp, speak(1.0, "Okay, nah. Boo.", 0.5)) == []


# -- what is refused ------------------------------------------------------------------------------


def micro(folder, **changes):
    """The description of a microWakeWord model, and the model, changed."""
    config = json.loads((MICRO / "okay_nabu.json").read_text())
    config |= {"model": "mine.tflite"} | changes.pop("config", {})
    (folder / "mine.json").write_text(changes.pop("text", json.dumps(config)))
    (folder / "mine.tflite").write_bytes(changes.pop("model", GOOD_MICRO))
    return folder / "mine.json"


def file(folder, name, content):
    (folder / name).write_bytes(content)
    return folder / name


def recordings(folder, *sounds):
    folder = folder / "word"
    folder.mkdir()
    for number, sound in enumerate(sounds):
        write_wav(folder / f"{number}.wav", Speech(sound, LOOP_RATE))
    return folder


GOOD_MICRO = (MICRO / "okay_nabu.tflite").read_bytes()
GOOD_OPEN = (OPEN / "alexa.tflite").read_bytes()
GARBAGE = np.random.default_rng(0).integers(0, 256, 60_000, np.uint8).tobytes()
DAMAGED = "is not a TensorFlow Lite model, or is damaged"
OTHER_KIND = "not a wake word of this kind"
DESCRIPTION = "is not the description of a microWakeWord model"

REFUSED = {
    "a name": (lambda _: "computer", ConfigError, "is not a wake word or a file"),
    "a text file": (
        lambda f: file(f, "word.txt", b"okay"),
        ConfigError,
        "is not a .json, .tflite or .onnx model",
    ),
    "json: garbage": (lambda f: file(f, "w.json", GARBAGE), ModelError, DESCRIPTION),
    "json: a list": (lambda f: file(f, "w.json", b"[1]"), ModelError, DESCRIPTION),
    "json: no cutoff": (lambda f: micro(f, config={"micro": {}}), ModelError, DESCRIPTION),
    "json: no word": (lambda f: micro(f, config={"wake_word": ""}), ModelError, DESCRIPTION),
    "json: a cutoff of 85": (
        lambda f: micro(f, config={"micro": {"probability_cutoff": 85, "sliding_window_size": 5}}),
        ModelError,
        DESCRIPTION,
    ),
    "json: no model": (
        lambda f: micro(f, config={"model": "gone.tflite"}),
        ModelError,
        "cannot be read: No such file",
    ),
    "json: half a model": (
        lambda f: micro(f, model=GOOD_MICRO[: len(GOOD_MICRO) // 2]),
        ModelError,
        DAMAGED,
    ),
    "json: another model": (lambda f: micro(f, model=GOOD_OPEN), ModelError, OTHER_KIND),
    "tflite: empty": (lambda f: file(f, "w.tflite", b""), ModelError, DAMAGED),
    "tflite: garbage": (
        lambda f: file(f, "w.tflite", GOOD_OPEN[:8] + GARBAGE),
        ModelError,
        DAMAGED,
    ),
    "tflite: half": (lambda f: file(f, "w.tflite", GOOD_OPEN[:50_000]), ModelError, DAMAGED),
    "tflite: of the other kind": (
        lambda f: file(f, "w.tflite", GOOD_MICRO),
        ModelError,
        OTHER_KIND,
    ),
    "tflite: no classifier": (lambda _: OPEN / "embedding_model.tflite", ModelError, OTHER_KIND),
    "onnx: garbage": (
        lambda f: file(f, "w.onnx", GARBAGE),
        ModelError,
        "damaged or not an ONNX model",
    ),
    "onnx: another input": (
        lambda f: save_onnx(f / "w.onnx", np.ones((WINDOWS * 40, 1)), np.ones(1), size=40),
        ModelError,
        r"not an openWakeWord model: its input is \[1, 8, 40\]",
    ),
    "onnx: many numbers": (
        lambda f: save_onnx(f / "w.onnx", np.ones((WINDOWS * SIZE, 3)), np.ones(3)),
        ModelError,
        "does not give one number",
    ),
    "an empty folder": (recordings, ConfigError, "record it at least 3 times"),
    "two recordings": (
        lambda f: recordings(f, *[speak("Open Sesame.")] * 2),
        ConfigError,
        "has 2 recordings; record it at least 3 times",
    ),
    "a silent recording": (
        lambda f: recordings(f, *[speak("Open Sesame.")] * 2, silence(1)),
        ConfigError,
        "is silent; record it again",
    ),
    "a short word": (
        lambda f: recordings(f, *[speak("Bob.")] * 3),
        ConfigError,
        "choose one of three syllables or more",
    ),
    "a speech": (
        lambda f: recordings(f, *[speak(*SENTENCES)] * 3),
        ConfigError,
        "record the word alone",
    ),
    "a folder of something else": (
        lambda f: file(f, "notes.txt", b"no sound").parent,
        AudioFileError,
        "notes.txt is not a sound file",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_word_that_cannot_be_used(case, tmp_path):
    make, error, sentence = REFUSED[case]
    with pytest.raises(error, match=sentence) as raised:
        load_word(make(tmp_path))
    assert type(raised.value) is error
    assert "\n" not in str(raised.value)


def test_the_mended_description_is_taken(tmp_path):
    """The changes above are what is refused, not the description they are made to."""
    assert load_word(micro(tmp_path)).word == "okay nabu"


@pytest.mark.parametrize("word", ["none", "push-to-talk"])
def test_without_a_detector(word):
    assert load_word(word) is None


# -- the word in the text -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Okay Nabu, what time is it?", "What time is it?"),
        ("Okay, Naboo. What time is it?", "What time is it?"),
        ("ok nabu what time is it", "What time is it"),
        ("Nabu, set a timer.", "Set a timer."),
        ("Okay Nabu.", ""),
        ("What time is it?", "What time is it?"),
        ("Turn up the volume.", "Turn up the volume."),
        ("", ""),
    ],
)
def test_the_wake_word_is_cut_from_the_text(text, rest):
    assert without_wake_word(text, "okay nabu") == rest


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Set a timer, okay Nabu, what time is it?", "What time is it?"),
        ("Set a okay naboo, stop. Okay Nabu, what time is it?", "What time is it?"),
        ("Set a timer for, ok nabu.", ""),
        ("What can you do?", "What can you do?"),
        ("Turn it down now, do it.", "Turn it down now, do it."),
        ("", ""),
    ],
)
def test_whoever_says_the_wake_word_again_starts_over(text, rest):
    assert since_last_call(text, "okay nabu") == rest
