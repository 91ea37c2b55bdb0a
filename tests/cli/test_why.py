"""`assistant why`: a turn of the trace in words."""

from dataclasses import replace

import pytest

from assistant import config
from assistant.trace import TraceLog
from assistant.types import Span, TurnTrace

DIRECT = Span("direct", 0.0, 0.001, {"by": "model", "what": "smollm2", "why": "only",
                                     "kind": "explain", "right": "9 of 20"})  # fmt: skip
THINK = Span("think", 0.0, 1.25, {"prompt_tokens": 40, "cached_tokens": 33, "tokens": 21,
                                  "ended_by": "enough"})  # fmt: skip
QUESTION = TurnTrace(
    "1", "2025-11-22T17:00:00+00:00", "text", "answered", "en", (DIRECT, THINK),
    {"kind": "question", "reason": "no function fits"}, 0.61, 2.0, 300.0,
    energy={"meter": "rapl", "estimated": False, "joules": 3.5},
)  # fmt: skip
FUNCTION = replace(
    QUESTION,
    spans=(),
    energy={},
    route={"kind": "function", "function": "clock.time", "stage": "templates", "score": 1.0,
           "reason": "fits “what time is it”"},
)  # fmt: skip


@pytest.fixture
def turns(home):
    def write(*traces, keep=False):
        overrides = ["trace.transcripts=true"] if keep else []
        log = TraceLog(config.load(overrides).config.trace)
        for trace in traces:
            log.write(trace)

    return write


def test_a_question_a_model_answered(cli, turns):
    turns(FUNCTION, QUESTION)
    done = cli("why")
    assert done.code == 0
    for part in ("open question", "an explanation", "smollm2", "the only model", "9 of 20",
                 "40 tokens, 33 of them", "enough to listen to", "3.5 joules",
                 "0.61 s"):  # fmt: skip
        assert part in done.out


def test_an_earlier_turn_was_a_function(cli, turns):
    turns(FUNCTION, QUESTION)
    out = cli("why", 2).out
    assert "function clock.time (templates, 100% sure): fits “what time is it”." in out
    assert "joules" not in out


def test_without_a_meter_it_says_so(cli, turns):
    turns(replace(QUESTION, energy={}))
    assert "was not measured" in cli("why").out


def test_an_estimate_is_called_one(cli, turns):
    turns(replace(FUNCTION, energy={"meter": "estimate", "estimated": True, "joules": 0.25}))
    assert "some 0.2 joules, by an estimate" in cli("why").out


def test_in_the_language_of_the_turn_or_another(cli, turns):
    turns(replace(QUESTION, language="es"))
    assert "pregunta abierta" in cli("why").out
    assert "open question" in cli("why", "--language", "en").out


def test_what_was_said_only_where_it_is_kept(cli, turns):
    turns(replace(QUESTION, transcript="why is the sky {blue}"))
    assert "sky" not in cli("why").out
    turns(replace(QUESTION, transcript="why is the sky {blue}"), keep=True)
    assert "You said: why is the sky {blue}" in cli("why").out


def test_what_went_wrong(cli, turns):
    turns(replace(QUESTION, spans=(), outcome="failed", error="No such model."))
    assert "It failed: No such model." in cli("why").out


def answered(**detail):
    """A question, and who answered it."""
    return replace(QUESTION, spans=(Span("direct", 0.0, 0.001, detail),), energy={})


DECISIONS = {
    "documents": ({"by": "documents", "what": "the car manual"}, "I read it in the car manual",
                  "Lo he leído en the car manual"),
    "told": ({"by": "memory", "what": ""}, "You told me so", "Me lo dijiste tú"),
    "functions": ({"by": "functions", "what": "qwen"}, "functions of this device (qwen)",
                  "funciones de este aparato (qwen)"),
    "small": ({"by": "model", "what": "small", "why": "cheapest"}, "it costs least",
              "el que menos cuesta"),
    "larger": ({"by": "model", "what": "larger", "why": "best"}, "it is the best of them",
               "este es el mejor"),
    "marked": ({"by": "model", "what": "small", "why": "only", "right": "30 of 51", "marked": True},
               "30 of 51 right when it was measured.\nSo I said beforehand",
               "acertó 30 de 51 cuando se midió.\nPor eso dije antes"),
    "costs": ({"by": "model", "what": "small", "why": "cheapest", "expected_seconds": 1.24,
               "expected_joules": 7.5}, "takes 1.2 s here and 7.5 joules, as measured",
              "cuesta aquí 1.2 s y 7.5 julios, según se midió"),
    "phrased": ({"by": "documents", "what": "the manual", "phrased": "large"},
                "model large was to put it into words", "El modelo de lenguaje large debía"),
    "time": ({"by": "model", "what": "small", "why": "cheapest", "expected_seconds": 1.24},
             "takes 1.2 s here, as measured", "cuesta aquí 1.2 s, según se midió"),
    "hopeless": ({"by": "nobody", "what": "", "why": "hopeless"}, "mostly wrong",
                 "casi siempre se equivocan"),
    "unsure": ({"by": "nobody", "what": "", "why": "unsure"}, "want no guesses",
               "no quieren conjeturas"),
    "language": ({"by": "nobody", "what": "", "why": "language"}, "speaks that language",
                 "habla ese idioma"),
    "memory": ({"by": "nobody", "what": "", "why": "memory"}, "no room in memory",
               "no había memoria libre"),
    "rest": ({"by": "nobody", "why": "the models rest"}, "the language models rest", "descansan"),
    "off": ({"by": "nobody", "why": "own memory is off"}, "it is in no document",
            "no está en ningún documento"),
}  # fmt: skip


@pytest.mark.parametrize("decision", DECISIONS)
def test_every_kind_of_decision_in_both_languages(cli, turns, decision):
    detail, english, spanish = DECISIONS[decision]
    turns(answered(**detail))
    assert english in cli("why").out
    told = cli("why", "--language", "es").out
    assert spanish in told
    assert "no encaja ninguna función" in told and " of " not in told


def test_functions_that_a_model_had_called(cli, turns):
    """What it cost to choose; where no answer was written there are no tokens to tell of."""
    chose = Span("think", 0.0, 2.5, {"calls": 2, "rounds": 2, "choosing_seconds": 2.5})
    direct = Span("direct", 0.0, 0.001, {"by": "functions", "what": "qwen"})
    turns(replace(QUESTION, spans=(direct, chose)))
    out = cli("why").out
    assert "asked 2 times which functions to call, and named 2, in 2.50 s" in out
    assert "?" not in out


def test_a_model_that_did_not_keep_to_the_text(cli, turns):
    direct = Span("direct", 0.0, 0.001, {"by": "documents", "what": "the manual", "phrased": "m"})
    for kept in (True, False):
        think = replace(THINK, detail={**THINK.detail, "kept_to_the_text": kept})
        turns(replace(QUESTION, spans=(direct, think)))
        assert ("did not keep to the text" in cli("why").out) == (not kept)
        assert ("No se atuvo al texto" in cli("why", "--language", "es").out) == (not kept)


def test_more_turns_than_there_are(cli, turns):
    assert cli("why").code == 3
    turns(QUESTION)
    done = cli("why", 5)
    assert done.code == 3
    assert "only 1 turns" in done.err
