"""What is done with lists and what is on them: make, remove, check off, clear, delete."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar

from assistant import spoken
from assistant.errors import FunctionError
from assistant.handlers.contract import ByLanguage, Listed, Request, function
from assistant.handlers.lists.kept_lists import KeptLists
from assistant.handlers.lists.list_words import (
    RULES,
    SHOPPING,
    TODO,
    canonical,
    of_name,
    of_text,
    titled,
)
from assistant.handlers.lists.notebook import Entry, NamedList
from assistant.handlers.wording import items as things, verbatim
from assistant.quantities import Ordinal
from assistant.types import Reply

Items = Annotated[str, 25]
Known = Annotated[str, Listed("lists")]
ListName = Annotated[str, 3]


class ListChanges(KeptLists):
    rules: ClassVar[Mapping[str, ByLanguage]] = RULES

    @function(
        en=[
            "<make> [me] (a|an|another) [new] {list} list [(for me|to be bought)]",
            "<make> [me] (a|an|another) [new] list (called|named|titled|of|for|of my|for my)"
            " {list} [(for me|to be bought|to buy|to get)]",
            "<make> [me] (a|an|another) [new] list [for me]",
            "(make|create|start|set up|prepare|open|build) [a] [new] list",
            "(make|create|start|set up|prepare|build) [new] {list} list",
            "(make|create|start|set up|prepare|build) [new] list (called|named|of|for) {list}",
            "[a] new {list} list",
            "[a] new list [(called|named) {list}]",
        ],
        es=[
            "(crea|crear|créame|cree|creá|haz|hazme|haga|hacé|inicia|empieza|necesito|quiero)"
            " (una|otra) [nueva] (lista|listado) [nueva]"
            " (llamada|de|para|para la|para el|del|con nombre|que se llame) {list}",
            "(crea|crear|créame|cree|creá|haz|hazme|haga|hacé|inicia|empieza|necesito|quiero)"
            " (una|otra) [nueva] (lista|listado) [nueva]",
        ],
        help={"en": "make a list called camping", "es": "crea una lista llamada camping"},
    )
    def create(self, request: Request, list: ListName = "") -> Reply:
        if not list:
            return request.ask("What shall I call it?", "¿Cómo la llamo?", function="lists.create",
                               slot="list")  # fmt: skip
        name = self.name_for(list, request)
        where = titled(name, request.language)
        if of_name(self.book.lists(), name):
            raise request.error("There is a {list} already.", "Ya hay una {list}.", list=where)
        made = self.book.create(name)
        self.latest = name
        self.changed()
        return request.say("I made a {list}.", "He creado una {list}.",
                           undo=lambda: self.forget(made), list=where)  # fmt: skip

    @function(
        en=[
            "<remove> {items} <off> <list>",
            "<remove> [the] (item|number|thing|entry|line|task) [number] {n} [<off> <list>]",
            "<remove> [the] {nth} (item|thing|entry|line|task) [<off> <list>]",
            "<remove> [the] {nth} one <off> <list>",
            "(<remove>|<check>) [the] last (item|thing|entry|line) [<off> <list>]",
            "(i|we) (do not|no longer) (need|want) {items} (on|in) <list> [(anymore|any more)]",
            "<list> (should not|does not need to) (have|contain|include) {items}",
            "(i|we) (have|got|bought|already have) {items} [so] (remove|take|delete|cross) (it|them"
            "|that) [off] <off> <list>",
            "(remove|delete|erase|take) (that|this|the|an|a) (item|thing|entry|task) [(<off>"
            " <list>|off)]",
            "(remove|delete|erase) [(an|a)] (item|items|things|something|task) <off> <list>",
            "(i|we) (already|just) [(have|got|bought|purchased)] (got|bought|have|purchased)"
            " {items}"
            " [so] (remove|take|delete|cross) (it|them|that) [off] <off> <list>",
            "(i|we) (do not|no longer) (need|want) {items} [(anymore|any more)] [so] (remove|take"
            "|delete"
            "|cross|get) (it|them|that) [off] <off> <list>",
            "(i want|can|i need) {items} [(to be|be)] (removed|taken off|deleted|crossed off)"
            " [(from|off|of)] <list>",
        ],
        es=[
            "<remove> {items} <off> <list>",
            "[ya] (tengo|tenemos|compré|he comprado|no (necesito|quiero|hace falta)) {items}"
            " [así que] (quítalo|quítala|quítalos|quítalas|bórralo|bórrala|bórralos|bórralas"
            "|táchalo|táchala|táchalos|táchalas|sácalo|sácala|sácalos|sácalas) <off> <list>",
            "<remove> (el|la) (elemento|número|entrada|cosa) {n} [<off> <list>]",
            "<remove> (el|la) {nth} (elemento|entrada|cosa) [<off> <list>]",
            "<remove> (el último|la última) (elemento|cosa|entrada) [<off> <list>]",
            "<remove> (el último|la última) <off> <list>",
        ],
        help={
            "en": "take milk off the shopping list",
            "es": "quita la leche de la lista de la compra",
        },
    )
    def remove(
        self,
        request: Request,
        items: Items = "",
        n: int | None = None,
        nth: Ordinal | None = None,
        list: ListName = "",
    ) -> Reply:
        found = self._with_something(request, list)
        if nth is not None:
            n = nth if nth > 0 else len(found.open) + 1 + nth
        gone = self._meant(request, found, items, n)
        self.book.remove(gone)
        return request.say(
            "Off your {list}: {items}.", "Quitado de tu {list}: {items}.",
            undo=lambda: self.book.put(NamedList(found.name, tuple(gone), found.id)),
            list=titled(found.name, request.language), items=[entry.text for entry in gone],
        )  # fmt: skip

    @function(
        en=[
            "<check> {items} [off] <off> <list>",
            "<check> {items} off <list>",
            "(cross|tick) {items} off",
            "(cross off|tick off|check off|strike off|mark off) {items}",
            "(i|we) [(already|just)] [have] (bought|got|purchased|picked up) {items} (on|from"
            "|off) <list>",
            "mark {items} [as] (done|bought|complete|completed|finished) [(on|in) <list>]",
            "check (off|item) [(item|number)] {n} [(on|off) <list>]",
            "i am (finished|done) with {items} on <list>",
        ],
        es=[
            "<check> {items} (en|de) <list>",
            "marca {items} [como] (hecho|hecha|hechos|comprado|comprada|comprados|listo)"
            " [(en|de) <list>]",
        ],
        help={"en": "check off milk on the shopping list", "es": "marca la leche en la lista"},
    )
    def check(
        self, request: Request, items: Items = "", n: int | None = None, list: ListName = ""
    ) -> Reply:
        found = self._with_something(request, list)
        done = self._meant(request, found, items, n)
        self.book.check(done)
        left = len(found.open) - len(done)
        return request.say(
            "Done: {items}. Things left: {left}." if left else "Done: {items}. That was the"
            " last one.",
            "Hecho: {items}. Quedan {left}." if left else "Hecho: {items}. Era lo último.",
            undo=lambda: self.book.check(done, done=False),
            items=[entry.text for entry in done], left=left,
        )  # fmt: skip

    @function(
        en=[
            "(clear|empty|wipe|wipe out|erase|clear out|clear off|reset|clean|clean out|clean up)"
            " <list>"
            " [(clean|out)]",
            "(remove|delete|erase|take|clear|wipe|cross|scratch|drop) (everything|every|all|all"
            " items|all the items|all"
            " of the"
            " items|the items|every item) [<off>] <list>",
            "(i am|we are) (finished|done) with <list>",
        ],
        es=[
            "(vacía|vaciar|vacíe|limpia|limpiar|vaciá) <list>",
            "<remove> (todo|todas las cosas|todo lo que hay) (de|en) <list>",
        ],
        help={"en": "clear the shopping list", "es": "vacía la lista de la compra"},
        own_words=True,
    )
    def clear(self, request: Request, list: ListName = "") -> Reply:
        found = self.found(list, request)
        if found is None:
            raise self.no_list(request, self.name_for(list, request))
        where = titled(found.name, request.language)
        if not found.entries:
            return request.say("Your {list} is empty.", "Tu {list} está vacía.", list=where)
        self.book.remove(found.entries)
        things = _things(len(found.entries), request.language)
        return request.say(
            "Your {list} is empty now; it had {things} on it. Say undo to get that back.",
            "Tu {list} está vacía; tenía {things}. Di deshacer para recuperarlo.",
            undo=lambda: self.book.put(found), list=where, things=things,
        )  # fmt: skip

    @function(
        en=[
            "<delete> (the|my|our|this|that|a|an) {list} list [(from|for) today]",
            "<delete> [(the|my|this|that|a)] list (called|named|titled|of|for) {list}",
            "i (do not|no longer) (want|need|use) (this|the|my|that) [{list}] list [(anymore|any"
            " more)]",
            "<delete> [(the|my|this|that|a)] [(old|whole|entire|current)] list",
        ],
        es=[
            "(borra|borrar|borre|elimina|eliminar|elimine|quita) (la|mi|esa|esta) (lista|listado)"
            " [(de|del|de la|para|llamada)] {list}",
            "(borra|borrar|borre|elimina|eliminar|elimine|quita) (la|mi|esa|esta) (lista|listado)",
        ],
        help={"en": "delete the camping list", "es": "borra la lista de camping"},
        own_words=True,
    )
    def delete(self, request: Request, list: ListName = "") -> Reply:
        found = self.found(list, request)
        if found is None:
            raise self.no_list(request, self.name_for(list, request))
        self.forget(found)
        n = len(found.entries)
        return request.say(
            "The {list} is deleted, with {things} on it. Say undo to get it back."
            if n else "The {list} is deleted.",
            "He borrado la {list}, con {things}. Di deshacer para recuperarla."
            if n else "He borrado la {list}.",
            undo=lambda: self.bring_back(found), list=titled(found.name, request.language),
            things=_things(n, request.language),
        )  # fmt: skip

    def forget(self, which: NamedList) -> None:
        self.book.delete(which)
        self.changed()

    def bring_back(self, which: NamedList) -> None:
        self.book.put(which)
        self.changed()

    # -- which list, and what on it -----------------------------------------------------------

    def name_for(self, said: str, request: Request) -> str:
        """The name that a list is known by, or will be."""
        if said:
            return canonical(verbatim(said, request.text), request.language)
        return self.latest or SHOPPING

    def found(self, said: str, request: Request) -> NamedList | None:
        """The list that is meant, if there is one: without a name, the one last spoken of, else
        the shopping list, else the only one."""
        lists = self.book.lists()
        if said:
            return of_name(lists, canonical(said, request.language))
        for name in (self.latest, SHOPPING):
            if found := next((each for each in lists if each.name == name), None):
                return found
        return lists[0] if len(lists) == 1 else None

    def no_list(self, request: Request, name: str) -> FunctionError:
        where = titled(name, request.language)
        others = [titled(each.name, request.language) for each in self.book.lists()]
        if not others or name in (SHOPPING, TODO):
            return request.error("Your {list} is empty.", "Tu {list} está vacía.", list=where)
        return request.error("There is no {list}. There is: {others}.",
                             "No hay ninguna {list}. Hay: {others}.",
                             list=where, others=others)  # fmt: skip

    def _with_something(self, request: Request, said: str) -> NamedList:
        """Raises FunctionError when the list is not there, or nothing is left on it."""
        found = self.found(said, request)
        if found is None:
            raise self.no_list(request, self.name_for(said, request))
        if not found.open:
            raise request.error("Your {list} is empty.", "Tu {list} está vacía.",
                                list=titled(found.name, request.language))  # fmt: skip
        return found

    def _meant(self, request: Request, which: NamedList, said: str, n: int | None) -> list[Entry]:
        """The entries that are meant: by their words, their number, or the last one.

        Raises FunctionError for one that is not on the list.
        """
        entries = which.open
        if n is not None and not 1 <= n <= len(entries):
            raise request.error("There are only {n}.", "Solo hay {n}.", n=len(entries))
        if n is not None or not said:
            return [entries[-1 if n is None else n - 1]]
        meant, missing = [], []
        for thing in things(said, request.text, request.language):
            entry = of_text(entries, thing)
            (missing.append(thing) if entry is None else meant.append(entry))
        if missing:
            raise request.error(
                "{items} is not on your {list}.", "{items} no está en tu {list}.",
                items=missing, list=titled(which.name, request.language),
            )  # fmt: skip
        return meant


def _things(n: int, language: str) -> str:
    """ "one thing", "dos cosas"."""
    one, many = ("cosa", "cosas") if language == "es" else ("thing", "things")
    return spoken.count(n, one, many, language, feminine=True)
