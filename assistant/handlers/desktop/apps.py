"""Programs: open, close, switch to, and which there are."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from assistant.handlers.contract import ByLanguage, Family, Listed, Request, function
from assistant.handlers.desktop import app_processes, app_windows, launching
from assistant.handlers.desktop.desktop_entry import Entry
from assistant.handlers.desktop.installed import BROWSERS, Installed, sounding
from assistant.types import Reply

App = Annotated[str, Listed("apps")]
Name = Annotated[str, 4]  # whatever else somebody calls one

_MOST_NAMED = 8
_LOOK_EVERY = 60.0  # seconds
# What people ask for, so that a machine without it can say so.
_COMMON: Mapping[str, str] = {
    "en": "calculator|calendar|terminal|settings|camera|file manager|files|text editor|email|mail"
    "|gimp|libreoffice|writer|spreadsheet|slack|whatsapp|signal|thunderbird|software|maps",
    "es": "calculadora|calendario|terminal|ajustes|configuración|cámara|archivos"
    "|gestor de archivos|editor de texto|correo|gimp|libreoffice|writer|hoja de cálculo|slack"
    "|whatsapp|signal|thunderbird|software|mapas",
}


class Apps(Family):
    name = "apps"
    topic: ClassVar[ByLanguage] = {
        "en": "[(the|my)] (apps|app|applications|programs|program)",
        "es": "[(las|los)] (aplicaciones|programas|apps|aplicación|programa)",
    }
    rules: ClassVar[Mapping[str, ByLanguage]] = {
        "en": {
            "open": "(open|launch|start|run|bring up|fire up|load|start up|open up|pull up)",
            "close": "(close|quit|exit|kill|terminate|close down|shut down|shut)",
            "kind": "(app|application|program)",
            "kinds": "(apps|applications|programs)",
        },
        "es": {
            "open": "(abre|abrir|abra|abrí|ábreme|abrime|inicia|iniciar|iniciá|lanza|lanzar|lanzá"
            "|ejecuta|ejecutar|arranca|arrancar|pon en marcha)",
            "close": "(cierra|cerrar|cierre|cerrá|ciérrame|sal de|salir de|termina|terminar|mata)",
            "kind": "(programa|aplicación|app)",
            "kinds": "(programas|aplicaciones|apps)",
        },
    }

    def __init__(self, installed: Installed | None = None) -> None:
        """Where there is a screen, it looks once a minute whether other programs are installed."""
        self._installed = installed or Installed()
        self._closed = threading.Event()
        if launching.has_screen():
            threading.Thread(target=self._watch, name="apps", daemon=True).start()

    def close(self) -> None:
        self._closed.set()

    def _watch(self) -> None:
        self._installed.refresh()
        seen = self._installed.version
        while not self._closed.wait(_LOOK_EVERY):
            self._installed.refresh()
            if self._installed.version != seen:
                seen = self._installed.version
                self.changed()

    def listed(self, name: str, language: str) -> Mapping[str, Any]:
        common = {phrase: phrase for phrase in _COMMON[language].split("|")}
        known = common | sounding(self._installed, language)
        return known | dict(self._installed.phrases(language))

    def unavailable(self) -> ByLanguage | None:
        return None if launching.has_screen() else launching.NO_SCREEN

    @function(
        en=[
            "<open> [(the|my)] [<kind> [called]] {app} [<kind>]",
            "<open> [the] <kind> [called] {name}",
            "<open> [(the|my)] {name} <kind>",
        ],
        es=[
            "<open> [(el|la|mi|los|las)] [<kind>] {app}",
            "<open> (el|la) <kind> [llamado] {name}",
        ],
        help={"en": "open firefox", "es": "abre firefox"},
        ahead=True,
    )
    def open(self, request: Request, app: App = "", name: Name = "") -> Reply:
        entry = self._entry(request, app or name)
        return request.say(
            "Opening {app}.",
            "Abriendo {app}.",
            then=lambda: _start(entry),
            app=_name(request, entry),
        )

    @function(
        en=["<close> [(the|my)] {app} [<kind>]", "<close> [the] <kind> [called] {name}"],
        es=["<close> [(el|la|mi|los|las)] [<kind>] {app}", "<close> (el|la) <kind> {name}"],
        help={"en": "close firefox", "es": "cierra firefox"},
        dangerous=True,
        confirm={
            "en": "Shall I close {app}{name}? What is not saved may be lost.",
            "es": "¿Cierro {app}{name}? Lo que no esté guardado se puede perder.",
        },
    )
    def quit(self, request: Request, app: App = "", name: Name = "") -> Reply:
        entry = self._entry(request, app or name)
        called = _name(request, entry)
        found = app_processes.processes(entry)
        if not found:
            raise request.error("{app} is not open.", "{app} no está abierto.", app=called)
        if app_processes.ours(found):
            raise request.error(
                "I run within {app}. Close it by hand.",
                "Yo mismo funciono dentro de {app}. Ciérralo a mano.",
                app=called,
            )
        asked = app_windows.close_windows(entry)
        if app_processes.gone(found) if asked else app_processes.close(found):
            return request.say("{app} is closed.", "He cerrado {app}.", app=called)
        return request.say(
            "I have asked {app} to close. It is still there; it may ask about unsaved work.",
            "He pedido a {app} que se cierre. Sigue ahí; quizá pregunta por cambios sin guardar.",
            app=called,
        )

    @function(
        en=[
            "((switch|go|change|jump|take me) [over] to|focus|show [me]|bring) [(the|my)]"
            " {app} [(<kind>|window)] [to the (front|foreground)]",
        ],
        es=[
            "((cambia|cambiar|ve|pasa|vete|andá|salta|llévame) a|muestra|muéstrame|enséñame|enfoca"
            "|trae) [(el|la|mi)] [(<kind>|ventana de)] {app} [al frente]",
        ],
        help={"en": "switch to firefox", "es": "cambia a firefox"},
        ahead=True,
    )
    def switch(self, request: Request, app: App) -> Reply:
        entry = self._entry(request, app)
        called = _name(request, entry)
        if not app_processes.processes(entry):
            return request.say(
                "{app} was not open. Opening it.",
                "{app} no estaba abierto. Lo abro.",
                then=lambda: _start(entry),
                app=called,
            )
        return request.say("{app}.", "{app}.", then=lambda: _to_front(request, entry), app=called)

    @function(
        en=[
            "(what|which) <kinds> are (open|running|on)",
            "(list|show|tell me) [me] [the] (open|running) <kinds>",
            "what is (open|running)",
            "is [the] {app} (open|running)",
        ],
        es=[
            "qué <kinds> (están abiertos|están abiertas|hay abiertos|hay abiertas|están en marcha"
            "|tengo abiertos|tengo abiertas)",
            "(lista|dime|muestra) (los|las) <kinds> (abiertos|abiertas|en marcha)",
            "está (abierto|abierta|en marcha) {app}",
        ],
        help={"en": "which apps are open", "es": "qué programas están abiertos"},
        ahead=True,
    )
    def running(self, request: Request, app: App = "") -> Reply:
        if app:
            entry = self._entry(request, app)
            called = _name(request, entry)
            if app_processes.processes(entry):
                return request.say("Yes, {app} is open.", "Sí, {app} está abierto.", app=called)
            return request.say("No, {app} is not open.", "No, {app} no está abierto.", app=called)
        found = app_processes.running(self._installed.entries())
        if not found:
            return request.say("No app is open.", "No hay ningún programa abierto.")
        names = [_name(request, entry) for entry in found][:_MOST_NAMED]
        return request.say("Open: {names}.", "Abiertos: {names}.", names=names)

    @function(
        en=[
            "(what|which) <kinds> (are there|are installed|do i have|can i open|can you open"
            "|are available)",
            "(list|show|tell me) [me] [(my|all|the|all the)] [installed] <kinds>",
        ],
        es=[
            "qué <kinds> (hay|tengo|hay instalados|hay instaladas|puedo abrir|puedes abrir"
            "|están instalados|están instaladas)",
            "(lista|dime|muestra) (los|las|mis) <kinds> [(instalados|instaladas)]",
        ],
        ahead=True,
    )
    def installed(self, request: Request) -> Reply:
        names = sorted({_name(request, entry) for entry in self._installed.entries()})
        if not names:
            return request.say("I find no apps here.", "No encuentro programas aquí.")
        if len(names) <= _MOST_NAMED:
            return request.say("There are {names}.", "Hay {names}.", names=names)
        return request.say(
            "There are {count}, such as {names}.",
            "Hay {count}, como {names}.",
            count=len(names),
            names=names[:_MOST_NAMED],
        )

    def _entry(self, request: Request, app: str) -> Entry:
        """The program that is meant. Raises FunctionError when it is not installed."""
        names = BROWSERS if app == "browser" else (app,)
        found = (self._installed.find(name, request.language) for name in names)
        entry = next((entry for entry in found if entry), None)
        if entry is None:
            raise request.error(
                "There is no {app} on this machine.", "No hay {app} en esta máquina.", app=app
            )
        return entry


def _start(entry: Entry) -> None:
    if app_windows.activate(entry):
        return
    argv = entry.argv()
    if entry.terminal:
        argv = launching.in_terminal(argv)
    launching.start(argv, entry.folder)


def _to_front(request: Request, entry: Entry) -> None:
    if not app_windows.to_front(entry):
        raise request.error(
            "This desktop does not let me bring {app} to the front.",
            "Este escritorio no me deja traer {app} al frente.",
            app=_name(request, entry),
        )


def _name(request: Request, entry: Entry) -> str:
    return entry.names.get(request.language) or entry.name
