"""A step of the cascade: a command with talk around it, in one breath.

    it's too bright in here can you turn a light off
    turn up the lights, I can't see what I'm doing

The talk says why; the command must be a sentence of a function, and whole. Talk that could change
what is wanted ("when I am away", "but not the lamp", "she told me to") is none of this.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from assistant.types import Intent
from assistant.understand.normalize import Words, is_courtesy, words
from assistant.understand.numbers import whole
from assistant.understand.step import Finding, Given, nothing

SHORTEST = 5  # words of a sentence with talk in it
_LEAST = 2  # words of a command
_MOST_TALK = 9  # words
_MOST_CUTS = 3
_ALSO_TALK = frozenset("get give light clean be show tell take bring read play clear leer".split())
"""Verbs that talk after a command may have: "so that I can read"."""
ENOUGH = 0.6
"""Share of its words that a command must explain: the rest is in names and other free words."""


@dataclass(frozen=True, slots=True)
class _Language:
    """verbs: with what a command begins. why: with what the talk begins, before a command, and
    after it. turns: words of talk that tells of something else than why. joined: words before a
    verb that make it no command ("to turn it off", "you turn it off")."""

    verbs: frozenset[str]
    why: re.Pattern[str]
    because: re.Pattern[str]
    turns: frozenset[str]
    joined: frozenset[str]
    asks: tuple[tuple[str, ...], ...]


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _asks(text: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(phrase.split()) for phrase in text.split("|"))


_LANGUAGES = {
    "en": _Language(
        _set(
            "turn switch set make put increase raise lower dim brighten decrease reduce start stop"
            " play pause open close take add remove delete cancel wake remind show tell read skip"
            " mute unmute shut shuffle repeat change bring give get clear cross erase kill resume"
            " vacuum clean lock light cut speak talk be drop forget skip scratch dismiss close find"
        ),
        re.compile(
            r"(it|this|that|the \w+|my \w+|there|here|everything) (is|are|has|hurts?)\b"
            r"|(somebody|someone|i|we|you) (left|forgot)\b"
            r"|i (am|just|can not|can hardly|can barely|need|want|would like|have|feel|already|do"
            r" not"
            r" (like|want|need|hear|see))\b|we (are|have|need|can not|already)\b|you are\b"
            r"|(too|so|very) \w+"
        ),
        re.compile(
            r"because\b|cause\b|so (that|i|we|it)\b|since (it|i|we)\b|as (it|i|we)\b"
            r"|(it|this|that) is\b|(i|we) (am|are|can not|can hardly|can barely|have to|want to"
            r"|need to|would like to|do not (like|want|need|hear|see))\b|there is\b|you are\b"
        ),
        _set(
            "when if unless while after before until till except but instead only whenever whether"
            " or said says told tell asked asks why how what who did was were would should never"
            " always later then again yesterday tomorrow tonight today percent about"
        ),
        _set(
            "to not never you i we they he she it who that which should would will can could must"
            " may might let or of the a an my your by from with for be been is are am was and no"
            " this in on at always do does did do's did's want need"
        ),
        _asks(
            "can you please|could you please|can you|could you|would you|will you|so please|please"
            "|so you can|you can|you may|so can you|so could you|and"
            "|so just|just|so|go ahead and|i need you to|i want you to|and please"
        ),
    ),
    "es": _Language(
        _set(
            "enciende encienda encender apaga apague apagar pon ponga poner ponme sube suba subir"
            " baja baje bajar quita quite quitar abre abra abrir cierra cierre cerrar anade anadir"
            " agrega apunta apuntar borra borrar elimina cancela cancelar para pausa reproduce"
            " silencia cambia cambiar atenua dime lee salta repite prende prender activa desactiva"
            " aumenta reduce despiertame recuerdame aspira limpia bloquea quitame olvida salta"
            " bajale subele prendele apagale cierrame abreme"
        ),
        re.compile(
            r"(es|esta|estoy|estamos|estan|hace|hay|ya \w+|tengo|tenemos|no (veo|oigo|necesito"
            r"|puedo|se (ve|oye)|me (gusta|deja)|quiero|te oigo)|(me|nos) (voy|vamos|molestan?"
            r"|duelen?)"
            r"|aqui"
            r"|(el|la|los|las|mi|esto|eso) \w* ?(es|esta|estan|suena))\b"
        ),
        re.compile(
            r"porque\b|ya que\b|para (poder|que)\b|que (no (veo|oigo)|ya|hay|hace|esta|tengo|me)\b"
            r"|no (veo|oigo|se ve|se oye)\b|es que\b|asi\b|tengo\b|estoy\b|(me|nos) (voy|vamos"
            r"|molesta)\b"
        ),
        _set(
            "cuando si mientras despues antes hasta excepto pero menos salvo dijo dice dijeron"
            " pregunto quien como donde fue era seria nunca siempre luego manana ayer hoy solo o"
        ),
        _set(
            "de del a que no nunca yo tu el ella se me te lo la los las le un una mi para por con"
            " en y o quien debe puede hay esta es al sin"
        ),
        _asks("puedes|podrias|por favor|asi que por favor|asi que|asi es que|entonces|pues"),
    ),
}


class Asides:
    """Of one language. match: the function that a sentence names."""

    def __init__(self, match: Callable[[str], Intent | None], language: str) -> None:
        self._match = match
        self._language = language

    def look(self, given: Given) -> Finding:
        said = words(given.text, self._language)
        for command in _commands(said, _LANGUAGES[self._language], self._language):
            text = " ".join(command.said)
            meant = self._match(text)
            if meant is not None and meant.score >= ENOUGH:
                reason = f"with talk around it, {meant.reason}"
                meant = replace(meant, stage="asides", text=text, reason=reason)
                return Finding(meant, meant.score, reason)
        return nothing("no command with talk around it")


def _commands(said: Words, told: _Language, language: str) -> Iterator[Words]:
    """What may be a command beside talk, the longest first."""
    if len(said) < SHORTEST:
        return
    starts = [i for i, word in enumerate(said.plain) if i and word in told.verbs]
    for start in starts[:_MOST_CUTS]:
        talk = _without_asking(said.plain[:start], told, language)
        if talk is not None and _is_talk(talk, told.why, told, language):
            yield said.cut(start, len(said))
    cuts = 0
    for end in range(len(said) - 2, _LEAST - 1, -1):
        talk = said.plain[end:]
        if told.because.match(" ".join(talk)) and _is_talk(talk, told.because, told, language):
            yield said.cut(0, end)
            cuts += 1
            if cuts == _MOST_CUTS:
                return


def _without_asking(
    before: tuple[str, ...], told: _Language, language: str
) -> tuple[str, ...] | None:
    """The talk without the "can you" that leads to the command; None when what stands before the
    verb makes it something else than a command."""
    if is_courtesy(Words(before, before), language):
        return None  # no talk, and what follows was tried
    for asking in told.asks:
        if before[-len(asking) :] == asking:
            return before[: -len(asking)]
    return None if before[-1] in told.joined else before


def _is_talk(
    talk: tuple[str, ...], begins: re.Pattern[str], told: _Language, language: str
) -> bool:
    text = " ".join(talk)
    return (
        2 <= len(talk) <= _MOST_TALK
        and begins.match(text) is not None
        and told.turns.isdisjoint(talk)
        and not any(whole(talk, i, language) for i in range(len(talk)))
        and (begins is told.why or (told.verbs - _ALSO_TALK).isdisjoint(talk))
    )
