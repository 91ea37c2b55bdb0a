"""`assistant say`: text to speech."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from assistant.cli.common import changed, language_option, settings


@click.command()
@click.argument("text", nargs=-1, required=True)
@click.option("--out", type=click.Path(dir_okay=False), help="Into this WAV file instead.")
@language_option
@click.pass_context
def command(
    ctx: click.Context, text: tuple[str, ...], out: str | None, language: str | None
) -> None:
    """Speak TEXT; markdown, numbers and units as a person would read them. "-" reads from stdin."""
    from assistant.daemon.client import running
    from assistant.daemon.protocol import LONGEST_TEXT

    words = sys.stdin.read() if text == ("-",) else " ".join(text)
    short = 0 < len(words) <= LONGEST_TEXT
    if short and not out and not changed(ctx) and (other := running()) is not None:
        with other:  # its voice is loaded already
            other.request("say", text=words, language=language)
        return

    from assistant.audio.sink import Speaker
    from assistant.audio.wav_sink import WavSink
    from assistant.speak.sentences import split_stream
    from assistant.speak.text import speakable
    from assistant.speak.voices import load_voice
    from assistant.stages import Sink
    from assistant.worker import Cancel

    config = settings(ctx, language)
    language = config.languages[0]
    voice = load_voice(config.speak, language)
    sink: Sink = WavSink(Path(out)) if out else Speaker(config.audio.output, config.audio.gain)
    try:
        sink.prepare()
        for sentence in split_stream(iter([words])):
            sink.play(voice.synthesize(speakable(sentence, language)))
        sink.finish(Cancel())
    finally:
        sink.close()
