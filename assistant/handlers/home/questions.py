"""What is on, open, locked, low, warm: questions about the home."""

from __future__ import annotations

from typing import Annotated

from assistant.handlers.contract import Listed, Request, function
from assistant.handlers.home.base import Base
from assistant.handlers.home.rules import Place
from assistant.types import Reply

Thing = Annotated[str, Listed("things names")]
AskedKind = Annotated[str, Listed("asked kinds")]
State = Annotated[str, Listed("states")]
Person = Annotated[str, Listed("people names")]
Battery = Annotated[str, Listed("batteries names")]
Asked = Annotated[str, Listed("asking")]


class Questions(Base):
    @function(
        en=[
            "(is|are|did i leave) [<the>] {name} [(still|currently)] {state} [<at>]",
            "<verify> [<the>] {name} (is|are) [still] {state}",
        ],
        es=[
            "(está|están|es|son|me dejé|he dejado|dejé) [<el>] {name} [<at>] [(todavía|aún)]"
            " {state}",
            "(está|están) [(todavía|aún)] {state} [<el>] {name} [<at>]",
        ],
        help={"en": "is the front door locked", "es": "está cerrada la puerta principal"},
        ahead=True,
    )
    def state(self, request: Request, name: Thing, state: State, place: Place = "") -> Reply:
        return self.tell_whether(request, name, state, place)

    @function(
        en=[
            "({asked}|is|did i leave [any]) [<the>] [{place}] {kind} [<at>] [(is|are|still)] [left]"
            " {state} [<at>]",
            "<verify> [<all>] [<the>] [{place}] {kind} [<at>] (is|are) [still] {state} [<at>]",
        ],
        es=[
            "({asked}|está) [<el>] {kind} [<at>] [(está|están|es|son|hay|siguen|sigue)] {state}"
            " [<at>]",
            "({asked} [(está|están|son)]|está) {state} [<el>] {kind} [<at>]",
        ],
        help={"en": "which lights are on", "es": "qué luces están encendidas"},
        ahead=True,
    )
    def which(
        self,
        request: Request,
        kind: AskedKind,
        state: State,
        asked: Asked = "all",
        place: Place = "",
    ) -> Reply:
        return self.tell_which(request, asked, kind, state, place)

    @function(
        en=[
            "(what is|how is|tell me|check|show me|do you know|read) [<the>] [[current]"
            " (state|status|value|reading) (of|for)] [<the>] {name} [(state|status|level)] [<at>]",
            "what is [<the>] {name} (set to|at|reading)",
        ],
        es=[
            "(cuál es|cuáles son|cómo (está|va|marcha|se encuentra)|dime|qué marca|cuánto"
            " marca|muéstrame)"
            " [<el>] [(estado|valor|nivel|situación) [actual] (de|del)] [<el>] {name} [<at>]",
        ],
        help={"en": "what is the outside temperature", "es": "cómo está la puerta principal"},
        ahead=True,
    )
    def value(self, request: Request, name: Thing, place: Place = "") -> Reply:
        return self.tell_value(request, name, place)

    @function(
        en=[
            "is {name} {state}",
            "where is {name}",
            "is (anyone|anybody|someone|somebody) {state}",
            "is (everyone|everybody) {state}",
            "who is {state}",
        ],
        es=[
            "(está|se encuentra) {name} {state}",
            "[dime] dónde (está|se encuentra|se ubica|puedo encontrar [a]) {name}",
            "(hay alguien|está alguien|hay alguna persona) {state}",
            "(está todo el mundo|están todos) {state}",
            "quién (está|se encuentra) {state}",
        ],
        ahead=True,
    )
    def people(self, request: Request, name: Person = "", state: State = "home") -> Reply:
        return self.tell_people(request, name, state)

    @function(
        en=[
            "(which|what) batteries are (low|empty|almost empty|dying|running low)",
            "are any batteries (low|empty)",
            "(which|what) devices (have|need) (low batteries|new batteries)",
            "(what is|how is|check) [<the>] (battery|battery level) of [<the>] {name}",
            "(what is|how is|check) [<the>] {name} battery [level]",
        ],
        es=[
            "qué (baterías|pilas) están (bajas|agotadas|casi agotadas|gastadas)",
            "hay (alguna batería baja|alguna pila baja|pilas gastadas|baterías bajas)",
            "(cuál es|cómo está|cómo va|qué) [<el>] (batería|pila|nivel de batería) (de|del|tiene)"
            " [<el>] {name}",
        ],
        help={"en": "which batteries are low", "es": "qué pilas están gastadas"},
        ahead=True,
    )
    def batteries(self, request: Request, name: Battery = "") -> Reply:
        return self.tell_batteries(request, name)
