"""Where an answer came from, in words: for "how do you know that?" and `assistant why`."""

from __future__ import annotations

from assistant.types import Origin

_MODEL = {
    "en": "I asked nobody: the language model {what} made it up from what it learned, so it may be"
    " wrong",
    "es": "No lo he consultado: el modelo de lenguaje {what} lo ha compuesto de lo que aprendió,"
    " así que puede ser falso",
}
_BY = {
    "en": {
        "memory": "You told me so yourself",
        "documents": "I read it in {what}",
        "functions": "I asked the functions of this device ({what})",
        "model": _MODEL["en"],
        "nobody": "I did not answer, because nothing here knows it",
    },
    "es": {
        "memory": "Me lo dijiste tú",
        "documents": "Lo he leído en {what}",
        "functions": "Se lo pregunté a las funciones de este aparato ({what})",
        "model": _MODEL["es"],
        "nobody": "No he contestado, porque aquí nada lo sabe",
    },
}
_WHY = {
    "en": {
        "none": "there is no language model",
        "language": "no language model here speaks that language",
        "memory": "there was no room in memory for a model that could",
        "hopeless": "the models here are mostly wrong at that kind of question",
        "unsure": "no model here is known to be right at that kind of question, and the settings"
        " want no guesses",
        "own memory is off": "it is in no document, and the settings want nothing else",
        "the models rest": "the language models rest, to save power or memory",
        "only": "it is the only model for it",
        "cheapest": "of the models that are good enough at it, it costs least",
        "best": "none of the models is good at it, and it is the best of them",
        "unmeasured": "it is the model of the settings, and no other was measured",
        "on": "it went on with what it had said",
    },
    "es": {
        "none": "no hay ningún modelo de lenguaje",
        "language": "ningún modelo de aquí habla ese idioma",
        "memory": "no había memoria libre para un modelo que pudiera",
        "hopeless": "los modelos de aquí casi siempre se equivocan en ese tipo de preguntas",
        "unsure": "de ningún modelo de aquí se sabe que acierte en ese tipo de preguntas, y los"
        " ajustes no quieren conjeturas",
        "own memory is off": "no está en ningún documento, y los ajustes no quieren otra cosa",
        "the models rest": "los modelos de lenguaje descansan, para ahorrar energía o memoria",
        "only": "es el único modelo para eso",
        "cheapest": "de los modelos que lo hacen bastante bien, es el que menos cuesta",
        "best": "ningún modelo lo hace bien, y este es el mejor",
        "unmeasured": "es el modelo de los ajustes, y no se ha medido ningún otro",
        "on": "siguió con lo que había dicho",
    },
}


def told(origin: Origin, language: str, *, why: bool = True) -> str:
    """A sentence. why: with the reason why it was this one."""
    table = _BY.get(language, _BY["en"])
    text = table[origin.by].format(what=origin.what)
    reason = _WHY.get(language, _WHY["en"]).get(origin.why, "")
    return f"{text}; {reason}." if why and reason else f"{text}."
