"""Talk about the talk: help, stop, repeat, never mind, and common courtesy."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Protocol

from assistant.handlers.contract import Family, Function, Request, function
from assistant.types import Reply

_EXAMPLES = 3  # as many as are easily remembered
_FAMILIES = 6  # the first that work here; of thirty one would listen for a minute
_ABOUT_US = ("conversation", "speech")


class Loaded(Protocol):
    """What help is about: the registry."""

    families: list[Family]

    def of(self, family: Family) -> Iterable[Function]: ...


class Talk(Family):
    name = "talk"

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
        ],
        es=[
            "(ayuda|ayúdame|socorro|necesito ayuda)",
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
            "(be quiet|quiet|shut up|hush|enough|that is enough|stop it now|be silent)",
            "(okay stop|stop stop|stop stop stop|stop listening|stop reading)",
            "(shush|zip it|no more|pause talking)",
        ],
        es=[
            "(para|párate|detente|basta|silencio|cállate|calla|para ya|stop|alto|chitón)",
            "(deja de|para de) (hablar|sonar|leer)",
            "(ya está|ya basta|es suficiente|suficiente|ya vale)",
            "(guarda|haz) silencio",
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
        ],
        es=[
            "(repite|repítelo|repetirlo|repetir|repíteme|repita)"
            " [(eso|lo|la respuesta|lo que has dicho)]",
            "(dilo|dímelo|dime eso) (otra vez|de nuevo|una vez más)",
            "(otra vez|de nuevo|una vez más)",
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
            "(never mind|nevermind|forget it|forget that|forget about it|cancel)",
            "(nothing|it is nothing|no nothing|no|nope|no thanks|no thank you|not now|not you)",
            "(i was not talking to you|i did not mean you|i am not talking to you)",
            "(do not worry|do not bother|ignore that|ignore me|ignore it|leave it)",
        ],
        es=[
            "(olvídalo|olvida eso|da igual|no importa|déjalo|déjalo estar|nada|no nada)",
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

    @function(
        en=[
            "(thanks|thank you) [(a lot|very much|so much|again|assistant|that is all)]",
            "(thanks|thank you) for (your help|the help|helping|helping me)",
            "(many thanks|cheers|much appreciated|great thanks|perfect thanks|perfect thank you)",
            "(good job|well done|nice job|good work)",
        ],
        es=[
            "[muchas|mil|muchísimas] gracias [(por todo|por tu ayuda|asistente)]",
            "(bien hecho|buen trabajo|te lo agradezco)",
        ],
        ahead=True,
    )
    def thanks(self, request: Request) -> Reply:
        return request.say("You're welcome.", "De nada.")

    @function(
        en=[
            "(hello|hi|hey|howdy|hello there|hi there|hey there) [assistant]",
            "good (morning|afternoon|evening|day) [assistant]",
            "(are you there|can you hear me|do you hear me|are you listening|you there)",
        ],
        es=[
            "[hola] (buenos días|buenas tardes|buenas noches|buenas) [asistente]",
            "hola [(asistente|qué tal)]",
            "(estás ahí|me oyes|me escuchas|hay alguien ahí|me estás escuchando)",
        ],
        ahead=True,
    )
    def hello(self, request: Request) -> Reply:
        return request.say(
            "Hello! What can I do for you?", "¡Hola! ¿Qué puedo hacer por ti?", listen_again=True
        )

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
