"""A user's file of sentences: what is taken in, and how what is wrong is told."""

import pytest

from assistant import config
from assistant.types import Intent
from tests.handlers.conftest import Device

LIGHTS = """
language: en
intents:
  LightColor:
    response: "The {area} turns {color}."
    data:
      - sentences:
          - "(make|turn) [the] {area} [lamp[s]] {color}"
          - "<party> in [the] {area}"
        slots: {scene: party}
      - sentences: ["dim [the] {area} to {level}[%| percent]"]
lists:
  area: {values: [kitchen, living room, {in: "(bath|rest)room", out: bathroom}]}
  color:
    values: ["red", {in: "(turquoise|teal)", out: 7}]
  level: {range: {from: 0, to: 100}}
expansion_rules:
  party: "(party [time]|let us dance)"
"""


@pytest.fixture
def own(home):
    """Write files of sentences, and load everything."""
    folder = home / "config" / "sentences"

    def make(*overrides, **files):
        for name, text in files.items():
            path = folder / f"{name.replace('__', '/')}.yaml"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return Device(config.load(["language=auto", *overrides]).config)

    return make


def slots(device, text, language="en"):
    route = device.cascade.route(text, language)
    assert isinstance(route, Intent), f"{text!r} is not understood"
    return dict(route.slots)


def test_a_file_is_enough_to_be_understood(own):
    device = own(lights=LIGHTS)
    assert device.functions.problems == []
    route = device.cascade.route("Make the living-room lamps red, please.", "en")
    assert (route.function, route.stage) == ("LightColor", "templates")
    assert route.slots == {"area": "living room", "color": "red", "scene": "party"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("turn the restroom teal", {"area": "bathroom", "color": 7, "scene": "party"}),
        ("party time in the kitchen", {"area": "kitchen", "scene": "party"}),
        ("let us dance in the kitchen", {"area": "kitchen", "scene": "party"}),
        ("dim the kitchen to fifty percent", {"area": "kitchen", "level": 50}),
        ("dim kitchen to 50%", {"area": "kitchen", "level": 50}),
        ("dim kitchen to 50", {"area": "kitchen", "level": 50}),
    ],
)
def test_lists_ranges_rules_and_assumed_slots(own, text, expected):
    assert slots(own(lights=LIGHTS), text) == expected


def test_a_number_out_of_its_range_does_not_fit(own):
    device = own(lights=LIGHTS)
    assert not isinstance(device.cascade.route("dim the kitchen to 101 percent", "en"), Intent)


def test_it_answers_with_its_response_or_shortly(own):
    device = own(lights=LIGHTS)
    assert device.say("turn the living room red") == "The living room turns red."
    silent = LIGHTS.replace('    response: "The {area} turns {color}."\n', "")
    assert own(lights=silent).say("turn the kitchen red") == "Okay."


def test_what_was_said_is_never_a_format(own):
    note = """
language: en
intents:
  Note: {response: "Noted {text}.", data: [{sentences: ["note {text}"]}]}
lists: {text: {wildcard: true}}
"""
    device = own(note=note)
    route = Intent("Note", {"text": "{text.__class__} {0}"}, "test", 1.0, "")
    assert device.functions.act(route, "", "en").text == "Noted {text.__class__} {0}."


def test_files_of_a_language_share_lists_and_rules(own):
    first = "language: en\nintents: {Feed: {data: [{sentences: ['<feed> {pet}']}]}}\n"
    second = "language: en\nlists: {pet: {values: [cat]}}\nexpansion_rules: {feed: '[please] feed'}"
    device = own(en__a=first, en__b=second)
    assert device.functions.problems == []
    assert slots(device, "feed cat") == {"pet": "cat"}


def test_an_intent_may_have_a_file_in_each_language(own):
    english = "language: en\nintents: {Feed: {response: Fed., data: [{sentences: [feed the cat]}]}}"
    spanish = "language: es\nintents: {Feed: {response: Ya., data: [{sentences: ['da de comer']}]}}"
    device = own(a=english, b=spanish)
    assert device.functions.problems == []
    assert (device.say("feed the cat"), device.say("da de comer", "es")) == ("Fed.", "Ya.")


def test_skip_words_may_stand_anywhere(own):
    device = own(lights=LIGHTS + "skip_words: [kindly, for heaven's sake]\n")
    assert slots(device, "kindly turn the kitchen for heaven's sake red")["color"] == "red"


def test_a_slot_may_have_another_name_than_its_list(own):
    text = """
language: en
intents:
  Move: {data: [{sentences: ["move {place:from} to {place:to}", "wait {0..9:hours} hours"]}]}
lists: {place: {values: [home, work]}}
"""
    device = own(move=text)
    assert slots(device, "move home to work") == {"from": "home", "to": "work"}
    assert slots(device, "wait three hours") == {"hours": 3}


def test_context_is_told_to_be_unknown_and_the_sentences_are_kept(own):
    needs = LIGHTS.replace("        slots: {scene: party}", "        requires_context: {area: x}")
    device = own(lights=needs)
    [told] = device.functions.problems
    assert "lights.yaml: LightColor asks for a context" in told
    assert slots(device, "turn the kitchen red")["color"] == "red"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("language: en\nintents: {", "not valid YAML"),
        (f"language: !{'x' * 9000} en", "x… (line 1)."),
        ("- a\n- list", "Expected `object`"),
        ("", "Expected `object`"),
        ("intents: {}", "language"),
        (LIGHTS.replace('"red"', "on"), "quote words"),
        (LIGHTS.replace("{color}", "{colour}"), "{colour}"),
        (LIGHTS.replace("<party>", "<fiesta>"), "<fiesta>, which is not defined"),
        (LIGHTS.replace("(party", "(<party>"), "uses itself"),
        (LIGHTS.replace("(make|turn)", "(make|turn"), "not well formed"),
        (LIGHTS.replace("to: 100", "to: -1"), "empty range"),
        (LIGHTS.replace("(turquoise|teal)", "teal <tone>"), "<tone>, which is not defined"),
        (LIGHTS.replace("(turquoise|teal)", "{area} teal"), "may not hold another list"),
        (LIGHTS.replace("(turquoise|teal)", "(teal"), "not well formed"),
        (
            LIGHTS.replace(
                'values: [kitchen, living room, {in: "(bath|rest)room", out: bathroom}]',
                "values: []",
            ),
            "has no value",
        ),
        (LIGHTS.replace("to: 100", "to: 100, multiplier: 2"), "not supported"),
        (LIGHTS.replace("{range: {from: 0, to: 100}}", "{}"), "needs values"),
        (LIGHTS.replace("turns {color}", "turns {size}"), "no sentence fills"),
        (LIGHTS.replace("turns {color}", "turns {color.x}"), "fields only"),
        (LIGHTS.replace("turns {color}", "turns {{ color }}"), "fields only"),
    ],
)
def test_what_cannot_be_used_is_told_and_left_out(own, text, problem):
    device = own(lights=text)
    [told] = device.functions.problems
    assert "lights.yaml" in told
    assert problem in told
    assert device.say("hello").startswith("Hello")


def test_one_bad_intent_does_not_cost_the_others(own):
    text = LIGHTS.replace("intents:\n", "intents:\n  Bad: {data: [{sentences: ['{nothing}']}]}\n")
    device = own(lights=text)
    assert len(device.functions.problems) == 1
    assert slots(device, "turn the kitchen red")["color"] == "red"


def test_a_file_that_is_no_text_is_told(own, home):
    own(lights=LIGHTS)
    (home / "config" / "sentences" / "broken.yml").write_bytes(b"\xff\xfe\x00")
    problems = own().functions.problems
    assert len(problems) == 1
    assert "broken.yml" in problems[0]


def test_the_folder_is_a_setting(own, tmp_path):
    (tmp_path / "x.yaml").write_text(LIGHTS)
    device = own(f'functions.sentences="{tmp_path}"')
    assert slots(device, "turn the kitchen red")["color"] == "red"
    assert own('functions.disabled=["sentences"]', lights=LIGHTS).functions.problems == []
    assert "there is no folder" in own('functions.sentences="/nowhere"').functions.problems[0]


@pytest.mark.parametrize(
    "template",
    ["a|b", "", " ", "[please]", "()", "50% [of] {level}%", "what('s| is) up", "caf\u00e9 \u00bd",
     "(one;two;three) go", "light[s] on", "x[y]z", "{0..9:n}", "don't (can't|won't)",
     "twenty (one|two)", "\\(odd\\)", "a - b", "-5 degrees", "\u00bfqu\u00e9?", "1,000.5 {level}"],
)  # fmt: skip
def test_an_odd_template_never_ends_the_program(own, template):
    text = f"""
language: en
intents: {{Odd: {{data: [{{sentences: [{template!r}]}}]}}}}
lists: {{level: {{range: {{from: 0, to: 9}}}}}}
"""
    device = own(odd=text.replace("\\\\", "\\"))
    for said in ["what is up", "fifty percent of three", "nothing of the kind", "lights on"]:
        device.cascade.route(said, "en")
        device.cascade.completeness(said, "en")
        device.cascade.candidates(said, "en")
    assert device.say("hello").startswith("Hello")
