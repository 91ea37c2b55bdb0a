"""Talk about the talk: help, stop, repeat, never mind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import ClassVar, Protocol

from assistant.handlers.chance import Chance
from assistant.handlers.contract import ByLanguage, Family, Function, Request, function
from assistant.handlers.courtesy import COURTESY, Courtesy
from assistant.types import Reply

_EXAMPLES = 3  # as many as are easily remembered
_FAMILIES = 6  # the first that work here; of thirty one would listen for a minute
_ABOUT_US = ("conversation", "speech")


class Loaded(Protocol):
    """What help is about: the registry."""

    families: list[Family]

    def of(self, family: Family) -> Iterable[Function]: ...


class Talk(Courtesy, Chance):
    name = "talk"
    rules: ClassVar[Mapping[str, ByLanguage]] = {
        "en": {
            **COURTESY,
            "a_while": "(for (a while|a bit|now|a moment|a minute|some time|the moment)|anymore"
            "|any more|until (i say so|i tell you|further notice|later))",
        }
    }

    def __init__(self, loaded: Loaded) -> None:
        self._loaded = loaded

    @function(
        en=[
            "help [me]",
            "what can (you|i) (do|say|ask|ask you) [for me]",
            "what (are you able to do|do you do|do you know|can you help [me] with|can i ask you)",
            "what (are|can be) (your|the) (commands|functions|skills|features|capabilities)",
            "(how do you work|how does this work|how do i use you|how can you help|how can you"
            " help me)",
            "(list|show me|tell me) [(all|all of)] (your|the) (commands|functions|skills)",
            "(tell me|show me) what you can do",
            "what [(kind|kinds|sort|sorts) of] (things|commands|stuff) can (you|i) (do|say|ask"
            "|use)",
            "i need help",
            "what else can you do",
            "(what|tell me what|show me what) (am i allowed to|may i|can i|could i|should i) (ask"
            "|ask you|say|say to you|tell you) [to do]",
            "what are you (capable of|able to do|good at|good for) [(doing|answering|doing and"
            " answering|helping with)]",
            "(what|which) (types|kinds|sorts|type|kind|sort) of (questions|things|commands|stuff"
            "|requests) (can|do|could) (i|you) (ask|ask you|do|answer|say|handle|understand)",
            "(what|which) (questions|things|topics|subjects|commands) (can|do) (i|you) (ask|ask you"
            "|answer|know|know about|understand|tell me about|talk about)",
            "(what are you for|what is your purpose|how can i use you|what do you help with)",
            "what (categories|categories of questions|topics|subjects|questions|kinds of"
            " (questions|things|subjects|info"
            "|information|topics)|kind of (questions|things|info|information)|sorts of (questions"
            "|things))"
            " (can you answer|do you know [about]|are you familiar with|do you understand|can i"
            " ask you"
            " [about]|can i ask the (ai|assistant))",
            "(tell me what|what) (i can|can i) ask the (ai|assistant|computer|device)",
            "can (i ask you|you answer) all [(different)] (types|kinds|sorts) of questions",
        ],
        es=[
            "(ayuda|ayúdame|socorro|necesito ayuda)",
            "qué cosas (sabes|puedes) hacer",
            "qué (cosas|preguntas|órdenes|comandos) (puedo|te puedo|puedes) (decir|decirte|hacer"
            "|hacerte|pedir|pedirte|entender|responder)",
            "(cuáles son tus capacidades|para qué (vales|estás)|con qué me puedes ayudar)",
            "qué (puedes|sabes|eres capaz de) hacer [por mí]",
            "qué (más) (puedes|sabes) hacer",
            "(qué te puedo|qué puedo) (decir|decirte|preguntar|preguntarte|pedir|pedirte|hacer)",
            "en qué (puedes|me puedes) ayudar [me]",
            "en qué puedes ayudarme",
            "cómo (funcionas|funciona esto|te uso)",
            "(cuáles son|dime|lista) (tus|los) (comandos|funciones|habilidades|órdenes)",
            "(dime|cuéntame|enséñame) [lo] qué (puedes|sabes) hacer",
            "para qué sirves",
        ],
        help={"en": "what can you do", "es": "qué puedes hacer"},
        ahead=True,
    )
    def help(self, request: Request) -> Reply:
        others = [f for f in self._loaded.families if f is not self and f.name not in _ABOUT_US]
        found = (self._examples(family, request.language) for family in others)
        examples = [each[0] for each in found if each]
        first = len(examples) > _FAMILIES
        return request.say(
            "You can say, for example: {examples}." + " Ask about any of it for more." * first,
            "Puedes decir, por ejemplo: {examples}." + " Pregunta por algo para saber más." * first,
            examples=examples[:_FAMILIES],
        )

    @function(
        en=[
            "stop [(it|that|talking|speaking|now|the noise|that noise|the sound|the ringing"
            "|already)]",
            "(be quiet|quiet|shut up|hush|shush|zip it|no more|pause talking|enough|that is"
            " enough|stop it now|be silent)",
            "(okay stop|stop stop|stop stop stop|stop listening|stop reading)",
            "(be|keep|stay|remain) (quiet|silent) [<a_while>]",
            "(stop|quit|cease|end|cut out) (talking|speaking|that talking|making noise"
            "|yapping|chatting) [<a_while>]",
            "do not (talk|speak|respond|answer|reply|say anything|say a word|make (a|any) (sound"
            "|noise))"
            " [(any further|further)] [<a_while>]",
            "(go to sleep|go back to sleep|take a nap|sleep now|no responding|no responses"
            "|no talking|no speaking) [<a_while>]",
            "(make no (noise|sound)|shut it|shut your mouth|shut up <a_while>|zip your lips"
            "|hold your tongue|not a word|hush up)",
            "i do not want to hear (you|you anymore|any more|anything|anything more)",
        ],
        es=[
            "(para|párate|detente|basta|silencio|cállate|calla|para ya|stop|alto|chitón)",
            "(deja de|para de) (hablar|sonar|leer)",
            "(ya está|ya basta|es suficiente|suficiente|ya vale)",
            "(guarda|haz|mantén|quédate en) silencio",
            "(no hables|cállate|no digas nada|no hagas ruido|estate callado|estate callada"
            "|quédate callado|quédate callada) [(más|por ahora|un rato)]",
            "no quiero (oírte|escucharte|oír nada|oír más)",
            "(para|apaga|quita) (eso|ese ruido|el ruido)",
        ],
        help={"en": "stop", "es": "para"},
    )
    def stop(self, request: Request) -> Reply:
        return self._end(request)

    @function(
        en=[
            "(repeat|repeat that|repeat it|repeat please|repeat what you said) [again]",
            "(say|tell me) (that|it) (again|once more|one more time|one more)",
            "(say again|again|once more|one more time|come again)",
            "(what did you say|what was that|what did you just say|i beg your pardon|pardon"
            "|pardon me)",
            "i (did not|could not) (hear|catch|get|understand) (you|that|it|what you said)",
            "(excuse me what|sorry what|what)",
            "[i am sorry] repeat [(the|that|your)] (question|answer|sentence|last part|last thing"
            "|last sentence|last answer|response) [again]",
            "(say|tell me|ask|ask me|read) (the|that|your) (question|answer|sentence|last part"
            "|last thing|last sentence|last answer|response) again",
            "(ask|tell|say to|say it to) me [that] (again|once more|one more time)",
            "what [(question|thing)] did you [just] (ask|say|tell) [me]",
            "(can|could) (that|it) be repeated",
            "(what did you (say|ask|ask me|tell me) again|what was (that|it|the question"
            "|your question|that question|the answer|your answer) again)",
            "(i missed that|i missed it|i missed what you said|come again please|one more time)",
        ],
        es=[
            "(repite|repítelo|repetirlo|repetir|repíteme|repita)"
            " [(eso|lo|la respuesta|lo que has dicho)]",
            "(dilo|dímelo|dime eso) (otra vez|de nuevo|una vez más)",
            "(otra vez|de nuevo|una vez más)",
            "(repite|di|dime|pregúntame) [(la|tu|esa)] (pregunta|respuesta|frase) [(otra vez"
            "|de nuevo)]",
            "(cuál era la pregunta|qué me has preguntado|qué preguntaste|me lo he perdido)",
            "(qué has dicho|qué dijiste|cómo dices|qué decías|cómo|qué|perdón|mande)",
            "no (te he|he) (oído|entendido) [bien]",
            "no te (oí|entendí|escuché) [bien]",
        ],
        help={"en": "say that again", "es": "repítelo"},
        ahead=True,
    )
    def repeat(self, request: Request) -> Reply:
        if not request.last_reply:
            return request.say("I have not said anything yet.", "Todavía no he dicho nada.")
        return Reply(request.last_reply, request.language)

    @function(
        en=[
            "(never mind|nevermind|forget it|forget that|forget about it|cancel|abort)",
            "(abort|scrap) (it|that|this)",
            "(cancel|abort|stop) (the|my|this|that) [(last|current)] (command|request|process"
            "|action)",
            "(i (say|said|repeat|mean)|command) cancel",
            "cancel command",
            "(nothing|it is nothing|no nothing|no|nope|no thanks|no thank you|not now|not you)",
            "(i was not talking to you|i did not mean you|i am not talking to you)",
            "(do not worry|do not bother|ignore that|ignore me|ignore it|leave it)",
            "(drop it|do not do it|do not do that|i changed my mind|no longer needed)",
        ],
        es=[
            "[no] (olvídalo|olvidalo|olvida eso|da igual|no importa|déjalo|dejalo|déjalo estar"
            "|nada)",
            "(cancela|cancelar|cancela [(la|mi|tu)] [última] petición)",
            "olvida [(la|mi)] [última] petición",
            "no (hagas|haga|me hagas) caso",
            "(no|no gracias|no es nada|no era nada|no hace falta|ignóralo)",
            "no (te hablaba a ti|hablo contigo|te hablo a ti|era a ti|hablaba contigo)",
        ],
        help={"en": "never mind", "es": "olvídalo"},
    )
    def never_mind(self, request: Request) -> Reply:
        return self._end(request)

    def topics(self) -> list[Function]:
        """For each family with a topic, the function that helps with it."""
        return [
            Function(
                name=f"{family.name}.topic",
                family=family,
                sentences={
                    "en": [
                        f"what can (you|i) (do|say|ask) (with|about|for) {family.topic['en']}",
                        f"help [me] (with|on|about) {family.topic['en']}",
                        f"how do (i|you) (use|set) {family.topic['en']}",
                        f"what do you know about {family.topic['en']}",
                    ],
                    "es": [
                        f"qué (puedes|puedo) (hacer|decir|pedir) (con|de|sobre) {topic}",
                        f"(ayuda|ayúdame) (con|sobre) {topic}",
                        f"cómo (uso|se usa|se usan|funciona|funcionan|uso) {topic}",
                    ],
                },
                slots={},
                help={},
                call=partial(self._topic, family),
            )
            for family in self._loaded.families
            if family.topic
            for topic in [family.topic.get("es", family.topic["en"])]
        ]

    def _topic(self, family: Family, request: Request) -> Reply:
        examples = self._examples(family, request.language)[:_EXAMPLES]
        return request.say(
            "You can say, for example: {examples}.",
            "Puedes decir, por ejemplo: {examples}.",
            examples=examples,
        )

    def _examples(self, family: Family, language: str) -> list[str]:
        """What to say to the functions of a family; none when it does not work here."""
        if family.unavailable() is not None:
            return []
        helps = [found.help for found in self._loaded.of(family)]
        return [text for h in helps if (text := h.get(language, h.get("en")))]

    def _end(self, request: Request) -> Reply:
        """Silence, also of what rings."""
        for family in self._loaded.families:
            family.silence()
        return Reply("", request.language, stop_speaking=True)
