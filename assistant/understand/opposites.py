"""Words that turn a meaning around; to an embedding "turn it on" and "turn it off" are alike."""

from __future__ import annotations

from collections.abc import Sequence

# Pairs: the words of one way, and of the other.
_PAIRS = {
    "en": (
        ("on enable activate enabled", "off disable deactivate disabled kill"),
        (
            "up louder increase raise higher brighter brighten more add boost max maximum longer"
            " warmer hotter high highest loud loudest full",
            "down quieter decrease lower reduce dim dimmer less softer min minimum fewer shorter"
            " shorten cooler colder drop subtract low lowest quiet quieter",
        ),
        ("start begin resume unpause continue", "stop pause end cancel halt"),
        ("open", "close shut quit"),
        ("lock", "unlock"),
        ("mute silence", "unmute"),
        ("next forward skip after", "previous back last before rewind earlier"),
        ("set create make new schedule", "cancel delete remove clear erase drop discard rid"),
        ("connect", "disconnect"),
    ),
    "es": (
        (
            "enciende encender encienda activa activar active prende prender",
            "apaga apagar apague desactiva desactivar desactive",
        ),
        (
            "sube subir suba subelo aumenta aumentar aumente mas alto fuerte maximo anade anadir",
            "baja bajar baje bajalo reduce reducir menos bajo minimo quita quitar atenua",
        ),
        (
            "empieza inicia iniciar reanuda reanudar continua continuar sigue",
            "para parar pausa pausar deten detener termina cancela cancelar",
        ),
        ("abre abrir abra", "cierra cerrar cierre"),
        ("bloquea bloquear", "desbloquea desbloquear"),
        ("silencia silenciar silencio mutea", "desmutea"),
        ("siguiente proxima proximo adelante", "anterior atras ultima ultimo"),
        ("crea crear nueva nuevo", "borra borrar elimina eliminar cancela cancelar quita quitar"),
        ("conecta conectar", "desconecta desconectar"),
    ),
}
_NEGATIONS = {
    "en": frozenset("not never without no dont except but until unless".split()),
    "es": frozenset("no nunca sin excepto menos salvo hasta pero".split()),
}


_TOO = {"en": frozenset({"too"}), "es": frozenset({"demasiado", "tan"})}


def _ways(pairs: Sequence[tuple[str, str]]) -> dict[str, set[tuple[int, int]]]:
    """For each word the pairs that it is of, and which way it goes."""
    found: dict[str, set[tuple[int, int]]] = {}
    for number, pair in enumerate(pairs):
        for side, words in enumerate(pair):
            for word in words.split():
                found.setdefault(word, set()).add((number, side))
    return found


_WAYS = {language: _ways(pairs) for language, pairs in _PAIRS.items()}


def one_way(said: Sequence[str], other: Sequence[str], language: str, but: frozenset[str]) -> bool:
    """Whether another sentence has each way that a sentence says of something. but: words that
    are none here."""
    return _meant([word for word in said if word not in but], language) <= _meant(other, language)


def negated(words: Sequence[str], language: str) -> bool:
    """Whether something in a sentence says that less, or the contrary, is wanted."""
    return not _NEGATIONS.get(language, frozenset()).isdisjoint(words)


def contrary(one: Sequence[str], other: Sequence[str], language: str) -> bool:
    """Whether one sentence says one way of something, and the other sentence the other way."""
    here, there = _meant(one, language), _meant(other, language)
    return any(
        (number, 1 - side) in there and (number, 1 - side) not in here
        for number, side in here - there
    )


def _meant(words: Sequence[str], language: str) -> set[tuple[int, int]]:
    """The pairs that words are of, and which way they go: what is "too loud" is to be quieter."""
    table, turns = _WAYS.get(language, {}), _TOO.get(language, frozenset())
    return {
        (number, 1 - side if at and words[at - 1] in turns else side)
        for at, word in enumerate(words)
        for number, side in table.get(word, ())
    }
