"""The schema of the settings: what there is, of which type, within which bounds.

What each of them is for stands in `device_profiles/base.toml`.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from assistant.kept_settings import Keep, Trace
from assistant.server_settings import McpServer

Fraction = Annotated[float, Meta(ge=0, le=1)]
Positive = Annotated[float, Meta(gt=0)]
Count = Annotated[int, Meta(ge=0)]
Language = Literal["en", "es", "auto"]
Percent = Annotated[float, Meta(ge=0, le=100)]
Step = Literal[
    "battery", "battery_low", "battery_empty", "hot", "busy",
    "caches", "no_model", "small_ears", "plain_voice",
]  # fmt: skip
"""What the governor may do with less; see `power.governor`."""


class _Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of the file: every key required, none unknown."""


class Audio(_Section, frozen=True):
    input: str | int
    output: str | int
    block_ms: Annotated[int, Meta(ge=10, le=200)]
    gain: Fraction
    noise_suppression: bool
    auto_gain: bool
    echo_cancellation: Literal["auto", "off", "server"]
    pause_for_voice: bool
    duck_db: Annotated[float, Meta(ge=0, le=60)]


class WakeSettings(_Section, frozen=True):
    word: str
    sensitivity: Literal["low", "normal", "high"]
    threshold: Fraction
    pre_roll: Annotated[float, Meta(ge=0, le=3)]
    chime: bool
    gate_db: Annotated[float, Meta(ge=0, le=30)]
    doze_ms: Annotated[int, Meta(ge=0, le=500)]


class Vad(_Section, frozen=True):
    threshold: Fraction


class Endpoint(_Section, frozen=True):
    min_speech: Positive
    draft_after: Positive
    complete_silence: Positive
    extendable_silence: Positive
    trailing_silence: Positive
    unfinished_silence: Positive
    max_utterance: Annotated[float, Meta(gt=0, le=30)]
    nothing_said: Positive
    follow_up: Positive
    follow_up_after: Literal["questions", "commands", "all"]


class Stt(_Section, frozen=True):
    model_en: str
    model_es: str
    model_auto: str
    compute_type: str
    threads: Count
    beam: Annotated[int, Meta(ge=1, le=10)]
    margin: Annotated[float, Meta(ge=0, le=30)]
    second_look: Fraction
    guess: Fraction
    words: list[str]
    remote: str

    def model(self, language: str) -> str:
        """The model id for a language ("auto": any)."""
        return str(getattr(self, f"model_{language}"))


class EngineSettings(_Section, frozen=True):
    apart: list[Literal["hear", "think", "speak"]]


class Memory(_Section, frozen=True):
    idle_unload: Annotated[float, Meta(ge=0)]
    least_free_mb: Count


class RouteSettings(_Section, frozen=True):
    templates: bool
    by_sound: bool
    nearest_en: str
    nearest_es: str
    tools: bool
    open_questions: Literal["model", "refuse"]

    def nearest(self, language: str) -> str:
        """The embedding model of a language, or "none"."""
        return str(getattr(self, f"nearest_{language}"))


class Think(_Section, frozen=True):
    model: str
    threads: Count
    context: Count
    max_tokens: Annotated[int, Meta(ge=8)]
    enough_words: Annotated[int, Meta(ge=1)]
    temperature: Annotated[float, Meta(ge=0, le=2)]
    gpu_layers: int
    batch: Annotated[int, Meta(ge=0, le=2048)]
    kv_cache: Literal["f16", "q8_0", "q4_0"]
    mmap: bool
    keep_prefix: bool
    larger: str
    facts: bool
    unsure: Literal["marked", "plain", "off"]
    history: Count
    load: Literal["start", "first-use"]


class Documents(_Section, frozen=True):
    embedding: str
    own_memory: Literal["marked", "plain", "off"]
    phrase: bool


class Speak(_Section, frozen=True):
    voice_en: str
    voice_es: str
    pace: Annotated[float, Meta(ge=0.5, le=2)]
    threads: Count
    cache_mb: Annotated[float, Meta(ge=0)]
    cache_disk_mb: Annotated[float, Meta(ge=0)]

    def voice(self, language: str) -> str:
        """The voice id for a language."""
        return str(getattr(self, f"voice_{language}"))


class Functions(_Section, frozen=True):
    disabled: list[str]
    folder: str
    sentences: str
    confirm: list[str]
    time_limit: Positive


class Dialogue(_Section, frozen=True):
    answer_within: Positive
    refer_within: Positive


class Timers(_Section, frozen=True):
    rings: Annotated[int, Meta(ge=1, le=100)]
    alarm_rings: Annotated[int, Meta(ge=1, le=1000)]


class HomeSettings(_Section, frozen=True):
    broker: str
    port: Annotated[int, Meta(ge=0, le=65_535)]
    tls: bool
    ca_file: str
    user: str
    password_file: str
    allow_internet: bool
    zigbee: str
    discovery: str
    room: str
    names: str
    patience: Annotated[float, Meta(gt=0, le=5)]


class Wyoming(_Section, frozen=True):
    serve: list[Literal["stt", "tts", "wake", "intents"]]
    host: str
    port: Annotated[int, Meta(ge=0, le=65_535)]


class Mcp(_Section, frozen=True):
    servers: dict[str, McpServer]


class BusSettings(_Section, frozen=True):
    serve: bool
    words: bool


class Show(_Section, frozen=True):
    leds: str
    count: Annotated[int, Meta(ge=1, le=64)]
    brightness: Fraction
    notify: list[Literal["timer", "degraded", "muted", "reply"]]


class BoardSettings(_Section, frozen=True):
    lines: str


class Cores(_Section, frozen=True):
    ears: str | int
    hear: str | int
    think: str | int
    speak: str | int


class Power(_Section, frozen=True):
    meter: list[str]
    meter_unit: Literal["W", "J", "Wh"]
    idle_watts: Annotated[float, Meta(ge=0)]
    core_watts: Annotated[float, Meta(ge=0)]
    root: str


class GovernorSettings(_Section, frozen=True):
    enabled: bool
    low_percent: Percent
    empty_percent: Percent
    hot_celsius: Annotated[float, Meta(ge=0, le=150)]
    pin: list[Step]
    forbid: list[Step]
    battery: list[str]
    battery_low: list[str]
    battery_empty: list[str]
    hot: list[str]
    busy: list[str]
    caches: list[str]
    no_model: list[str]
    small_ears: list[str]
    plain_voice: list[str]

    def keys(self, step: Step) -> list[str]:
        """What a step changes, as "section.key=value"."""
        return list(getattr(self, step))


class Budget(_Section, frozen=True):
    memory_idle_mb: Annotated[float, Meta(ge=0)]
    memory_peak_mb: Annotated[float, Meta(ge=0)]
    watts_idle: Annotated[float, Meta(ge=0)]
    joules_per_command: Annotated[float, Meta(ge=0)]
    first_audio_seconds: Annotated[float, Meta(ge=0)]


class Config(_Section, frozen=True):
    """All settings. `device_profiles/base.toml` says what each of them is for."""

    profile: str
    language: Language
    audio: Audio
    wake: WakeSettings
    vad: Vad
    endpoint: Endpoint
    stt: Stt
    route: RouteSettings
    think: Think
    documents: Documents
    speak: Speak
    functions: Functions
    dialogue: Dialogue
    timers: Timers
    home: HomeSettings
    wyoming: Wyoming
    bus: BusSettings
    show: Show
    mcp: Mcp
    board: BoardSettings
    engines: EngineSettings
    cores: Cores
    memory: Memory
    power: Power
    governor: GovernorSettings
    budget: Budget
    trace: Trace
    keep: Keep

    def changed(self, other: Config) -> tuple[str, ...]:
        """The sections in which another one differs."""
        names = (field.name for field in msgspec.structs.fields(Config))
        return tuple(name for name in names if getattr(self, name) != getattr(other, name))

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that must be understood and spoken."""
        return ("en", "es") if self.language == "auto" else (self.language,)
