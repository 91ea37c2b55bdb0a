"""Wireless networks, through NetworkManager."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Annotated, ClassVar

from assistant import spoken
from assistant.handlers.bus_wire import BusError
from assistant.handlers.called import closest
from assistant.handlers.contract import ByLanguage, Family, Request, function
from assistant.handlers.machine import network_manager
from assistant.handlers.machine.network_manager import Manager, Saved
from assistant.types import Reply

_MOST = 5  # networks read out
_NONE = {
    "en": "NetworkManager, which would do that, is not running on this machine.",
    "es": "NetworkManager, que es quien haría eso, no está en marcha en esta máquina.",
}
_NO_WIFI = ("This machine has no wireless network.", "Esta máquina no tiene wifi.")

Name = Annotated[str, 5]


class Network(Family):
    name = "network"
    topic: ClassVar[ByLanguage] = {
        "en": "[the] (network|wifi|internet|internet connection)",
        "es": "(la red|el wifi|internet|la conexión)",
    }
    rules: ClassVar[Mapping[str, ByLanguage]] = {
        "en": {
            "wifi": "[(the|my)] (wifi|wi fi|wireless|wlan|wireless network)",
            "net": "(network|wifi|wi fi|wireless network|wifi network|wi fi network)",
        },
        "es": {
            "wifi": "[(la|el|mi|de la|del)] (wifi|wi fi|red wifi|red inalámbrica)",
            "net": "(red|wifi|wi fi|red wifi)",
            "on": "(activa|active|activar|activá|enciende|encienda|encender|encendé|pon|ponga"
            "|poner|poné|conecta|habilita)",
            "off": "(desactiva|desactive|desactivar|desactivá|apaga|apague|apagar|apagá|quita|quite"
            "|quitar|quitá|deshabilita|corta)",
        },
    }

    def unavailable(self) -> ByLanguage | None:
        return None if network_manager.running() else _NONE

    @function(
        en=[
            "(turn|switch) on <wifi>",
            "(turn|switch) <wifi> [back] on [again]",
            "(enable|activate|start) <wifi>",
            "<wifi> on",
        ],
        es=["<on> <wifi>", "(vuelve a|volver a) (activar|encender|poner) <wifi>",
            "<wifi> (encendido|activado|encendida)"],
        help={"en": "turn on the wifi", "es": "activa el wifi"},
        ahead=True,
    )  # fmt: skip
    def wifi_on(self, request: Request) -> Reply:
        return self._switch(request, True)

    @function(
        en=[
            "(turn|switch|shut) off <wifi>",
            "(turn|switch|shut) <wifi> off",
            "(disable|deactivate|kill) <wifi>",
            "<wifi> off",
        ],
        es=["<off> <wifi>", "<wifi> (apagado|desactivado|apagada)"],
        help={"en": "turn off the wifi", "es": "desactiva el wifi"},
        ahead=True,
        own_words=True,
    )
    def wifi_off(self, request: Request) -> Reply:
        return self._switch(request, False)

    @function(
        en=[
            "is <wifi> (on|off|enabled|working|connected|up)",
            "(are you|are we|am i|is (the|my|this) (computer|laptop|machine)) (online|offline"
            "|connected to the internet|connected to a network|connected to the network|connected"
            " to wifi|connected to the wifi|connected to wi fi|on the internet|on wifi)",
            "(do i|do we|do you) have (internet|wifi|wi fi|a connection|an internet connection)",
            "is the (internet|network|connection|internet connection) (working|up|on|down|there"
            "|connected)",
            "(what|which) (network|wifi|wi fi|wifi network|wi fi network|wireless network)"
            " (am i|are you|are we|is this) [(on|connected to|using|connected)]",
            "(what|which) (network|wifi|wi fi) is (the|my|this) (computer|laptop|machine)"
            " (on|connected to)",
            "what is (the|my) [(wifi|wi fi|network|wireless)] (signal|signal strength|connection"
            "|reception)",
            "how (good|strong) is (the|my) (wifi|wi fi|signal|connection|reception|wifi signal"
            "|wi fi signal|wireless signal)",
            "(wifi|wi fi|network|internet|connection) (status|state|signal)",
            "(check|tell me) [the] (wifi|wi fi|network|internet connection|connection) [status]",
            "what is (the|this|my) (wifi|wi fi|network|wifi network) (called|name)",
        ],
        es=[
            "está (activado|encendido|conectado|puesto|activada|encendida) <wifi>",
            "(estás|estoy|estamos|está <wifi>) (conectado|conectada|conectados)"
            " (a internet|a la red|a una red|al wifi|a la wifi)",
            "(estás|estoy|estamos) en línea",
            "(hay|tengo|tienes|tenemos) (internet|wifi|wi fi|conexión|conexión a internet|red)",
            "(funciona|va|está) [(bien)] (internet|la red|la conexión|<wifi>)",
            "a qué (red|wifi|wi fi|red wifi) (estoy|estás|estamos|está) [conectado] [conectada]",
            "en qué (red|wifi|red wifi) (estoy|estás|estamos)",
            "cómo se llama (este|esta|el|la|mi) (wifi|wi fi|red|red wifi)",
            "(cómo está|cómo va|qué tal|qué tal va|cuál es|dime) (la señal|la cobertura"
            "|la conexión)"
            " [(del wifi|de la red|de wifi|de la wifi)]",
            "(estado|señal) (del wifi|de la red|de la wifi|de la conexión)",
            "(comprueba|revisa) (la conexión|la red|<wifi>)",
        ],
        help={"en": "which network am I on", "es": "a qué red estoy conectado"},
        ahead=True,
    )
    def status(self, request: Request) -> Reply:
        with network_manager.connect() as manager:
            return _status(request, manager)

    @function(
        en=[
            "(what|which) (networks|wifi networks|wi fi networks|wireless networks|wifi|wi fi)"
            " (are there|are around|are near|are available|can you see|do you see|is there"
            "|is available)",
            "(list|show me|scan for|find|search for) [(the|all)] [available] (networks"
            "|wifi networks|wi fi networks|wireless networks)",
            "are there [any] (networks|wifi networks|wi fi networks) [(around|near|nearby"
            "|available)]",
        ],
        es=[
            "qué (redes|redes wifi|redes wi fi|wifis) (hay|ves|están disponibles|se ven"
            "|encuentras|hay cerca|hay disponibles)",
            "(busca|lista|dime|muéstrame|enséñame) (redes|las redes|redes wifi|las redes wifi)"
            " [(disponibles|cercanas)]",
            "hay (redes|redes wifi) [(cerca|disponibles)]",
            "hay alguna (red|red wifi) [(cerca|disponible)]",
        ],
        ahead=True,
    )
    def networks(self, request: Request) -> Reply:
        with network_manager.connect() as manager:
            _need_wifi(request, manager)
            names = [link.name for link in manager.around()[:_MOST]]
        if not names:
            return request.say("I see no network.", "No veo ninguna red.")
        return request.say("I see {names}.", "Veo {names}.", names=names)

    @function(
        en=[
            "(connect|connect me|connect us|connect yourself|switch|change|log on|reconnect) to"
            " [(the|my)] {name} <net>",
            "(connect|connect me|connect yourself|switch|change) to [(the|my)] <net>"
            " [(called|named)] {name}",
            "join [(the|my)] {name} <net>",
            "join [(the|my)] <net> [(called|named)] {name}",
            "use [(the|my)] {name} (network|wifi|wi fi)",
        ],
        es=[
            "(conéctate|conéctame|conectarte|conectarse|conecta|cambia|cámbiate|pásate|únete"
            "|conectate) (a|al) [(la|el|mi)] <net> [(llamada|llamado|de|del)] {name}",
            "(usa|utiliza) la (red|wifi|red wifi) [(llamada|de|del)] {name}",
        ],
        help={
            "en": "connect to the home network",
            "es": "conéctate a la red de casa",
        },
    )
    def join(self, request: Request, name: Name) -> Reply:
        with network_manager.connect() as manager:
            saved = [n for n in manager.saved() if n.kind == "wifi"]
            found = _meant(request, name, saved)
            before = manager.link()
            try:
                manager.join(found)
            except BusError as error:
                if error.kind != "refused":
                    raise
                raise request.error(
                    "I cannot join {name} now. Is the wifi on, and the network near?",
                    "Ahora no puedo unirme a {name}. ¿Está el wifi activado y la red cerca?",
                    name=found.name,
                ) from error
        undo = next((n for n in saved if before and n.name == before.name), None)
        return request.say(
            "Connecting to {name}.", "Me conecto a {name}.", name=found.name,
            undo=partial(_join, undo) if undo else None,
        )  # fmt: skip

    @function(
        en=["disconnect [me] [from] <wifi>", "disconnect [me] from (the|this) (network|internet)",
            "(leave|drop|get me off|take me off) (the|this) (network|wifi|wi fi)"],
        es=["(desconéctate|desconéctame|desconectarte|desconectate) (de la red|de internet"
            "|del wifi|de la wifi)", "(desconecta|desconectar) (la red|internet|<wifi>)"],
    )  # fmt: skip
    def leave(self, request: Request) -> Reply:
        with network_manager.connect() as manager:
            _need_wifi(request, manager)
            link, path = manager.link(), manager.leave()
        if path is None:
            return request.say("There is no wireless connection.", "No hay conexión wifi.")
        network = Saved(path, link.name if link else "", "wifi")
        return request.say(
            "Disconnected from {name}.", "Desconectado de {name}.", name=network.name,
            undo=partial(_join, network),
        )  # fmt: skip

    def _switch(self, request: Request, on: bool) -> Reply:
        with network_manager.connect() as manager:
            _need_wifi(request, manager)
            was = manager.wifi()
            if on and not manager.wifi_allowed():
                raise request.error(
                    "A key or a switch on the machine keeps the wifi off.",
                    "Una tecla o un interruptor del equipo mantiene apagado el wifi.",
                )
        en = ("Wifi off.", "Wifi on.")[on]
        es = ("Wifi desactivado.", "Wifi activado.")[on]
        return request.say(en, es, then=partial(_set_wifi, on), undo=partial(_set_wifi, was))


def _set_wifi(on: bool) -> None:
    with network_manager.connect() as manager:
        manager.set_wifi(on)


def _join(network: Saved) -> None:
    with network_manager.connect() as manager:
        manager.join(network)


def _need_wifi(request: Request, manager: Manager) -> None:
    if not manager.has_wifi():
        raise request.error(*_NO_WIFI)


def _meant(request: Request, said: str, saved: Sequence[Saved]) -> Saved:
    """The network that is called like what was said. A new one needs its password, by hand."""
    name = closest(said, {network.name for network in saved})
    found = next((network for network in saved if network.name == name), None)
    if found is None:
        raise request.error(
            "I know no network called {said}. Join it once by hand, with its password.",
            "No conozco ninguna red llamada {said}. Únete una vez a mano, con su contraseña.",
            said=said,
        )
    return found


def _status(request: Request, manager: Manager) -> Reply:
    link, wired = manager.link(), manager.wired()
    if wired:
        en, es = "Connected by cable", "Conectado por cable"
    elif link and link.signal is not None:
        en, es = "Connected to {name}, signal {signal}", "Conectado a {name}, señal al {signal}"
    elif link:
        en, es = "Connected to {name}", "Conectado a {name}"
    elif manager.connected():
        en, es = "Connected", "Conectado"
    elif manager.has_wifi() and not (manager.wifi() and manager.wifi_allowed()):
        return request.say("The wifi is off.", "El wifi está apagado.")
    else:
        return request.say("There is no connection.", "No hay conexión.")
    more_en, more_es = _BEYOND[manager.online()]
    signal = spoken.percent(link.signal or 0, request.language) if link else ""
    return request.say(en + more_en, es + more_es, name=link.name if link else "", signal=signal)


_BEYOND = {
    "full": (".", "."),
    "unknown": (".", "."),
    "portal": (
        ", but a sign-in page stands before the internet.",
        ", pero antes de internet hay una página de acceso.",
    ),
    "limited": (", but without internet.", ", pero sin internet."),
    "none": (", but without internet.", ", pero sin internet."),
}
"""What is said after the network, by how far NetworkManager got at its last look."""
