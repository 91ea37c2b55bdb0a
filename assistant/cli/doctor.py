"""`assistant doctor`: what works on this machine, what does not, and what to do about it."""

from __future__ import annotations

import os
import platform
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from assistant.cli.common import settings
from assistant.config import load, user_file
from assistant.errors import AssistantError, ConfigError
from assistant.settings import Config

if TYPE_CHECKING:
    from assistant.daemon.offline import Step

State = Literal["works", "note", "broken"]
COLOURS: dict[State, str] = {"works": "green", "note": "yellow", "broken": "red"}
LEAST_DISK_MB = 500


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. "note": something optional is missing."""

    what: str
    state: State
    detail: str
    remedy: str = ""


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.option(
    "--offline-proof", is_flag=True, help="Real turns, with every network call written down."
)
@click.pass_context
def command(ctx: click.Context, as_json: bool, offline_proof: bool) -> int:
    """What works here and what does not, each with its remedy.

    With --offline-proof: whether anything is sent anywhere, as the kernel tells. Exit code 1:
    something that the assistant cannot do without is broken, or something was sent.
    """
    if offline_proof:
        return _prove(ctx, as_json)
    findings = list(_all(ctx))
    broken = any(finding.state == "broken" for finding in findings)
    if as_json:
        import json

        click.echo(json.dumps([asdict(finding) for finding in findings], indent=2))
        return int(broken)
    for finding in findings:
        _print(finding)
    return int(broken)


def _all(ctx: click.Context) -> Iterator[Finding]:
    """The settings first. Where they cannot be used, the rest is looked at with the defaults: who
    calls the doctor wants to know what else is wrong, too."""
    try:
        config = settings(ctx)
    except ConfigError as error:
        yield Finding("settings", "broken", str(error), "The rest is told as by the defaults.")
        config = load(file=Path(os.devnull)).config
    else:
        yield Finding("settings", "works", str(ctx.obj["file"] or user_file()))
    yield from examine(config)


def _prove(ctx: click.Context, as_json: bool) -> int:
    """Print the evidence, step by step, as it is found."""
    from assistant.daemon.offline import means, prove

    config = settings(ctx)
    given = [part for each in ctx.obj["overrides"] for part in ("--set", each)]
    given += ["--config", ctx.obj["file"]] if ctx.obj["file"] else []
    by = means()
    found = prove(by, given, config.languages[0], thinks=config.think.model != "none")
    if as_json:
        import json

        steps = list(found)
        click.echo(json.dumps([asdict(step) for step in steps], indent=2, ensure_ascii=False))
        return int(not all(step.good for step in steps))
    click.echo("Real turns, one by one. This takes some minutes.")
    for sentence in by.missing:
        click.echo(sentence)
    good = True
    for step in found:
        good = good and step.good
        _show(step)
    click.echo("Nothing was sent anywhere." if good else "See above what was not as it should be.")
    return int(not good)


def _show(step: Step) -> None:
    """A step, how it went, and what the kernel saw of it."""
    last = step.said.splitlines()[-1:] or ["(nothing was said)"]
    state: State = "works" if step.good else "broken"
    _print(Finding(step.what, state, f"{step.where:10}  {last[0].strip()}"))
    if (seen := step.evidence) is None:
        return
    click.echo(
        f"{'':8}calls to the network {seen.calls}, sockets of the internet {seen.opened}, "
        f"sent or connected {len(seen.internet)}"
    )
    for path in seen.local:
        click.echo(f"{'':8}connected to {path} on this machine")
    for call in seen.internet:
        click.echo(f"{'':8}{call}")


def _print(finding: Finding) -> None:
    """One line, and the remedy on its own, whole, so that a command in it can be copied."""
    state = click.style(f"{finding.state:7}", fg=COLOURS[finding.state])
    click.echo(f"{state} {finding.what:21} {finding.detail}".rstrip())
    if finding.remedy:
        click.echo(f"{'':8}-> {finding.remedy}")


def examine(config: Config) -> Iterator[Finding]:
    """Look at everything the settings ask for; nothing is played, recorded or changed."""
    yield Finding("python", "works", f"{platform.python_version()} on {platform.machine()}")
    yield from _sound(config)
    yield _tried("wake word", lambda: _wake_word(config))
    yield _tried("voice activity", _voice_activity)
    yield from _models(config)
    yield from _functions(config)
    yield from _privacy(config)
    yield _disk()


def _tried(what: str, look: Callable[[], str], state: State = "broken") -> Finding:
    """What `look` says, or the sentence of the error it raises."""
    try:
        return Finding(what, "works", look())
    except AssistantError as error:
        problem, _, remedy = str(error).partition(". ")
        return Finding(what, state, problem.rstrip(".") + ".", remedy)


def _sound(config: Config) -> Iterator[Finding]:
    def device(kind: Literal["input", "output"]) -> str:
        from assistant.audio.devices import find

        return find(getattr(config.audio, kind), kind).name

    yield _tried("microphone", lambda: device("input"))
    yield _tried("speaker", lambda: device("output"))


def _wake_word(config: Config) -> str:
    from assistant.assemble import decode
    from assistant.hear.wake import load_wake

    detector = load_wake(config.wake, decode)
    return detector.word if detector else config.wake.word


def _voice_activity() -> str:
    from assistant.hear.vad import SileroVad

    SileroVad()
    return "Silero"


def _models(config: Config) -> Iterator[Finding]:
    from assistant import models

    def located(name: str) -> str:
        models.locate(name)
        return name

    speech = config.stt.model(config.language)
    yield _tried(f"speech to text ({config.language})", lambda: located(speech))
    for language in config.languages:
        voice = config.speak.voice(language)
        if voice == "espeak":
            yield Finding(f"voice ({language})", "works", voice)
        else:
            yield _tried(f"voice ({language})", partial(located, voice))
    if config.think.model == "none":
        yield Finding("language model", "note", "turned off", "open questions are not answered")
    else:
        yield _tried("language model", lambda: located(config.think.model), state="note")


def _functions(config: Config) -> Iterator[Finding]:
    from assistant import handlers

    functions = handlers.load(config)
    for family in functions.families:
        why = family.unavailable()
        if why is None:
            yield Finding(f"function: {family.name}", "works", "")
        else:
            yield Finding(f"function: {family.name}", "note", why["en"])
    for problem in functions.problems:
        yield Finding("your functions", "note", problem)


def _privacy(config: Config) -> Iterator[Finding]:
    """Whether others of this machine could read what is yours, or what is secret lies open."""
    from assistant import paths
    from assistant.config import user_file
    from assistant.handlers.secrets import in_plain

    folders = (paths.config_dir(), paths.data_dir(), paths.state_dir())
    looked_at = [path for path in (*folders, user_file()) if path.exists()]
    seen = [str(path) for path in looked_at if path.stat().st_mode & 0o077]
    if seen:
        remedy = f"chmod go= {' '.join(seen)}"
        yield Finding("your files", "note", "others can look into them", remedy)
    else:
        yield Finding("your files", "works", "for you alone")
    for name in in_plain(config):
        remedy = f"assistant config secret {name}"
        yield Finding("secrets", "note", f"{name} stands in the settings", remedy)


def _disk() -> Finding:
    from assistant import paths

    folder = paths.data_dir()
    existing = next(p for p in [folder, *folder.parents] if p.exists())
    free = shutil.disk_usage(existing).free // 1_000_000
    if free < LEAST_DISK_MB:
        return Finding("disk", "note", f"{free} MB free in {folder}", "free some space")
    return Finding("disk", "works", f"{free} MB free in {folder}")
