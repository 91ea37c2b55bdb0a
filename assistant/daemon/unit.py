"""The systemd user unit: what it promises, what it may take, what it cannot reach."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from assistant import paths
from assistant.daemon.back_off import LONGEST, WANTED
from assistant.outside import IN_SERVICE
from assistant.settings import Config

NAME = "assistant.service"
PRIVATE = "10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 169.254.0.0/16 fc00::/7 fe80::/10"
"""Addresses of networks of one's own (RFC 1918, 3927, 4193, 4291)."""
WATCHDOG_SECONDS = 30
"""Longest time without a sign of life. Opening a device that hangs takes five seconds."""
START_SECONDS = 120
"""Until the microphone must be open."""
NOT_AGAIN = (2, 4)
"""Exit codes after which starting again is in vain: a wrong setting, a missing model."""


REACHES = "ASSISTANT_REACHES"
"""What of a network the unit lets through, as `reaches` has it; set by the unit."""
_WIDER = ("none", "loopback", "private")


def too_narrow(config: Config, environment: Mapping[str, str]) -> str:
    """What is wrong, where the unit that runs us lets less through than the settings of now need:
    it was written for others. "" where nothing is."""
    given = environment.get(REACHES)
    wanted = reaches(config)
    if given not in _WIDER or _WIDER.index(wanted) <= _WIDER.index(given):
        return ""
    return (
        "The service has no network for what the settings turn on. Write it anew: "
        "assistant service install"
    )


def reaches(config: Config) -> str:
    """What of a network the settings need: "none", "loopback" or "private"."""
    hosts = [config.home.broker] if config.home.broker else []
    hosts += [config.wyoming.host] if config.wyoming.serve else []
    hosts += [config.stt.remote] if config.stt.remote else []
    if not hosts:
        return "none"
    local = all(host in {"localhost", "127.0.0.1", "::1"} for host in hosts)
    return "loopback" if local else "private"


def unit(config: Config, version: int, command: Sequence[str] | None = None) -> str:
    """The text of the unit for these settings. version: of systemd, which knows more every year.

    command: that runs the assistant, up to its arguments.
    """
    by_us = (sys.executable, "-P", "-m", "assistant")  # nothing is imported from a current folder
    program = " ".join(_quoted(part) for part in command or by_us)
    lines = [
        "# Written by `assistant service install`; written anew by the next one.",
        "[Unit]",
        "Description=Voice assistant, offline",
        "After=pipewire.service pipewire-pulse.service pulseaudio.service",
        "StartLimitIntervalSec=0",
        "",
        "[Service]",
        "Type=notify",
        f"ExecStart={program} run --quiet",
        f"ExecReload={program} reload",
        f"TimeoutStartSec={START_SECONDS}",
        "TimeoutStopSec=10",
        f"WatchdogSec={WATCHDOG_SECONDS}",
        "Restart=on-failure",
        *_back_off(version),
        f"RestartPreventExitStatus={' '.join(map(str, NOT_AGAIN))}",
        f"Environment={IN_SERVICE}=1 {REACHES}={reaches(config)} PYTHONUNBUFFERED=1",
        *_limits(config),
        *_sandbox(config),
        *_lamps(config),
        *_network(config),
        "",
        "[Install]",
        "WantedBy=default.target",
    ]
    return "\n".join(lines) + "\n"


def _back_off(version: int) -> Iterator[str]:
    """At once, and later every time, up to a minute: who crashed is back soon, and what
    fails again and again costs little."""
    yield "RestartSec=100ms"
    if version >= 254:
        yield from ("RestartSteps=8", f"RestartMaxDelaySec={LONGEST:.0f}")
    else:
        yield f"Environment={WANTED}=1"


def _limits(config: Config) -> Iterator[str]:
    peak = config.budget.memory_peak_mb
    if peak:
        yield f"MemoryHigh={round(peak)}M"
        yield f"MemoryMax={round(peak * 1.5)}M"
    yield "TasksMax=256"
    yield "LimitCORE=0"  # no sound of the room in a core dump


def own_folders() -> Sequence[Path]:
    """Where it may write. They must be there before it starts: inside, none can be made."""
    return (paths.config_dir(), paths.data_dir(), paths.state_dir(), paths.cache_dir())


def _sandbox(config: Config) -> Iterator[str]:
    """What works in a user's own service manager: those that need capabilities do not."""
    writable = " ".join(_quoted(f"-{folder}") for folder in own_folders())
    yield from (
        "PrivateUsers=yes",
        "NoNewPrivileges=yes",
        "ProtectSystem=strict",
        "ProtectHome=read-only",
        f'ReadWritePaths={writable} "-%h/Pictures"',
        "RuntimeDirectory=assistant",
        "RuntimeDirectoryPreserve=restart",  # what was being answered when it crashed
        "RuntimeDirectoryMode=0700",
        "PrivateTmp=yes",
        "BindReadOnlyPaths=-/tmp/.X11-unix",
        "ProtectKernelTunables=yes",
        "ProtectControlGroups=yes",
        "RestrictNamespaces=yes",
        "RestrictSUIDSGID=yes",
        "RestrictRealtime=yes",
        "LockPersonality=yes",
        "UMask=0077",
        "SystemCallArchitectures=native",
        "SystemCallFilter=@system-service",
        "SystemCallFilter=~@privileged @obsolete @debug @mount @reboot @swap @raw-io @module",
        "SystemCallErrorNumber=EPERM",
    )


def _lamps(config: Config) -> Iterator[str]:
    """The one LED of the kernel that is ours; all else below /sys stays read-only."""
    kind, _, name = config.show.leds.partition(":")
    if kind == "led":
        yield f"ReadWritePaths={_quoted(f'-/sys/class/leds/{name}')}"


def _network(config: Config) -> Iterator[str]:
    """None at all, or what the user turned on and no more."""
    match reaches(config):
        case "none":
            yield from (
                "PrivateNetwork=yes",
                "RestrictAddressFamilies=AF_UNIX",
                "IPAddressDeny=any",
            )
        case "loopback":
            yield "RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6"
            yield from ("IPAddressDeny=any", "IPAddressAllow=localhost")
        case _:
            yield "RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6"
            yield from ("IPAddressDeny=any", f"IPAddressAllow=localhost {PRIVATE}")


def _quoted(text: str) -> str:
    """One word of a unit file, whatever is in it: quotes and backslashes are escaped, and "%" and
    "$", which systemd would replace, doubled."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{escaped}"' if escaped != text or not _plain(escaped) else escaped


def _plain(text: str) -> bool:
    return bool(text) and all(char.isalnum() or char in "/._-+=:@," for char in text)


def unit_file() -> Path:
    """Where the user's manager looks for it."""
    import platformdirs

    return Path(platformdirs.user_config_dir()) / "systemd" / "user" / NAME
