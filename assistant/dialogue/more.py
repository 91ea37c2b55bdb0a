""" "A bit more", "no, less": the sentence that it stands for, after what has a more and a less."""

from __future__ import annotations

from assistant.dialogue.standing_for import resolved
from assistant.stages import Router
from assistant.types import Intent
from assistant.understand.normalize import without_accents, without_courtesy, words

_LOUD = {"en": ("turn it up", "turn it down"), "es": ("sube el volumen", "baja el volumen")}
_BRIGHT = {"en": ("make it brighter", "dim it"), "es": ("súbela", "bájala")}
_WARM = {
    "en": ("make it warmer", "make it cooler"),
    "es": ("sube la calefacción", "baja la calefacción"),
}
_SCREEN = {
    "en": ("make the screen brighter", "dim the screen"),
    "es": ("sube el brillo de la pantalla", "baja el brillo de la pantalla"),
}
_OF = {
    **dict.fromkeys(("volume.set", "volume.up", "volume.down", "volume.half"), _LOUD),
    **dict.fromkeys(("home.brightness", "home.brighten", "home.dim"), _BRIGHT),
    **dict.fromkeys(("home.set_temperature", "home.warmer", "home.cooler"), _WARM),
    **dict.fromkeys(("screen.set", "screen.up", "screen.down"), _SCREEN),
}
"""What has more and less, and how that is said in full; "it" is what was spoken of."""
_AROUND = frozenset(
    "a bit little lot still even please some much no tad touch way wee un poco algo todavia aun"
    " mucho otro muy poquito bastante poquitin tantito".split()
)
_MORE = frozenset({("more",), ("mas",)})
_LESS = frozenset(
    {("less",), ("menos",), ("not", "so"), ("not", "that"), ("too",), ("no", "tanto"),
     ("demasiado",), ("tanto",)}
)  # fmt: skip
_MOST_WORDS = 5
_LIGHTS = frozenset(
    f"home.{name}" for name in ("turn_on", "brightness", "brighten", "dim", "color", "white")
)
_BRIGHTNESS = {"screen.up": 0, "screen.down": 1, "home.brighten": 0, "home.dim": 1}
_SCREENS = frozenset("screen display monitor brightness pantalla monitor brillo".split())
_NAMING = frozenset({"name", "kind", "place", "other"})


def more_or_less(
    text: str, language: str, before: Intent, sentence: str, router: Router
) -> Intent | None:
    """The command that is meant; None where it is no such thing, or nothing has more and less.

    sentence: with which `before` was said."""
    told = _OF.get(before.function)
    said = without_courtesy(words(text, language), language).plain
    if told is None or language not in told or not 1 <= len(said) <= _MOST_WORDS:
        return None
    rest = tuple(word for word in said if word not in _AROUND)
    if rest not in _MORE | _LESS:
        return None
    full = told[language][rest in _LESS]
    if told is _BRIGHT:
        return resolved(full, language, before, sentence, router)
    return router.exact(without_accents(full), language)


def of_the_lights(
    exact: Intent, text: str, language: str, before: Intent, sentence: str, router: Router
) -> Intent | None:
    """ "A bit brighter" is about the lamp that was just turned on, and not about the screen, nor
    all the lights, which is what the words by themselves mean (`exact`)."""
    less = _BRIGHTNESS.get(exact.function)
    if less is None or before.function not in _LIGHTS or not _NAMING.isdisjoint(exact.slots):
        return None
    if not _SCREENS.isdisjoint(words(text, language).plain):
        return None
    return resolved(_BRIGHT[language][less], language, before, sentence, router)
