import datetime as dt
from typing import Annotated, ClassVar, Literal

import pytest

from assistant import config, handlers
from assistant.errors import ConfigError, FunctionError
from assistant.handlers import Family, Request, function
from assistant.handlers.contract import check, functions_of, required
from tests.handlers.conftest import NOW

D = dt.timedelta


def request(language="en", **more):
    return Request("text", language, NOW, **more)


class Lamps(Family):
    name = "lamps"
    rules: ClassVar = {"en": {"lamp": "(lamp|light)"}}

    @function(en=["dim the <lamp> to {level} [in {length}]"], help={"en": "dim the lamp"})
    def dim(self, request: Request, level: int, length: D | None = None) -> str:
        return f"{level}"

    @function(en=["call it {name}", "make it {state}"])
    def call(
        self,
        request: Request,
        name: Annotated[str, 3] = "",
        state: Literal["on", "off"] = "on",
        at: dt.time | None = None,
    ) -> None: ...

    def not_a_function(self) -> None: ...


def test_marked_methods_are_found_in_order_with_their_slots():
    dim, call = functions_of(Lamps(), lamps := Lamps())
    assert (dim.name, call.name) == ("lamps.dim", "lamps.call")
    assert dim.slots == {"level": int, "length": D}
    assert call.slots == {
        "name": Annotated[str, 3],
        "state": Literal["on", "off"],
        "at": dt.time,
    }
    assert dim.help == {"en": "dim the lamp"}
    assert dim.family is lamps
    assert dim.call(request(), level=5) == "5"


def family(sentence, make):
    return type("Bad", (Family,), {"name": "bad", "go": function(en=[sentence])(make)})()


def no_request() -> None: ...
def untyped(self, request, what): ...
def list_slot(self, request: Request, what: list): ...
def number(self, request: Request, n: int): ...
def plain(self, request: Request): ...


@pytest.mark.parametrize(
    ("sentence", "make", "problem"),
    [
        ("go {what}", untyped, "annotate what"),
        ("go {what}", list_slot, "annotate what"),
        ("go {m}", number, r"has \{m\}, which is not a parameter"),
        ("go", number, r"lacks \{n\}, which has no default"),
        ("go (now", plain, "not well formed"),
        ("", plain, "not well formed"),
        ("go <fast>", plain, "has <fast>, which is not defined"),
        ("go {n:m}", number, "not a parameter"),
    ],
)
def test_what_cannot_be_used_is_told(sentence, make, problem):
    bad = family(sentence, make)
    with pytest.raises(ConfigError, match=problem):
        list(functions_of(bad, bad))


def test_every_function_of_ours_is_well_formed(tmp_path):
    """They are not looked at again when the program starts."""
    functions = handlers.load(config.load().config, data=tmp_path)
    made = [f for f in functions if not f.name.endswith(".topic")]
    assert len(made) > 200
    for each in made:
        check(each, required(each.call))


def test_a_function_without_sentences_is_told():
    bad = type("Bad", (Family,), {"name": "bad", "go": function()(plain)})()
    with pytest.raises(ConfigError, match=r"bad\.go has no sentence"):
        list(functions_of(bad, bad))


def test_say_puts_values_in_words():
    reply = request().say("{length} from {time}.", length=D(seconds=10), time=dt.time(7, 5))
    assert reply.text == "Ten seconds from seven oh five."
    spanish = request("es").say(
        "x", "{length} desde {time}.", length=D(seconds=10), time=dt.time(7)
    )
    assert spanish.text == "Diez segundos desde las siete."
    assert spanish.language == "es"


def test_say_falls_back_to_english():
    assert request("es").say("Heads.").text == "Heads."
    assert request("de").say("Heads.", "Cara.").text == "Heads."


@pytest.mark.parametrize("value", ["{0}", "{request.now}", "{", "%s", "}{"])
def test_braces_in_a_value_are_plain_text(value):
    assert request().say("I heard {it}.", it=value).text == f"I heard {value}."


def test_error_is_spoken_in_the_language_of_the_request():
    error = request("es").error("No {n}.", "Ningún {n}.", n=2)
    assert isinstance(error, FunctionError)
    assert error.speech("es") == "Ningún dos."
