"""What is said in a soak. What the turns set they take back, so that the user's things stay few and
what grows is ours."""

from __future__ import annotations

import json
import random
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import tomli_w

from assistant.types import LOOP_RATE

COFFEE = """language: en
intents:
  OrderDrink:
    data:
      - sentences: ["(i want|i'd like|give me|brew me|make me|can i have) [a] [{size}] {drink} [with {milk}]"]
lists:
  size: {values: [small, medium, large, twelve ounce, sixteen ounce]}
  drink: {values: [latte, cappuccino, iced coffee, drip coffee, house coffee, espresso, americano]}
  milk: {values: [whole milk, soy milk, cream, brown sugar, sugar]}
"""  # noqa: E501
CITIES = "Tokyo Madrid Paris Lima Oslo Cairo Delhi Sydney Toronto Berlin".split()
THINGS = "eggs milk bread rice soap apples tea salt butter onions paper candles".split()
PEOPLE = "mum dad Ana the plumber the bank Peter".split(" ")
OPEN = (
    "why is the sky blue",
    "tell me something about whales",
    "how do bees make honey",
    "what is the largest planet",
)

# Each line is one round of turns that leaves things as they were.
ROUNDS = (
    ("set a timer for {n} minutes", "how long is left", "add {m} minutes", "cancel all timers"),
    ("set a {n} minute timer for the {thing}", "set a timer for {m} hours", "pause the timer",
     "cancel all timers"),
    ("add {thing} and {other} to the shopping list", "what is on my shopping list",
     "remove {thing} from the shopping list", "remove {other} from the shopping list"),
    ("what is {n} percent of {big}", "what is {big} times {m}"),
    ("what time is it", "what time is it in {city}", "and in {town}?", "what day is it tomorrow"),
    ("convert {n} miles to kilometers", "how many grams are {m} ounces", "{n} dollars in euros"),
    ("set an alarm for {hour}:{minute}", "when is my next alarm", "undo that"),
    ("remind me to call {name} tomorrow at {hour} am", "undo that"),
    ("take a note: the code of the {thing} is {big}", "undo that"),
    ("how many days until christmas", "is tomorrow a holiday", "is it past noon"),
    ("remember that the {thing} is in box {big}", "where is the {thing}", "undo that"),
    ("set a timer for {n} minutes and add {thing} to the shopping list", "undo that"),
    ("set a timer for {n} minutes", "no, {m}", "cancel all timers"),
    ("say that again", "what did you say"),
    ("turn on the lights in the kitchen", "pause the music", "how much battery is left"),
    ("turn the volume up", "turn the volume down", "what is the volume"),
    ("how hot are you", "how much disk space is left", "what can you do"),
    ("in {n} minutes tell me the time", "what have you scheduled", "undo that"),
    ("shut down the computer", "no"),
    ("stop", "never mind"),
)  # fmt: skip


@dataclass(frozen=True)
class Step:
    """kind: "typed", "anew" (in a connection of its own), "documents", "open", "request",
    "spoken", "say", "mute", "reload", "rest" (the engines were unloaded meanwhile)."""

    kind: str
    text: str = ""
    sound: np.ndarray | None = None


class Script:
    """The turns of one run, one hundred after another."""

    def __init__(
        self,
        data: Path,
        chance: random.Random,
        decode: Callable,
        anew: int = 2000,
        only: str = "",
    ) -> None:
        """anew: turns between settings that make all engines anew; 0 for never. only: the kinds of
        steps that there are, with commas; "" for all, mixed as below."""
        self._anew = anew
        self._only = [kind for kind in only.split(",") if kind]
        self._chance = chance
        self._typed = self._rounds()
        texts = data / "text" / "assistant_requests_en.jsonl"
        self._requests = [json.loads(line)["text"] for line in texts.open()]
        asked = data / "documents" / "questions_en.jsonl"
        self._questions = [json.loads(line)["question"] for line in asked.open()]
        words = sorted((data / "wake_word" / "alexa").glob("*.flac"))
        orders = sorted((data / "speech_to_intent").glob("[0-9]*.flac"))
        self._words = [decode(path) for path in words]
        self._orders = [decode(path) for path in orders]

    def step(self, number: int) -> Step:
        """Of a hundred: one spoken, one to documents, one in other people's words (every other time
        an open question), one of control, ten in connections of their own, in four hundred one
        after a rest; the others typed."""
        place, round_ = number % 100, number // 100
        if self._anew and number % self._anew == self._anew - 1:
            return Step("reload", "engines")
        if self._only:
            return self._of(self._only[number % len(self._only)], number)
        match place:
            case 11:
                return Step("spoken", sound=self._spoken())
            case 66:
                return Step("documents", self._chance.choice(self._questions))
            case 33 if round_ % 2:
                return Step("open", OPEN[round_ // 2 % len(OPEN)])
            case 33:
                return Step("request", self._chance.choice(self._requests))
            case 99:
                return self._control(round_)
            case 77 if round_ % 4 == 1:
                return Step("rest", "what time is it")
            case _ if place % 10 == 5:
                return Step("anew", "what time is it")
        return Step("typed", next(self._typed))

    def _of(self, kind: str, number: int) -> Step:
        match kind:
            case "spoken":
                return Step(kind, sound=self._spoken())
            case "documents":
                return Step(kind, self._chance.choice(self._questions))
            case "open":
                return Step(kind, OPEN[number % len(OPEN)])
            case "request":
                return Step(kind, self._chance.choice(self._requests))
            case "anew":
                return Step(kind, "what time is it")
            case "say":
                return Step(kind, "The soup is ready.")
            case "mute":
                return Step(kind)
            case "rest":
                return Step(kind, "what time is it")
            case "reload" | "engines":
                return Step("reload", "loop" if kind == "reload" else kind)
        return Step("typed", next(self._typed))

    def _control(self, round_: int) -> Step:
        match round_ % 5:
            case 0 | 2:
                return Step("say", "The soup is ready.")
            case 1 | 3:
                return Step("mute")
        return Step("reload", "loop")

    def _rounds(self) -> Iterator[str]:
        while True:
            for line in self._chance.sample(ROUNDS, len(ROUNDS)):
                yield from (text.format_map(self._words_for()) for text in line)

    def _words_for(self) -> dict[str, object]:
        draw = self._chance
        thing, other = draw.sample(THINGS, 2)
        city, town = draw.sample(CITIES, 2)
        return {
            "n": draw.randint(2, 59), "m": draw.randint(2, 20), "big": draw.randint(100, 99_999),
            "thing": thing, "other": other, "city": city, "town": town,
            "hour": draw.randint(6, 11), "minute": draw.randint(10, 59),
            "name": draw.choice(PEOPLE),
        }  # fmt: skip

    def _spoken(self) -> np.ndarray:
        """The wake word as one person says it, and an order as another does."""
        silence = np.zeros(LOOP_RATE, np.int16)
        word, order = self._chance.choice(self._words), self._chance.choice(self._orders)
        return np.concatenate([silence, word, order, silence, silence])


def change_settings(home: Path, number: int, what: str) -> None:
    """Something that a reload takes in: a setting of the loop, or one that makes all engines
    anew."""
    file = home / "config" / "config.toml"
    changed: dict[str, dict[str, object]] = tomllib.loads(file.read_text()) if file.exists() else {}
    changed["endpoint"] = {"trailing_silence": 0.7 + (number // 100 % 7) / 100}
    if what == "engines":
        by_sound = bool(changed.get("route", {}).get("by_sound", True))
        changed["route"] = {"by_sound": not by_sound}
    file.write_text(tomli_w.dumps(changed))


def room_sound(data: Path, decode: Callable) -> list[np.ndarray]:
    """Everything that is not for us: noise, appliances, music, meetings, talk."""
    folders = (data / "not_speech", data / "speech_not_for_us")
    return [decode(path) for folder in folders for path in sorted(folder.glob("*.opus"))]


def drawn(room: list[np.ndarray], chance: random.Random) -> np.ndarray:
    """A piece of it, at another level and from another moment each time, and a silence."""
    whole = chance.choice(room)
    start = chance.randrange(max(1, len(whole) - LOOP_RATE))
    gain = 10 ** (chance.uniform(-18, 6) / 20)
    piece = np.clip(whole[start:] * gain, -32768, 32767).astype(np.int16)
    silence = np.zeros(round(chance.uniform(0, 3) * LOOP_RATE), np.int16)
    return np.concatenate([piece[: 60 * LOOP_RATE], silence])
