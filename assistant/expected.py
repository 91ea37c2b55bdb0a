"""What speech recognition is told to expect: sentences, names and words of the functions."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from assistant.handlers import Functions
from assistant.handlers.own.taught import Taught
from assistant.settings import Config
from assistant.understand.route import Cascade

QUESTION_WORDS = frozenset(
    "what when where who why how which is are do qué cuándo dónde quién cuánto cuánta cuántos"
    " cuántas cuál cómo está".split()
)

_OWN_SENTENCES = 8
_TAUGHT = 6
_HELPS_BESIDE_OWN = 8
"""Of 60 coffee orders that tiny.en heard the templates had 37 right without a prompt, 46 after
words, 49 after sentences of the grammar, 52 after these, eight of the built-in functions and
words. Sixteen of the built-in functions cost one."""


def bias(
    config: Config, functions: Functions, router: Cascade
) -> tuple[Sequence[str], Sequence[str], Sequence[str]]:
    """What recognition is biased to: sentences as Whisper writes them; names; other words. Each the
    most useful first, and made of the functions that are loaded and work at the moment."""
    examples: list[str] = []
    names: list[str] = []
    words: list[str] = []
    for language in config.languages:
        own = router.examples(language, _OWN_SENTENCES // len(config.languages))
        help_ = helps(functions, language)
        shown = help_[:_HELPS_BESIDE_OWN] if own else help_
        taught = _taught(functions, language)[:_TAUGHT]
        examples += [_as_written(text, language) for text in [*own, *taught, *shown]]
        names += router.names(language)
        words += router.vocabulary(language)
    return examples, names, words


def _taught(functions: Functions, language: str) -> list[str]:
    """The phrases that the user taught."""
    stores = [f.store for f in functions.families if isinstance(f, Taught)]
    lessons = [lesson for store in stores for lesson in store.lessons()]
    return [lesson.phrase for lesson in lessons if lesson.language == language]


def helps(functions: Functions, language: str) -> list[str]:
    """What can be said to the functions that work here; the families take turns."""
    families = [
        [f.help[language] for f in functions.of(family) if f.help.get(language)]
        for family in functions.families
        if family.unavailable() is None
    ]
    return [text for turn in zip_longest(*families) for text in turn if text]


def _as_written(text: str, language: str) -> str:
    first = text.split(maxsplit=1)[0].lower()
    written = text[0].upper() + text[1:]
    if first not in QUESTION_WORDS:
        return f"{written}."
    return f"¿{written}?" if language == "es" else f"{written}?"
