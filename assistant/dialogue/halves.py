"""The beginning of a command, and nothing else: "turn on". What it is about is asked for.

Without that, "turn off" would be near to turning off whatever there is that can be turned off.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from assistant.stages import Router
from assistant.types import Finish, Intent, Plan, Reply, Said, Unheard
from assistant.understand.normalize import without_accents, without_courtesy, words

_IT = ("it", "them", "this", "that", "these", "those")
_CLITICS = ("", "lo", "la", "los", "las", "melo", "mela")
_ENGLISH: Mapping[str, tuple[str, str]] = {
    "turn on": ("What shall I turn on?", "turn {} on|switch {} on|power {} on"),
    "turn off": ("What shall I turn off?", "turn {} off|switch {} off|shut {} off|power {} off"),
    "open": ("What shall I open?", "open {}|open {} up|open up {}"),
    "close": ("What shall I close?", "close {}|shut {}"),
    "add": ("What shall I add?", "add {}"),
    "delete": ("What shall I delete?", "delete {}|erase {}|remove {}"),
    "delete all": (
        "What shall I delete?",
        "delete all|erase all|remove all|delete everything|erase everything|remove everything",
    ),
    "set": ("What shall I set?", "set {}"),
    "connect to": ("What shall I connect to?", "connect {}|connect to {}"),
}
_SPANISH: Mapping[str, tuple[str, str]] = {
    "enciende": (
        "¿Qué enciendo?",
        "enciende|encender|encienda|encendé|prende|prender|prenda|prendé|activa|activar",
    ),
    "apaga": ("¿Qué apago?", "apaga|apagar|apague|apagá|desactiva|desactivar"),
    "abre": ("¿Qué abro?", "abre|abrir|abra|abrí"),
    "cierra": ("¿Qué cierro?", "cierra|cerrar|cierre|cerrá"),
    "añade": ("¿Qué añado?", "añade|añadir|añada|agrega|agregar|agregue"),
    "borra": (
        "¿Qué borro?",
        "borra|borrar|borre|elimina|eliminar|quita|quitar|quite|borra todo|borrar todo"
        "|elimina todo|eliminar todo",
    ),
    "pon": ("¿Qué pongo?", "pon|poner|ponga|poné"),
    "conecta": ("¿Qué conecto?", "conecta|conectar|conecte"),
}
"""For the beginning of a command: what is asked, and how it is said when that is all. {}: nothing,
or "it". Spanish has its "it" at the end of the verb."""


def _all(language: str) -> Iterator[tuple[str, str]]:
    """Each way to say a beginning, with the beginning."""
    table, its = (_SPANISH, _CLITICS) if language == "es" else (_ENGLISH, ("", *_IT))
    for beginning, (_, ways) in table.items():
        for way in ways.split("|"):
            for it in its:
                text = way.replace("{}", it) if language == "en" else way + it
                yield without_accents(" ".join(text.split())), beginning


_SAID = {language: dict(_all(language)) for language in ("en", "es")}


def half(said: Said) -> Plan | None:
    """The question for the rest, where it is only a beginning."""
    plain = without_courtesy(words(said.text, said.language), said.language).plain
    beginning = _SAID.get(said.language, {}).get(" ".join(plain))
    if beginning is None:
        return None
    question = (_SPANISH if said.language == "es" else _ENGLISH)[beginning][0]
    asks = Finish(beginning)
    reply = Reply(question, said.language, listen_again=True, asks=asks, looked=True)
    return Plan(Unheard("the beginning of a command"), said.text, say=reply)


def finished(beginning: str, text: str, language: str, router: Router) -> Intent | None:
    """The command that `text` ends; none where the two together mean nothing for certain, or
    where it is one by itself."""
    alone = router.exact(text, language)
    if alone is not None and alone.score == 1:
        return None
    rest = without_courtesy(words(text, language), language)
    whole = f"{beginning} {' '.join(rest.said)}"
    meant = router.exact(whole, language)
    return replace(meant, text=whole) if meant is not None else None
