"""The command line. Each command lives in a module of its own, imported only when it runs.

Exit codes, for scripts:

    0  done                        5  no usable microphone or speaker
    1  it failed                   6  a file is not sound, or is damaged
    2  wrong usage or setting      7  disk full or no permission
    3  nothing was understood    130  interrupted
    4  a model is missing
"""

from __future__ import annotations

import difflib
import importlib
import shlex
import sys

import click

from assistant import __version__
from assistant.errors import AssistantError, StorageError

NOT_UNDERSTOOD = 3
INTERRUPTED = 130

SECTIONS = {
    "Begin": {
        "setup": "First run: microphone, speaker, language, voice, wake word, profile.",
        "doctor": "What works here and what does not, each with its remedy.",
        "run": "Listen, and answer, until stopped.",
        "ask": "Answer a typed question or command.",
        "chat": "Type with it, with history.",
        "service": "Run it with your session: install, status, logs, uninstall.",
    },
    "While it runs": {
        "status": "How the running assistant is.",
        "watch": "Show what it does, live: state, level, words, times, energy.",
        "events": "Print what it does, as it happens, for programs.",
        "listen": "Have it listen now, without the wake word.",
        "stop": "Have it be silent; what rings, too.",
        "mute": "Close its microphone.",
        "unmute": "Open its microphone again.",
        "reload": "Have it take in changed settings.",
    },
    "Energy and speed": {
        "power": "What the machine uses, and what of it is ours.",
        "profile": "Device profiles: list, show, use, detect, fit.",
        "tune": "Measure what is fastest on this machine, and set it.",
        "bench": "Measure how fast and how right it is, here and on your recordings.",
    },
    "Why it did that": {
        "why": "Who answered a turn, why, and what it cost, in words.",
        "trace": "Recent turns: stages, times, decisions.",
        "understand": "Show what a sentence is taken for, and why; nothing is done.",
    },
    "What is yours": {
        "docs": "Your documents: add, list, remove, update, search, ask.",
        "lists": "Write out your lists.",
        "notes": "Write out your notes.",
        "phrases": "What you taught it: list, export, forget.",
        "forget": "Erase what is kept of the past: by time, or all.",
    },
    "Settings, models, sound": {
        "config": "Show every setting and where it came from; check; set.",
        "models": "List, pull, verify, remove, update, roll back models.",
        "devices": "List and test microphones and speakers.",
        "wake": "What your room is taken for, and how surely the wake word is heard.",
        "hear": "Take a sound file through the whole loop.",
        "say": "Speak a text.",
        "completion": "Print the completion script of a shell.",
    },
    "With other programs": {
        "mcp": "Offer the device functions to a local agent.",
        "tools": "The tools of your MCP servers: look at them before they are called.",
    },
}
COMMANDS = {name: line for section in SECTIONS.values() for name, line in section.items()}


class Family(click.Group):
    """A command with commands of its own. What each is for is shown whole, not cut at the width."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        found = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        rows = [(name, one.get_short_help_str(limit=1000)) for name, one in found if one]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


class _LazyGroup(click.Group):
    """Knows its commands by name; imports one when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"assistant.cli.{cmd_name}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        width = max(map(len, COMMANDS))
        for title, commands in SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl([(name.ljust(width), line) for name, line in commands.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in COMMANDS and not name.startswith("-") and not ctx.resilient_parsing:
            close = difflib.get_close_matches(name, COMMANDS, n=1)
            asked = f"To ask it that: assistant ask {shlex.quote(' '.join(args))}"
            near = f"Did you mean {close[0]!r}?" if close else ""
            hint = near if near and len(args) == 1 else f"{near} {asked}".strip()
            raise click.UsageError(f"No such command {name!r}. {hint}", ctx)
        return super().resolve_command(ctx, args)


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="assistant")
@click.option(
    "--set",
    "overrides",
    multiple=True,
    metavar="KEY=VALUE",
    help="Change a setting for this run: --set stt.beam=2",
)
@click.option("--config", "file", type=click.Path(dir_okay=False), help="Use this settings file.")
@click.pass_context
def group(ctx: click.Context, overrides: tuple[str, ...], file: str | None) -> None:
    """An offline voice assistant. Nothing you say leaves this machine.

    Start with `assistant run`, or `assistant ask "what time is it"`.
    """
    ctx.obj = {"overrides": overrides, "file": file, "alone": bool(ctx.obj)}


def program() -> None:
    """The command line as a process of its own, which nobody else uses."""
    main(alone=True)


def main(*, alone: bool = False) -> None:
    """Run the command line; every error of ours is one sentence and an exit code.

    alone: nothing else is done by this process.
    """
    try:
        # The name is given because the completion scripts look for it.
        code = group.main(prog_name="assistant", standalone_mode=False, obj=alone)
    except AssistantError as error:
        click.echo(f"assistant: {error}", err=True)
        sys.exit(error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        # the reader of our output is gone (`| head`): not an error of ours
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:
        # Writing what we print, mostly: `> /dev/full`. Our own files raise a StorageError.
        name = f"{error.filename}: " if error.filename else ""
        click.echo(f"assistant: {name}{error.strerror or error}.", err=True)
        sys.exit(StorageError.exit_code)
    sys.exit(code if isinstance(code, int) else 0)
