import pytest


def test_help_gives_an_example_of_each_family_that_works(device):
    text = device.say("what can you do")
    assert text.startswith("You can say, for example: what time is it")
    assert "set a timer for ten minutes" in text
    assert "battery" not in text
    assert "pon un temporizador de diez minutos" in device.say("qué puedes hacer", "es")


def test_help_by_topic(device):
    text = device.say("what can you do with timers")
    assert text.endswith(
        ": set a timer for ten minutes, list my timers and how much time is left on the timer."
    )
    assert device.say("ayuda con los temporizadores", "es").startswith("Puedes decir, por ejemplo:")


@pytest.mark.parametrize(("language", "sentence"), [("en", "stop"), ("es", "para")])
def test_stop(device, language, sentence):
    reply = device.ask(sentence, language)
    assert (reply.text, reply.stop_speaking, reply.ok) == ("", True, True)


def test_repeat_says_what_was_last_said_by_anyone(device):
    assert device.say("say that again") == "I have not said anything yet."
    device.say("what year is it")
    assert device.say("repeat that") == "It's twenty twenty-five."
    device.functions.spoken("Paris is the capital of France.")
    assert device.say("what did you say") == "Paris is the capital of France."
    device.say("never mind")
    assert device.say("once more") == "Paris is the capital of France."


@pytest.mark.parametrize(("language", "sentence"), [("en", "never mind"), ("es", "olvídalo")])
def test_never_mind_is_a_silent_success(device, language, sentence):
    reply = device.ask(sentence, language)
    assert (reply.text, reply.ok, reply.listen_again) == ("", True, False)


def test_courtesy(device):
    assert device.say("thanks") == "You're welcome."
    assert device.say("muchas gracias", "es") == "De nada."
    assert device.ask("hello").listen_again


def test_good_night(device):
    assert device.say("night night") == "Good night."
    assert device.say("buenas noches", "es") == "Buenas noches."
    assert not device.ask("good night").listen_again


def test_coins_and_dice(device):
    assert {device.say("flip a coin") for _ in range(100)} == {"Heads.", "Tails."}
    assert device.say("cara o cruz", "es") in {"Cara.", "Cruz."}
    numbers = {"One.", "Two.", "Three.", "Four.", "Five.", "Six."}
    assert {device.say("roll a dice") for _ in range(20)} <= numbers
    assert device.say("roll two dice").count(":") == 1
