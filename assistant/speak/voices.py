"""The voice of a language, with what it has rendered before. What renders is loaded with it, here
or in a process of its own."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from assistant import models, paths
from assistant.apart.engines import ApartRenderer
from assistant.settings import Speak
from assistant.speak.cache import MB, CachedVoice, SpeechCache
from assistant.stages import Renderer

ESPEAK = "espeak"
"""The id of espeak-ng's voices in the settings."""


def load_voice(settings: Speak, language: str, *, apart: bool = False) -> CachedVoice:
    """The voice that the settings name for `language`, with its cache of rendered speech.

    apart: what renders is in a process of its own.
    Raises ModelError when it is not installed or is damaged.
    """
    name = settings.voice(language)
    if name == ESPEAK:
        model, identity = None, f"{ESPEAK} {language}"
    else:
        model = models.locate(name)
        status = model.stat()
        identity = f"{name} {status.st_size} {status.st_mtime_ns}"
    make = partial(renderer, model, language, settings.threads)
    bounds = (round(mb * MB) for mb in (settings.cache_mb, settings.cache_disk_mb))
    in_memory, on_disk = bounds
    cache = SpeechCache(
        paths.cache_dir() / "speech", identity, memory_bytes=in_memory, disk_bytes=on_disk
    )
    cached = CachedVoice(ApartRenderer(make) if apart else make(), cache)
    cached.set_pace(settings.pace)
    return cached


def renderer(model: Path | None, language: str, threads: int) -> Renderer:
    """model: a Piper voice; None: espeak-ng."""
    from assistant.speak.tts import EspeakVoice, PiperVoice

    if model is None:
        return EspeakVoice(language)
    return PiperVoice(model, language, threads=threads)
