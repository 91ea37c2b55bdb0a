"""Lists: for shopping, of things to do, and others with names of their own."""

from __future__ import annotations

from typing import Annotated, ClassVar

from assistant.handlers.contract import ByLanguage, Request, function
from assistant.handlers.lists.list_changes import Items, Known, ListChanges, ListName
from assistant.handlers.lists.list_words import KINDS, SHOPPING, TODO, canonical, of_text, titled
from assistant.handlers.lists.notebook import Entry
from assistant.handlers.wording import items as things
from assistant.quantities import Ordinal
from assistant.types import Reply

_FEW = 12
"""Entries that are read out at once."""


class Lists(ListChanges):
    """Add and read; and all that `ListChanges` does."""

    name = "lists"
    topic: ClassVar[ByLanguage] = {
        "en": "[(my|the|a)] (list|lists|shopping list)",
        "es": "[(las|mis|la|una)] (lista|listas|lista de la compra)",
    }

    @function(
        en=[
            "<add> {items} <on> <list> <unless>",
            "<add> <on> <list> {items}",
            "<add> {items} <on> <list> for {ignored}",
            "(i am|we are) (out of|out) {items} [so] [(add|put|will you (add|put)|please add)]"
            " [(it|that|them|those|some)] [(back|remind me)] <on> <list>",
            "(i|we) (need|have no|do not have any|do not have any more|want) {items} [so] (add|put)"
            " (it|that|them|those|some) <on> <list>",
            "(i|we) need {items} (to be put|put|added) <on> <list>",
            "(i|we) need to (buy|get|pick up|order) {items} [so] (add|put) (it|that|them|those"
            "|some) <on> <list>",
            "update <list> (with|and add|to include) {items}",
            "<list> (needs|should have|should include|must have|should contain) {items}",
            "(i want|i need|i would like) {items} (on|added to|put on|added on) <list>",
            "(can|could) {items} be (added|put) <on> <list>",
            "(do i have|is|are|are there|is there) {items} on <list> [and] if not [please]"
            " (add|put) (it|them|that) [(on|there|on there)]",
            "(we|i) [(still|also|really)] need to buy {items}"
            " [(at|from) the (store|shop|supermarket|market)]",
            "(i am|we are) (running|almost|nearly) (out of|low on) {items}",
            "(include|add) {items} (in|to) [(my|the|our)] (groceries|shopping|weekly shop)",
            "<add> {items} <on> [(my|the)] {known}",
            "remind me to (buy|order|get) {items} <on> <list>",
        ],
        es=[
            "<add> {items} <on> <list>",
            "<add> <on> <list> {items}",
            "<add> {items} <on> [(mi|la|el)] {known}",
            "<add> <on> <my> (lista|listado) [(de|del|de la|para)] {known} {items}",
            "[ya] (no queda|no quedan|se acabó|se acabaron|se ha acabado|se han acabado|no hay"
            "|falta|faltan) {items} [así que] (<add> [lo]|apúntalo|apúntala|apúntalos|añádelo"
            "|añádela|añádelos|ponlo|ponla|ponlos|anótalo|anótala|agrégalo) <on> <list>",
            "((tengo|tenemos|hay) que|necesitamos|necesito|hace falta|nos falta) comprar {items}",
        ],
        help={
            "en": "add eggs, milk and bread to the shopping list",
            "es": "añade huevos, leche y pan a la lista de la compra",
        },
    )
    def add(
        self,
        request: Request,
        items: Items,
        list: ListName = "",
        known: Known = "",
        ignored: Items = "",
    ) -> Reply:
        list = known or list
        wanted = things(items, request.text, request.language)
        found = self.found(list or ("" if "list" in request.text.lower() else SHOPPING), request)
        name = found.name if found else self.name_for(list, request)
        have = found.open if found else []
        new = [thing for thing in wanted if not _same(have, thing)]
        if not wanted:
            raise request.error("I did not catch what to add.", "No he entendido qué añadir.")
        where = titled(name, request.language)
        if not new:
            return request.say("That is already on your {list}.", "Eso ya está en tu {list}.",
                               list=where)  # fmt: skip
        added = self.book.add(name, new)
        self.latest = name

        def undo() -> None:
            self.book.remove(added)

        if found is None and name not in (SHOPPING, TODO):
            self.changed()
            return request.say(
                "I made a new {list}, with {items}.", "He creado una {list}, con {items}.",
                undo=undo, list=where, items=new,
            )  # fmt: skip
        return request.say("Added to your {list}: {items}.", "Añadido a tu {list}: {items}.",
                           undo=undo, list=where, items=new)  # fmt: skip

    @function(
        en=[
            "<read> [(what is on|what i have on|the (things|items) on|(things|items) on)] <list>"
            " [(items|to me|out|out loud|back|back to me)] <today>",
            "(what|what else|what is that) (is there|is|do i have|have i got|did i put|do we"
            " have|are) [the]"
            " [(things|items|left)] [(that are)] (on|in) <list> <today>",
            "(tell me|what) what [the] (things|items) (on|in) <list> are",
            "what are the (things|items) on <list>",
            "what does <list> (contain|have|say)",
            "(what|is there|do i have|have i got|have i added|did i put|is) [(left|anything"
            "|something)] [(anything|something)] (on|in|to) <list>",
            "is <list> (empty|free)",
            "what is next on <list>",
            "[(are there|is there|do i have|have i got)] (any|some) (items|item|things|stuff)"
            " [left] (on|in) <list> <today>",
            "[(tell me|let me know|check|see)] if there is anything [left] (on|in) <list>",
            "<read> [(all|all of)] [the] (details|contents|content|items|things|entries) (of|on|in"
            "|from) <list>",
            "<read> the (things|items) [(to me|out)] [that are] (on|in) <list>",
            "(what is|what are|tell me|read|read me|give me|show me) [the] {nth} (item|items|thing"
            "|things|entry|task) [that is] (on|in|of|from) <list>",
            "what did i (add|put|write|note|include|save) [down] (to|on|in|onto) <list> <today>",
            "(what|what all) [(things|items|stuff)] (is|are|do i have|did i put|did i add|have i"
            " got)"
            " [(there|currently|still|all)] (on|in|to) <list> <today>",
            "(read|read out|read me|read back|tell me|show me) what i (have|put|added|wrote|have"
            " put|have"
            " added) (on|in|to) <list> <today>",
            "what (things|stuff) do i (need|have) to do <today> [on <list>]",
            "(what|which) (tasks|chores|errands|to dos) (do i|do we) (have|need) [to do] <today>",
            "what are my (tasks|chores|errands|to dos) <today>",
            "what (should|must) (i|we) (buy|get) [(at the store|today)]",
            "what is on <list> (today|for today|this week|for this week)",
            "(read|read out|read me|read back) <list> (for today|for this week)",
            "(can|could) i (see|hear) <list>",
            "(list|read out) the (items|things) on <list>",
            "what do (i|we) [still] (need|have) to (buy|get|pick up)"
            " [(at the (store|shop|supermarket|market)|today)]",
            "<my> {kind} list",
            "what do i (have|need) to do [today]",
        ],
        es=[
            "<read> [(lo que hay en|qué hay en|lo que tengo en)] <list>",
            "(qué|qué más) (hay|tengo|queda|falta|tenemos) (en|de) <list>",
            "(hay|tengo|queda) algo en <list>",
            "está vacía <list>",
            "(cuál es|dime|léeme) (el|la) {nth} (elemento|cosa|entrada|tarea) (de|en) <list>",
            "(qué he|qué) (apuntado|puesto|añadido|apunté|puse|añadí) en <list>",
            "qué me falta [(por|que)] comprar",
            "(hay|tengo|queda) (algo|alguna cosa|cosas) [pendiente] en <list>",
            "<read> (el contenido|los elementos|las cosas|lo que pone en) (de|en) <list>",
            "qué (tengo|tenemos|hay|falta|necesito) [(que|por)] comprar",
            "<my> (lista|listado) de {kind}",
            "qué tengo que hacer [hoy]",
        ],
        help={"en": "what is on my shopping list", "es": "qué hay en la lista de la compra"},
        ahead=True,
    )
    def read(
        self,
        request: Request,
        list: ListName = "",
        kind: Annotated[str, KINDS] = "",
        nth: Ordinal | None = None,
    ) -> Reply:
        list = list or kind
        found = self.found(list or _by_purpose(request), request)
        name = found.name if found else self.name_for(list or _by_purpose(request), request)
        where = titled(name, request.language)
        if found is None and name not in (SHOPPING, TODO):
            raise self.no_list(request, name)
        entries = [entry.text for entry in found.open] if found else []
        if not entries:
            return request.say("Your {list} is empty.", "Tu {list} está vacía.", list=where)
        if nth is not None and -len(entries) <= nth <= len(entries):
            return request.say("{item}.", item=entries[nth - 1 if nth > 0 else nth])
        shown = entries[:_FEW]
        if len(entries) > _FEW:
            return request.say(
                "There are {n} things on your {list}; the first are {items}.",
                "Hay {n} cosas en tu {list}; las primeras son {items}.",
                n=len(entries), list=where, items=shown,
            )  # fmt: skip
        return request.say("On your {list}: {items}.", "En tu {list}: {items}.", list=where,
                           items=shown)  # fmt: skip

    @function(
        en=[
            "(is|are|is there|are there) [(some|any)] {items} [already] (on|in) <list>",
            "did i [(remember|forget|already|manage)] [to] (add|put|include|write|make a note of)"
            " {items} (to|on|in|onto) <list>",
            "(do i|do we|have i) [already] (have|got|put|added) {items} (on|in|to) <list>",
            "does <list> (have|contain|include) {items}",
            "did i make a note (on|in) <list> to {items}",
        ],
        es=[
            "(está|están|hay|tengo|tenemos) [ya] {items} en <list>",
            "(he puesto|he añadido|puse|he apuntado) {items} (en|a) <list>",
        ],
        help={"en": "is milk on my shopping list", "es": "está la leche en la lista"},
        ahead=True,
    )
    def has(self, request: Request, items: Items, list: ListName = "") -> Reply:
        found = self.found(list, request)
        where = titled(found.name if found else self.name_for(list, request), request.language)
        wanted = things(items, request.text, request.language)
        have = found.open if found else []
        there = [thing for thing in wanted if of_text(have, thing)]
        missing = [thing for thing in wanted if thing not in there]
        if not missing:
            return request.say("Yes, {items} is on your {list}.", "Sí, {items} está en tu {list}.",
                               items=there, list=where)  # fmt: skip
        return request.say("No, {items} is not on your {list}.",
                           "No, {items} no está en tu {list}.",
                           items=missing, list=where)  # fmt: skip

    @function(
        en=[
            "how many (things|items|entries|tasks|food items) (are|do i have|are there|have i got)"
            " [left] (on|in) <list>",
            "how (long|full|big) is <list>",
            "how many [of the] (things|items|entries|tasks|products|groceries) (on|in|does|did|do"
            "|are)"
            " [i] [(put|add|have|there|left|still)] [(on|in)] <list> [(have|contain)]",
            "how many (things|items|tasks) on <list>",
        ],
        es=[
            "cuántas (cosas|tareas|entradas) (hay|tengo|quedan) en <list>",
            "cuántos (elementos|artículos|productos) (hay|tengo|quedan) en <list>",
        ],
        help={"en": "how many items are on my list", "es": "cuántas cosas hay en la lista"},
        ahead=True,
    )
    def count(self, request: Request, list: ListName = "") -> Reply:
        found = self.found(list, request)
        where = titled(found.name if found else self.name_for(list, request), request.language)
        n = len(found.open) if found else 0
        if n == 1:
            return request.say("There is one thing on your {list}.", "Hay una cosa en tu {list}.",
                               list=where)  # fmt: skip
        return request.say("There are {n} things on your {list}.", "Hay {n} cosas en tu {list}.",
                           n=n, list=where)  # fmt: skip

    @function(
        en=[
            "how many lists (do i have|are there|have i got|have i made|did i make|have i|i have)",
            "(show|display|list|read|give) [me] [all] [(of my|of the|my|the)] (existing|saved"
            "|current"
            "|available|different) lists",
            "(what|which) lists (do i have|are there|are available|have i made|did i make|i have)"
            " [(made|available|currently available)] [right now]",
            "(can i|let me) (see|check|hear) [(all|all of)] [(my|the)] lists",
            "what lists are (currently|now) available [right now]",
            "(what are|<read>) [all] [(my|the|the available|available)] lists",
            "(show me|tell me|list) (what|which) lists (i have|there are|i made|i have made)",
            "do i have [(a|any)] (list|lists)",
            "[my] lists",
            "(did i (make|create|start|write)|do i have|have i (made|got)|is there) (a|any)"
            " {list} list",
        ],
        es=[
            "qué listas (tengo|hay|existen)",
            "<read> [todas] (mis|las) listas",
            "cuáles son mis listas",
            "[mis] listas",
        ],
        help={"en": "what lists do I have", "es": "qué listas tengo"},
        ahead=True,
    )
    def listing(self, request: Request, list: ListName = "") -> Reply:
        lists = self.book.lists()
        if list:
            name = canonical(list, request.language)
            if self.found(list, request) is None:
                raise self.no_list(request, name)
            return request.say("Yes, there is a {list}.", "Sí, hay una {list}.",
                               list=titled(name, request.language))  # fmt: skip
        if not lists:
            return request.say("There is no list yet.", "Todavía no hay ninguna lista.")
        names = [titled(each.name, request.language) for each in lists]
        return request.say("Your lists: {names}.", "Tus listas: {names}.", names=names)


def _same(have: list[Entry], thing: str) -> bool:
    return any(entry.text.casefold() == thing.casefold() for entry in have)


def _by_purpose(request: Request) -> str:
    """Which list "what do I need to buy" and "what do I have to do" are about."""
    text = request.text.lower()
    if any(word in text for word in ("buy", "compra", "shopping", "grocer", " get ")):
        return SHOPPING
    if any(word in text for word in (" do ", "to do", "todo", "to-do", "hacer", "tareas")):
        return TODO
    return ""
