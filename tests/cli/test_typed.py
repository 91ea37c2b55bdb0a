"""`ask`, `chat`, `say`, `trace` and `doctor`: what works without being heard."""

import json
import re

import numpy as np
import pytest

from assistant.audio import pcm
from assistant.audio.files import read_audio
from assistant.config import load
from assistant.trace import trace_file

NO_MODEL = ("--set", "think.model=none")


def samples(path):
    return np.concatenate(list(read_audio(path)))


# -- ask ------------------------------------------------------------------------------------------


def test_ask_a_function(cli):
    done = cli("ask", "what", "time", "is", "it")
    assert (done.code, done.err) == (0, "")
    assert re.fullmatch(r"It's .+\. *\n", done.out)


def test_ask_in_spanish(cli):
    done = cli("ask", "--language", "es", "qué hora es")
    assert (done.code, done.err) == (0, "")
    assert re.match(r"(Es la|Son las) ", done.out)


def test_ask_for_programs(cli):
    done = cli("ask", "--json", "set a timer for ten minutes")
    assert (done.code, done.err) == (0, "")
    turn = json.loads(done.out)
    assert turn["transcript"] == "set a timer for ten minutes"
    assert turn["reply"] == "Timer set for ten minutes."
    assert (turn["kind"], turn["outcome"], turn["language"]) == ("text", "answered", "en")
    assert turn["route"]["function"] == "timers.start"
    assert [span["stage"] for span in turn["spans"]] == ["route", "act"]
    assert turn["total_seconds"] > 0 and turn["peak_rss_mb"] > 10
    assert turn["first_audio_seconds"] is None


def test_a_timer_set_by_typing_is_kept(cli):
    cli("ask", "set a pasta timer for ten minutes")
    assert "pasta" in cli("ask", "list my timers").out
    assert "pasta" in cli("ask", "--language", "es", "qué temporizadores tengo").out


@pytest.mark.parametrize("text", ["", "...", "x"])
def test_nothing_to_understand(cli, text):
    done = cli("ask", text)
    assert done.code == 3


def test_a_question_without_a_language_model(cli):
    done = cli(*NO_MODEL, "ask", "why is the sky blue")
    assert done.code == 3
    assert done.out == "Sorry, I did not understand. \n"
    refused = cli("--set", "route.open_questions=refuse", "ask", "why is the sky blue")
    assert (refused.code, refused.out) == (3, done.out)


@pytest.mark.models
def test_an_open_question(cli):
    done = cli("--set", "think.max_tokens=16", "ask", "--json", "why is the sky blue")
    turn = json.loads(done.out)
    assert done.code == 0
    assert turn["route"]["kind"] == "question"
    assert turn["reply"]
    assert turn["spans"][-1]["stage"] == "think"


def test_a_function_of_the_user(cli, home):
    folder = home / "config" / "functions"
    folder.mkdir(parents=True)
    (folder / "mine.py").write_text(
        "from assistant.handlers import function\n"
        "@function(en=['say my line'], es=['di mi frase'], help={'en': 'x', 'es': 'y'})\n"
        "def line(request):\n"
        "    return request.say('My {s} line.', 'Mi {s} frase.', s='[b]{0}')\n"
    )
    assert cli("ask", "say my line").out.strip() == "My [b]{0} line."


# -- chat -----------------------------------------------------------------------------------------


def test_chat_answers_until_bye(cli):
    done = cli(
        *NO_MODEL, "chat", stdin="what time is it\n\nwhy\nset a timer\nbye\nwhat day is it\n"
    )
    assert (done.code, done.err) == (0, "")
    answers = [line for line in done.out.replace("> ", "").splitlines() if line]
    assert answers[0].startswith("It's ")
    assert answers[1].startswith("Sorry, I did not understand.")
    assert answers[2].startswith("For how long?")
    assert len(answers) == 3


def test_chat_ends_with_its_input(cli):
    assert cli(*NO_MODEL, "chat", "--language", "es", stdin="qué hora es").code == 0


@pytest.mark.models
def test_chat_goes_on_when_the_language_model_is_damaged(cli, spoiled):
    spoiled("smollm2-135m-instruct-q4_1", "*.gguf")
    done = cli("chat", stdin="why is the sky blue\nwhat time is it\n")
    assert done.code == 0
    assert "Sorry, a model that I need for this is not installed." in done.out
    assert "It's " in done.out
    assert "Traceback" not in done.err and "assistant models" in done.err


# -- say ------------------------------------------------------------------------------------------


@pytest.mark.models
def test_say_into_a_file(cli, tmp_path):
    out = tmp_path / "said.wav"
    done = cli("say", "--out", out, "**Hello**,", "it is 7:05 pm.")
    assert (done.code, done.out, done.err) == (0, "", "")
    said = samples(out)
    assert 1 < len(said) / 16000 < 5
    assert pcm.peak(said) > 0.1


def test_say_reads_stdin_in_another_language(cli, tmp_path):
    out = tmp_path / "said.wav"
    assert cli("say", "--language", "es", "--out", out, "-", stdin="Hola.\nAdiós.\n").code == 0
    assert pcm.peak(samples(out)) > 0.1


def test_nothing_to_say_is_a_short_file(cli, tmp_path):
    out = tmp_path / "said.wav"
    assert cli("--set", "speak.voice_en=espeak", "say", "--out", out, "   ").code == 0
    assert out.read_bytes()[:4] == b"RIFF"


def test_what_nobody_will_ring_is_told(cli):
    said = "(Kept. It only rings while the assistant runs: assistant run)\n"
    assert cli("ask", "set a timer for ten minutes").err == said
    assert cli("ask", "how long is left on the timer").err == ""


def test_what_is_typed_tells_its_language(cli):
    both = (*NO_MODEL, "--set", "language=auto", "ask")
    assert cli(*both, "qué hora es").out.startswith(("Son las", "Es la"))
    assert cli(*both, "what time is it").out.startswith("It's ")
    assert cli(*both, "dime por qué el cielo es azul").out.startswith("Lo siento")
    assert cli(*both, "tell me why the sky is blue").out.startswith("Sorry")


# -- trace ----------------------------------------------------------------------------------------


def test_no_turns_yet(cli):
    done = cli("trace")
    assert (done.code, done.out) == (0, "")
    assert done.err == "There are no turns yet. Talk to me first: assistant run\n"
    assert cli("trace", "--json").out == ""


def test_trace_of_recent_turns(cli):
    cli("ask", "what time is it")
    cli(*NO_MODEL, "ask", "why is the sky blue")
    cli("ask", "set a timer for ten minutes")
    lines = cli("trace").out.splitlines()
    assert len(lines) == 3
    assert "answered  clock.time" in lines[0]
    assert "unheard   question" in lines[1] and "no function fits" in lines[1]
    assert cli("trace", "--last", "1").out.splitlines() == lines[-1:]
    turns = [json.loads(line) for line in cli("trace", "--json").out.splitlines()]
    assert [t["route"].get("function") for t in turns] == ["clock.time", None, "timers.start"]
    assert all(t["transcript"] == t["reply"] == "" for t in turns)


def test_trace_in_full(cli, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    cli("ask", "what time is it")
    full = cli("trace", "--full").out
    assert "text  answered" in full
    assert re.search(r"route\b.*function=clock.time.*score=1.0", full)
    assert re.search(r"act\b.*ok=True", full)


def test_words_are_in_the_trace_only_when_asked_for(cli):
    cli("--set", "trace.transcripts=true", *NO_MODEL, "ask", "a [bold] word [/x]")
    assert "'a [bold] word [/x]' -> 'Sorry, I did not understand.'" in cli("trace").out
    assert cli("trace", "--full").code == 0


def test_a_damaged_trace_is_passed_over(cli):
    cli("ask", "what time is it")
    with trace_file().open("ab") as file:
        file.write(b"\xff half a line")
    assert len(cli("trace").out.splitlines()) == 1


# -- doctor ---------------------------------------------------------------------------------------


def test_doctor_names_what_is_missing_and_its_remedy(cli, no_models):
    done = cli("doctor")
    assert done.code == 1
    lines = done.out.splitlines()
    at = next(n for n, line in enumerate(lines) if "speech to text (en)" in line)
    assert lines[at].startswith("broken")
    assert lines[at + 1] == "        -> Get it with `assistant models pull whisper-tiny.en`."
    assert any(line.startswith("note    language model") for line in lines)


@pytest.mark.models
def test_doctor_for_programs(cli):
    done = cli("--set", "language=auto", "doctor", "--json")
    found = {finding["what"]: finding for finding in json.loads(done.out)}
    assert {"python", "microphone", "speaker", "wake word", "language model", "disk"} <= set(found)
    for what in ("wake word", "voice activity", "speech to text (auto)", "voice (en)"):
        assert found[what]["state"] == "works", found[what]
    assert {f["state"] for f in found.values()} <= {"works", "note", "broken"}
    broken = any(f["state"] == "broken" for f in found.values())
    assert done.code == int(broken)
    assert all(f["remedy"] for f in found.values() if f["state"] == "broken")


def test_doctor_tells_of_a_function_that_does_not_load(cli, home):
    folder = home / "config" / "functions"
    folder.mkdir(parents=True)
    (folder / "mine.py").write_text("import nothing_of_that_name\n")
    done = cli("doctor", "--json")
    [problem] = [f for f in json.loads(done.out) if f["what"] == "your functions"]
    assert problem["state"] == "note" and "mine.py" in problem["detail"]


def test_doctor_of_a_wrong_wake_word(cli):
    done = cli("--set", "wake.word=computer", "doctor", "--json")
    [found] = [f for f in json.loads(done.out) if f["what"] == "wake word"]
    assert found["state"] == "broken" and "computer" in found["detail"]


def test_doctor_of_settings_that_cannot_be_used_looks_at_the_rest(cli, tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text("language = = 3\n")
    done = cli("--config", file, "doctor", "--json")
    assert done.code == 1
    found = {finding["what"]: finding for finding in json.loads(done.out)}
    assert found["settings"]["state"] == "broken"
    assert "mine.toml is not valid TOML" in found["settings"]["detail"]
    assert found["voice activity"]["state"] == "works"


def test_settings_are_those_of_the_run(cli):
    """What `--set` says reaches the commands (and no file of another test does)."""
    assert load().config.language == "en"
    assert cli("--set", "language=es", *NO_MODEL, "ask", "qué día es hoy").out.startswith("Hoy es ")
