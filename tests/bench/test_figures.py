"""From rows to figures: each measure on results that are made up."""

import pytest

from assistant.bench import intents, invented, latency, process, wake, words
from assistant.bench.stock import OURS, PROMPTED, STOCK, Heard


def values(figures):
    return {figure.name: dict(figure.values) for figure in figures}


def heard(ours, stock, seconds=(1.0, 4.0)):
    took = zip((OURS, STOCK), (ours, stock), seconds, strict=True)
    return {name: Heard(text, clock, 2 * clock) for name, text, clock in took}


def test_word_errors_by_folder_and_language():
    rows = [
        words.Row(
            "a/1", "a", "en", "turn on the lamp", 1.0, heard("turn on lamp", "Turn on the lamp.")
        ),
        words.Row("b/1", "b", "en", "stop", 1.0, heard("stop", "shop", (2.0, 6.0))),
        words.Row("c/1", "c", "es", "su número", 1.0, heard("su numero", "su número")),
    ]
    made = values(words.figures(rows))
    assert made["word error rate, a"] == {OURS: pytest.approx(25), STOCK: 0}
    assert made["word error rate, all en"] == {OURS: 20, STOCK: 20}
    assert made["word error rate, c"] == {OURS: 50, STOCK: 0}
    assert made["word error rate, c, accents ignored"] == {OURS: 0, STOCK: 0}
    assert made["compute, en, p50"] == {OURS: 1.5, STOCK: 5.0}
    assert made["processor time, en, p50"] == {OURS: 3.0, STOCK: 10.0}
    assert made["compute, en, by ours, p50"] == {OURS: 1, STOCK: 3.5}  # of 4 and 3, clip by clip
    assert "word error rate, all es" not in made  # there is only one folder of it
    details = {figure.name: figure.detail for figure in words.figures(rows)}
    assert details["word error rate, all en"] == "5 words, 2 clips"


def command(clip, snr, ours, stock):
    right = {OURS: ours, STOCK: stock}
    return intents.Row(clip, "en", snr, {}, heard("x", "x"), {}, right)


def test_acceptance_and_the_curve():
    clean = [command("1", None, True, False), command("2", None, True, True)]
    assert values(intents.figures(clean))["accepted, as recorded"] == {OURS: 100, STOCK: 50}
    noisy = [command("1", 6, False, False), command("2", 6, True, False)]
    noisy += [command("1", 24, True, True)]
    made = values(intents.noise_figures(noisy))
    assert made == {
        "accepted, 6 dB": {OURS: 50, STOCK: 0},
        "accepted, 24 dB": {OURS: 100, STOCK: 100},
        "accepted, mean of the curve": {OURS: 75, STOCK: 50},  # of the levels, not of the clips
    }
    assert intents.curve(noisy, OURS) == {6: 50, 24: 100}
    assert intents.figures([]) == intents.noise_figures([]) == []


def wake_row(condition, wakes, *, spoken=True, seconds=1800.0, commands=()):
    folder = "alexa" if spoken else "talk"
    return wake.Row("clip", folder, "alexa", condition, spoken, seconds, wakes, commands)


def test_misses_by_condition_and_alarms_by_hour():
    yes, no = {OURS: 1, wake.BARE: 1}, {OURS: 0, wake.BARE: 1}
    rows = [wake_row("as recorded", yes), wake_row("as recorded", no), wake_row("6 dB", no)]
    rows += [wake_row("room1", no), wake_row("room2", yes)]
    rows += [wake_row("as recorded", no, spoken=False, commands=["talk.stop"])]
    made = values(wake.figures(rows))
    assert made["alexa missed, as recorded"] == {OURS: 50, wake.BARE: 0}
    assert made["alexa missed, 6 dB"] == {OURS: 100, wake.BARE: 0}
    assert made["alexa missed, mean of the rooms"] == {OURS: 50, wake.BARE: 0}
    assert made["alexa, false alarms, talk"] == {OURS: 0, wake.BARE: 1}
    assert made["alexa, false alarms, all"] == {OURS: 0, wake.BARE: 2}  # in half an hour
    assert made["alexa, commands carried out, all"] == {OURS: 1}


def test_inventions():
    def row(folder, kind, ours, stock, commands):
        said = {OURS: [ours], STOCK: [stock]}
        counts = {OURS: len(ours.split()), STOCK: len(stock.split())}
        done = {OURS: commands, STOCK: []}
        return invented.Row("clip", folder, kind, 900.0, 1, said, counts, done, len(commands))

    rows = [row("street", "noise", "", "thank you", []), row("tv", "speech", "stop", "stop", ["s"])]
    made = values(invented.figures(rows))
    assert made["words invented, street"] == {OURS: 0, STOCK: 8}
    assert made["words heard, tv"] == {OURS: 4, STOCK: 4}
    assert made["commands invented, tv"] == {OURS: 1, STOCK: 0}
    assert made["times it spoke, tv"] == {OURS: 1}


def test_latency_is_of_whole_commands_that_were_understood():
    def row(contestant, first, *, function="clock.time", cut=False, traced=0.0):
        stages = {"endpoint": 0.5}
        return latency.Row("1", contestant, "answered", function, "", first, traced, cut, stages)

    rows = [row(OURS, 0.4, traced=0.3), row(OURS, 0.6, traced=0.5), row(STOCK, 2.0, traced=2.0)]
    rows += [row(OURS, -0.5, cut=True), row(STOCK, 9.0, function="")]
    made = values(latency.figures(rows))
    assert made["end of speech to first audio, p50"] == {OURS: 0.5, STOCK: 2.0}
    assert made["  differs from the trace's own figure, p50"][OURS] == pytest.approx(0.1)
    assert made["  of it endpoint, p50"] == {OURS: 0.5, STOCK: 0.5}
    assert made["commands cut off before their end"][OURS] == pytest.approx(100 / 3)
    assert made["commands cut off before their end"][STOCK] == 0


def test_runs_of_the_program():
    rows = [process.Row("help", {"help, s": s}) for s in (0.1, 0.3, 0.2)]
    rows += [process.Row("run", {}, "There is no microphone.")]
    made = process.figures(rows)
    assert values(made) == {"help": {OURS: 0.2}, "run": {OURS: None}}
    assert [figure.detail for figure in made] == [
        "3 runs, 0.10 to 0.30",
        "There is no microphone.",
    ]


def test_names_are_those_of_the_pictures():
    from assistant.bench import pictures

    assert set(pictures.COLOURS) == {OURS, STOCK, PROMPTED}
