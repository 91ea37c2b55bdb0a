"""A turn of the trace in words: what it was taken for, who answered, why, and what that cost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assistant.origins import told
from assistant.types import Origin, Span, TurnTrace

_TEXTS = {
    "en": {
        "said": "You said: {text}",
        "function": "I took it for the function {function} ({stage}, {score:.0%} sure): {reason}.",
        "several": "I took it for several commands: {functions}.",
        "choice": "It could mean {functions}, so I asked.",
        "question": "It is no function of this device ({reason}), so it was an open question.",
        "unheard": "Nothing was done: {reason}.",
        "kind": "It asks for {kind}.",
        "right": "At such questions it had {right} right when it was measured.",
        "expected": "Such an answer takes {seconds:.1f} s here{joules}, as measured.",
        "expected joules": " and {joules:.1f} joules",
        "phrased": "The language model {model} was to put it into words.",
        "read out": "It did not keep to the text, so I read that out instead.",
        "marked": "So I said beforehand that it may be wrong.",
        "called": "It was asked {rounds} times which functions to call, and named {calls}, in"
        " {seconds:.2f} s.",
        "spent": "It read {prompt} tokens, {cached} of them known already, and wrote {tokens} in"
        " {seconds:.2f} s{end}.",
        "enough": ", then stopped, because that is enough to listen to",
        "length": ", up to its limit",
        "loop": ", then stopped, because it repeated itself",
        "loaded": "The model had to be loaded first.",
        "joules": "That used {joules:.1f} joules.",
        "estimated": "That used some {joules:.1f} joules, by an estimate.",
        "no joules": "What energy it took was not measured.",
        "first": "The first sound came {first:.2f} s after you had finished.",
        "error": "It failed: {error}",
        "cancelled": "It was cancelled.",
    },
    "es": {
        "said": "Dijiste: {text}",
        "function": "Lo tomé por la función {function} ({stage}, {score:.0%} seguro): {reason}.",
        "several": "Lo tomé por varias órdenes: {functions}.",
        "choice": "Podía ser {functions}, así que pregunté.",
        "question": "No es una función de este aparato ({reason}): era una pregunta abierta.",
        "unheard": "No se hizo nada: {reason}.",
        "kind": "Pide {kind}.",
        "right": "De esas preguntas acertó {right} cuando se midió.",
        "expected": "Una respuesta así cuesta aquí {seconds:.1f} s{joules}, según se midió.",
        "expected joules": " y {joules:.1f} julios",
        "phrased": "El modelo de lenguaje {model} debía decirlo con sus palabras.",
        "read out": "No se atuvo al texto, así que lo leí tal cual.",
        "marked": "Por eso dije antes que puede ser falso.",
        "called": "Se le preguntó {rounds} veces qué funciones llamar, y nombró {calls}, en"
        " {seconds:.2f} s.",
        "spent": "Leyó {prompt} fichas, {cached} ya conocidas, y escribió {tokens} en"
        " {seconds:.2f} s{end}.",
        "enough": ", y paró, porque basta para escucharlo",
        "length": ", hasta su límite",
        "loop": ", y paró, porque se repetía",
        "loaded": "Antes hubo que cargar el modelo.",
        "joules": "Gastó {joules:.1f} julios.",
        "estimated": "Gastó unos {joules:.1f} julios, según una estimación.",
        "no joules": "No se midió cuánta energía gastó.",
        "first": "El primer sonido llegó {first:.2f} s después de que acabaras.",
        "error": "Falló: {error}",
        "cancelled": "Se canceló.",
    },
}
_KINDS = {
    "en": {"fact": "a fact", "explain": "an explanation", "count": "a calculation",
           "make": "a text", "talk": "company"},
    "es": {"fact": "un dato", "explain": "una explicación", "count": "una cuenta",
           "make": "un texto", "talk": "compañía"},
}  # fmt: skip

_IN_SPANISH = (
    ("no function fits, and open questions are turned off",
     "no encaja ninguna función, y las preguntas abiertas están desactivadas"),
    ("no function fits", "no encaja ninguna función"),
    ("a question, but nobody called", "era una pregunta, pero nadie me llamó"),
    ("with talk around it", "con palabras alrededor"),
    ("which fits the sound by", "que encaja con el sonido en"),
    ("what was heard", "lo que se oyó"),
    ("which nothing here can do", "que aquí nada puede hacer"),
    ("no words", "no había palabras"),
    ("a single letter", "una sola letra"),
    ("later: ", "más tarde: "),
    ("nearest ", "lo más parecido es "),
    ("fits ", "encaja con "),
    (" and “", " y “"),
    (" commands", " órdenes"),
)  # fmt: skip
"""The understanding gives its reasons in English, for the trace; these are its words."""


def reasons(trace: TurnTrace, language: str) -> list[str]:
    """Sentences, in the order in which it happened."""
    texts = _TEXTS.get(language, _TEXTS["en"])
    made = [texts["said"].format(text=trace.transcript)] if trace.transcript else []
    if trace.kind != "announcement":
        made += _meant(trace.route, texts, language)
    spans = {span.stage: span for span in trace.spans}
    if (direct := spans.get("direct")) is not None and "by" in direct.detail:
        made += _answered(direct.detail, language, texts)
    if (think := spans.get("think")) is not None:
        made += _cost(think, texts)
    if think is not None or trace.energy:
        made.append(_energy(trace.energy, texts))
    if trace.first_audio_seconds is not None:
        made.append(texts["first"].format(first=trace.first_audio_seconds))
    if trace.outcome == "cancelled":
        made.append(texts["cancelled"])
    if trace.error:
        made.append(texts["error"].format(error=trace.error))
    return made


def _meant(route: Mapping[str, Any], texts: Mapping[str, str], language: str) -> list[str]:
    reason = str(route.get("reason", "")).rstrip(".")
    for english, spanish in _IN_SPANISH if language == "es" else ():
        reason = reason.replace(english, spanish)
    parts = route.get("parts") or route.get("options") or []
    functions = ", ".join(str(part.get("function", "?")) for part in parts)
    values = {
        "function": route.get("function", "?"),
        "stage": route.get("stage", "?"),
        "score": route.get("score", 0.0),
        "reason": reason or "?",
        "functions": functions,
    }
    template = texts.get(str(route.get("kind", "")))
    return [template.format(**values)] if template else []


def _answered(detail: Mapping[str, Any], language: str, texts: Mapping[str, str]) -> list[str]:
    origin = Origin(detail["by"], str(detail.get("what", "")), str(detail.get("why", "")))
    made = []
    if kind := _KINDS.get(language, _KINDS["en"]).get(str(detail.get("kind", ""))):
        made.append(texts["kind"].format(kind=kind))
    made.append(told(origin, language))
    if "right" in detail:
        of = " de " if language == "es" else " of "
        made.append(texts["right"].format(right=str(detail["right"]).replace(" of ", of)))
    if "phrased" in detail:
        made.append(texts["phrased"].format(model=detail["phrased"]))
    if "expected_seconds" in detail:
        joules = detail.get("expected_joules")
        more = texts["expected joules"].format(joules=joules) if joules is not None else ""
        made.append(texts["expected"].format(seconds=detail["expected_seconds"], joules=more))
    if detail.get("marked"):
        made.append(texts["marked"])
    return made


def _cost(think: Span, texts: Mapping[str, str]) -> list[str]:
    detail = think.detail
    made = [texts["read out"]] if detail.get("kept_to_the_text") is False else []
    made += [texts["loaded"]] if detail.get("loaded") else []
    if "calls" in detail:
        rounds, seconds = detail.get("rounds", "?"), detail.get("choosing_seconds", 0.0)
        told = {"rounds": rounds, "calls": detail["calls"], "seconds": seconds}
        made.append(texts["called"].format(**told))
        if "tokens" not in detail:
            return made
    made.append(
        texts["spent"].format(
            prompt=detail.get("prompt_tokens", "?"),
            cached=detail.get("cached_tokens", "?"),
            tokens=detail.get("tokens", "?"),
            seconds=think.seconds,
            end=texts.get(str(detail.get("ended_by", "")), ""),
        )
    )
    return made


def _energy(energy: Mapping[str, Any], texts: Mapping[str, str]) -> str:
    """Of the whole turn, as the meter's ledger has it."""
    if "joules" not in energy:
        return texts["no joules"]
    return texts["estimated" if energy.get("estimated") else "joules"].format(
        joules=energy["joules"]
    )
