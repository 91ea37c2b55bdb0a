"""Thanks and greetings."""

from __future__ import annotations

from assistant.handlers.contract import Family, Request, function
from assistant.types import Reply

COURTESY = {
    "done": "(all|everything|that|it|this|the information|the info|the reminder|the advice"
    "|being (there|helpful|here|so helpful)|(helping|assisting) [(me|us)] [out]|doing (that"
    "|it|this)|telling me|letting me know|asking|listening|the answer|[all] your (help"
    "|time|advice|assistance)|what you did)",
    "you": "(assistant|olly|alexa|siri|google|jarvis|there (olly|alexa|siri|google|jarvis)|there"
    "|again|you|friend|buddy|robot|computer|ai|dear|pal|my friend)",
}
"""Pieces of sentences, for the rules of the family that has these functions."""


class Courtesy(Family):
    """The part of `Talk` that is only polite; its rules are there."""

    @function(
        en=[
            "(thanks|thank you) [(a lot|very much|so much|again|assistant)] [(that is|that will be)"
            " (all|it)]",
            "[(many|special|big)] (thanks|thank you|thankyou|thx) [to you] for <done>",
            "(i am|we are|that is|you are|you do) [(so|very|really|truly)] (thankful|grateful"
            "|appreciated|glad) [for <done>] [(to you|that you did [that])]",
            "(you have|i give you|i owe you) [all] [my] [(sincere|deepest|eternal)] (gratitude"
            "|thanks|appreciation)",
            "i (appreciate|am (glad|happy) (that you did|you did|about)) [you] [(doing)]"
            " (it|that|this|so much) [for me]",
            "(special|big|huge|so many) thanks [(to you|for you)]",
            "(good job|well done|nice job|good work|great job|many thanks|cheers|much"
            " appreciated|great thanks|perfect thanks|perfect thank you)",
            "(thanks|thank you) (so much|very much|a lot|again) for <done> [today]",
            "(thanks|thank you) for <done> today",
            "(thanks|thank you) (you have|you) helped [me] [(a lot|out)]",
            "[(i|we)] [(really|do)] (appreciate|appreciated) [(it|that|this|you|your help|the help"
            "|all your help)]",
            "(thanks|thank you) i appreciate it",
            "(you are|you have been) [(very|so|really|a big|a great)] (helpful|help|kind|great"
            "|amazing|awesome|the best|wonderful)",
            "(much obliged|that [was] [very] helpful|that helped|i am grateful|i owe you one)",
        ],
        es=[
            "[muchas|mil|muchísimas] gracias [(por todo|por tu ayuda|asistente|eso es todo|es todo"
            "|nada más|con eso está bien)]",
            "(bien hecho|buen trabajo|te lo agradezco|qué amable|eres muy amable)",
            "[muchas] gracias por (tu ayuda|todo|ayudarme|la ayuda|la información|eso)",
            "(me has ayudado|me ayudaste) [mucho]",
        ],
        ahead=True,
    )
    def thanks(self, request: Request) -> Reply:
        return request.say("You're welcome.", "De nada.")

    @function(
        en=[
            "(hello|hi|hey|howdy|hello there|hi there|hey there|hiya|heya|heyo|greetings|hola|hey"
            " hey|yo)"
            " [<you>]",
            "(good (morning|afternoon|evening|day)|morning|evening) [(<you>|to you)]",
            "(hello|hi|hey) good (morning|afternoon|evening|day)",
            "(nice|good|pleased|great) to (meet|see|hear) [(you|from you)]",
            "say (hello|hi) [to me]",
            "(are you there|can you hear me|do you hear me|are you listening|you there)",
        ],
        es=[
            "[hola] (buenos días|buenas tardes|buenas) [asistente]",
            "hola [(asistente|qué tal)]",
            "(estás ahí|me oyes|me escuchas|hay alguien ahí|me estás escuchando)",
        ],
        ahead=True,
    )
    def hello(self, request: Request) -> Reply:
        return request.say(
            "Hello! What can I do for you?", "¡Hola! ¿Qué puedo hacer por ti?", listen_again=True
        )

    @function(
        en=[
            "(good night|goodnight|night night|nighty night|have a good night|sweet dreams)"
            " [<you>]",
        ],
        es=[
            "(buenas noches|hola buenas noches|hasta mañana|que descanses|que duermas bien|dulces"
            " sueños|felices sueños) [asistente]",
        ],
        ahead=True,
    )
    def good_night(self, request: Request) -> Reply:
        return request.say("Good night.", "Buenas noches.")

    @function(
        en=[
            "how (are you|are ya|are things|ya doing|ya doin|you doin|is it hanging|is everything"
            " going|is it going|is everything|have you been|do you do|you doing"
            "|goes it|are you doing|are you feeling|is life|is your day|was your day|did you sleep"
            "|you been|is your day going) [(doing|today|lately|this morning|tonight|now)]",
            "(what is up|wassup|whats up|sup|are you (okay|well|fine|alright|good)|how you are"
            "|tell me how you are|how is"
            " (life|your day|your morning|your evening))",
        ],
        es=[
            "(cómo|qué tal) (estás|te va|va|va todo|andas|te encuentras|te sientes) [(hoy|tú)]",
            "(qué tal|qué pasa|qué hay|cómo te va|todo bien|estás bien|qué tal tu día)",
        ],
        ahead=True,
    )
    def how_are_you(self, request: Request) -> Reply:
        return request.say(
            "I'm fine, thank you. What can I do for you?",
            "Estoy bien, gracias. ¿Qué puedo hacer por ti?",
            listen_again=True,
        )
