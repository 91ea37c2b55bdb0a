"""`assistant bench`: on recordings of one's own, on none, on bad ones, and interrupted."""

import json
import signal
import subprocess
import sys

import numpy as np
import pytest

from assistant.audio.files import write_wav
from assistant.types import LOOP_RATE, Speech


@pytest.fixture
def labelled(tmp_path):
    """labelled("orders", {"audio": path, ...}): the recordings there, with their labels."""
    root = tmp_path / "recordings"

    def make(folder, *labels):
        place = root / folder
        place.mkdir(parents=True)
        lines = []
        for number, label in enumerate(labels):
            name = f"{number}.wav"
            (place / name).symlink_to(label["audio"])
            lines.append(json.dumps({**label, "audio": name}))
        (place / "labels.jsonl").write_text("\n".join(lines))
        return root

    return make


@pytest.mark.models
def test_two_commands_beside_stock(cli, wav, labelled, tmp_path):
    said = ("What time is it?", "What day is it today?")
    data = labelled("mine", *({"audio": str(wav(text)), "text": text} for text in said))
    out = tmp_path / "out"
    done = cli("bench", "words", "latency", "--data", data, "--json", "--out", out)
    assert done.code == 0, done.err
    report = json.loads(done.out)
    heard, loop = report["sections"]
    assert [row["said"] for row in heard["rows"]] == list(said)
    figures = {figure["name"]: figure for figure in heard["figures"]}
    assert figures["word error rate, mine"]["values"]["ours"] == 0
    assert figures["word error rate, mine"]["detail"] == "9 words, 2 clips"
    assert set(figures["compute, en, p50"]["values"]) == {"ours", "stock", "stock + prompt"}
    assert [row["function"] for row in loop["rows"]] == ["clock.time", "clock.day"] * 2
    assert [row["contestant"] for row in loop["rows"]] == ["ours", "ours", "stock", "stock"]
    assert all(row["first_audio"] > 0 and not row["cut_off"] for row in loop["rows"])
    assert json.loads((out / "report.json").read_text()) == report
    assert (out / "latency.png").read_bytes().startswith(b"\x89PNG")
    assert "word error rate, mine" in (out / "report.txt").read_text()


@pytest.mark.models
def test_intents_of_a_grammar_in_noise(cli, wav, labelled, tmp_path):
    """Sentences of functions that are there anyway; a grammar is needed, so that nobody measures
    without one by mistake."""
    text = "What time is it?"
    data = labelled("orders", {"audio": str(wav(text)), "intent": "time", "slots": {}})
    rng = np.random.default_rng(1)
    noise = (rng.standard_normal(5 * LOOP_RATE) * 1000).astype(np.int16)
    write_wav(tmp_path / "noise.wav", Speech(noise, LOOP_RATE))
    grammar = tmp_path / "grammar.yaml"
    grammar.write_text("language: en\nintents: {}\n")
    arguments = ["--data", data, "--grammar", grammar, "--noise", tmp_path / "noise.wav"]
    done = cli("bench", "intents", "noise", *arguments, "--no-stock", "--json")
    assert done.code == 0, done.err
    clean, noisy = json.loads(done.out)["sections"]
    assert clean["rows"][0]["right"] == {"ours": True}
    assert [row["snr"] for row in noisy["rows"]] == [6, 9, 12, 15, 18, 21, 24]
    assert noisy["figures"][-2]["values"]["ours"] == 100  # at 24 dB
    assert noisy["figures"][-1]["name"] == "accepted, mean of the curve"


@pytest.mark.models
def test_the_wake_word_and_what_is_not_for_us(cli, wav, labelled, tmp_path):
    labelled("okay_nabu", {"audio": str(wav("Okay Nabu.", 0.5)), "keyword": "okay_nabu"})
    labelled("others", {"audio": str(wav("Good morning, computer.")), "keyword": "computer"})
    data = labelled("talk", {"audio": str(wav("The weather is fine.")), "kind": "speech"})
    impulse = np.zeros(800, np.int16)
    impulse[0] = 20000
    (data / "rooms").mkdir()
    write_wav(data / "rooms" / "closet.wav", Speech(impulse, LOOP_RATE))
    done = cli("bench", "wake", "invented", "--data", data, "--no-stock", "--json")
    assert done.code == 0, done.err
    wake, invented = json.loads(done.out)["sections"]
    figures = {f["name"]: f["values"] for f in wake["figures"]}
    missed = figures["okay_nabu missed, as recorded"]
    assert missed == {"ours": 0, "without the gate": 0, "bare model": 0}
    assert figures["okay_nabu missed, closet"]["bare model"] == 0
    assert figures["okay_nabu, false alarms, others"]["ours"] == 0
    [row] = invented["rows"]
    assert row["utterances"] == 1
    assert "weather" in row["texts"]["ours"][0]
    assert row["commands"] == {"ours": []}


@pytest.mark.models
def test_without_recordings_it_speaks_its_own(cli):
    done = cli("bench", "words", "--clips", 2, "--no-stock")
    assert done.code == 0, done.err
    assert "word error rate, spoken_en, %" in done.out
    assert "compute, en, p50, s" in done.out
    assert done.err == "words (2)\n"


@pytest.mark.models
@pytest.mark.parametrize(
    ("arguments", "code", "problem"),
    [
        (["--data", "nowhere"], 2, "There is no folder nowhere."),
        (["--data", "empty"], 2, "There is no labels.jsonl in empty or below it."),
        (["--data", "bad"], 2, "none of the labels text, intent, keyword, kind is there"),
        (["--data", "gone"], 6, "There is no file gone/1.wav, which gone/labels.jsonl, line 1"),
        (["intents", "--data", "good"], 2, "intents cannot be measured: no clip has the label"),
        (["words", "--data", "good", "--grammar", "none.yaml"], 2, "There is no file none.yaml."),
        (["words", "--data", "good", "--noise", "none.wav"], 6, "There is no file none.wav."),
        (["words", "--data", "good", "--rooms", "empty"], 2, "no sound file in empty"),
    ],
)
def test_bad_input(cli, tmp_path, monkeypatch, arguments, code, problem):
    monkeypatch.chdir(tmp_path)
    labels = {
        "bad": {"audio": "1.wav", "colour": "blue"},
        "good": {"audio": "1.wav", "text": "hello"},
        "gone": {"audio": "1.wav", "text": "hello"},
    }
    (tmp_path / "empty").mkdir()
    for name, label in labels.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "labels.jsonl").write_text(json.dumps(label))
        if name != "gone":
            write_wav(tmp_path / name / "1.wav", Speech(np.zeros(1600, np.int16), LOOP_RATE))
    assert problem in cli("bench", *arguments).sentence(code)


def test_without_models(cli, no_models):
    assert "models pull" in cli("bench", "words").sentence(4)


def test_an_unknown_measure(cli):
    assert cli("bench", "everything").code == 2


@pytest.mark.models
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_what_was_measured_before_an_interrupt_is_shown(wav, labelled, sign):
    text = "What time is it?"
    data = labelled("mine", *[{"audio": str(wav(text)), "text": text}] * 300)
    running = subprocess.Popen(
        [sys.executable, "-m", "assistant", "bench", "words", "--data", data, "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert running.stderr.readline() == "words (300)\n"  # measuring begins
    running.send_signal(sign)
    out, err = running.communicate(timeout=240)
    assert running.returncode == 130, err
    report = json.loads(out)
    assert report["interrupted"] is True
    [section] = report["sections"]
    assert section["note"] == f"interrupted after {len(section['rows'])} of 300"
