"""`assistant setup`: the first run, question by question. Every question may be skipped."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

import click

from assistant.cli.common import settings
from assistant.config import profiles, value_of, write
from assistant.errors import AssistantError
from assistant.settings import Config

WAKE_WORDS = ("okay_nabu", "hey_jarvis", "hey_mycroft", "alexa", "push-to-talk", "none")
LANGUAGES = ("en", "es", "auto")


@click.command()
@click.option("--yes", is_flag=True, help="Ask nothing: keep every setting, only test the sound.")
@click.option("--no-sound", is_flag=True, help="Do not test microphone and speaker.")
@click.pass_context
def command(ctx: click.Context, yes: bool, no_sound: bool) -> None:
    """Set up microphone, speaker, language, voice, wake word and profile.

    Enter keeps what is shown in brackets; `assistant run` works without any of this.
    """
    config = settings(ctx)
    heard = no_sound or _test_sound(ctx)
    changes = {} if yes else _ask(config)
    changed = {key: value for key, value in changes.items() if value != value_of(config, key)}
    if changed:
        file = ctx.obj["file"]
        click.echo(f"Saved in {write(changed, Path(file) if file else None)}.")
    _say_what_is_broken(settings(ctx), told=() if heard else ("microphone", "speaker"))
    click.echo("Now: assistant run" if heard else "Now: assistant chat, which works without sound")


def _test_sound(ctx: click.Context) -> bool:
    """Record and play back; whether there is sound. A machine without is told so and goes on."""
    from assistant.cli.devices import test_devices

    try:
        ctx.invoke(test_devices, seconds=3.0, device=None, output=None, playback=True)
    except AssistantError as error:
        click.echo(f"{error}")
        return False
    return True


def _ask(config: Config) -> dict[str, Any]:
    changes: dict[str, Any] = {
        "profile": _choice("Device profile", ("none", *profiles()), config.profile),
        "language": _choice("Language", LANGUAGES, config.language),
        "wake.word": click.prompt(
            f"Wake word ({', '.join(WAKE_WORDS)}, or a path)", default=config.wake.word
        ),
    }
    spoken = ("en", "es") if changes["language"] == "auto" else (changes["language"],)
    for language in spoken:
        key = f"speak.voice_{language}"
        changes[key] = _choice(f"Voice ({language})", _voices(language), value_of(config, key))
    changes["trace.transcripts"] = click.confirm(
        "Keep what is said and answered in the trace, on this machine", config.trace.transcripts
    )
    return changes


def _choice(question: str, choices: Sequence[str], default: str) -> str:
    return str(click.prompt(question, type=click.Choice(choices), default=default))


def _voices(language: str) -> tuple[str, ...]:
    from assistant import models

    installed = [m.id for m in models.installed()]
    entries = [e.id for e in models.load().values() if e.task == "tts" and language in e.languages]
    return ("espeak", *sorted(entries, key=lambda name: name not in installed))


def _say_what_is_broken(config: Config, told: Collection[str]) -> None:
    """Name what is missing, but what was `told`; fetching it is the user's own decision."""
    from assistant.cli.doctor import examine

    for finding in examine(config):
        if finding.state == "broken" and finding.what not in told:
            click.echo(f"{finding.what}: {finding.detail} {finding.remedy}")
