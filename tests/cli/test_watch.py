"""The terminal view, from the events as the running program tells them."""

import io

from rich.console import Console

from assistant.cli.watch import BAR, View, bar, shown

TURN = {
    "outcome": "answered",
    "stages": {"transcribe": 0.31, "route": 0.001},
    "first_audio_seconds": 0.42,
    "energy": {"joules": 3.1, "meter": "rapl"},
}


def view_of(*events):
    view = View()
    for event in events:
        view.take(event)
    return view


def screen(view):
    console = Console(width=90, record=True, force_terminal=False, file=io.StringIO())
    console.print(shown(view))
    return console.export_text()


def test_a_turn():
    view = view_of(
        {"event": "waking", "text": "okay nabu"},
        {"event": "listening"},
        {"event": "partial", "text": "what time"},
    )
    assert view.state == "listening"
    assert "what time ..." in screen(view)
    for event in [
        {"event": "heard", "text": "what time is it"},
        {"event": "routed", "text": "clock.time (templates, 1.00)"},
        {"event": "speaking", "text": "It's noon."},
        {"event": "idle", "turn": TURN},
    ]:
        view.take(event)
    text = screen(view)
    assert "waiting" in text and "..." not in text
    assert "you  what time is it" in text and "it  It's noon." in text
    assert "transcribe 0.31, first audio 0.42 s" in text and "route 0" not in text
    assert "energy: joules 3.1, meter rapl" in text


def test_markup_in_what_is_said_is_only_text():
    assert "[red]no[/red]" in screen(view_of({"event": "heard", "text": "[red]no[/red]"}))


def test_trouble_and_its_end():
    view = view_of(
        {"event": "degraded", "text": "The microphone is gone."}, {"event": "missed", "count": 3}
    )
    assert "The microphone is gone." in screen(view) and "3 events were missed" in screen(view)
    view.take({"event": "ready"})
    assert "gone" not in screen(view)


def test_the_bar_counts_in_decibels():
    assert [bar(level).count("█") for level in (0.0, 0.001, 0.0316, 1.0, 2.0)] == [
        *(0, 0, BAR // 2, BAR, BAR)
    ]


def test_old_lines_go():
    view = view_of(*({"event": "heard", "text": f"line {n}"} for n in range(100)))
    assert "line 99" in screen(view) and "line 80" not in screen(view)
