"""A real broker, and a home that talks to it: Zigbee2MQTT as it behaves, from a script."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import threading
import time
from contextlib import contextmanager

from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion

PROGRAM = shutil.which("mosquitto") or shutil.which("mosquitto", path="/usr/sbin")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Mosquitto:
    """The program, on a port of this machine. more: lines of its configuration."""

    def __init__(self, folder, *more, port=None):
        self.port = port or free_port()
        self.config = folder / "mosquitto.conf"
        lines = [f"listener {self.port} 127.0.0.1", "persistence false", "user root", *more]
        if not any("allow_anonymous" in line for line in more):
            lines.append("allow_anonymous true")
        self.config.write_text("\n".join(lines) + "\n")
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            [PROGRAM, "-c", str(self.config)], stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )
        deadline = time.monotonic() + 60
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                assert self.process.poll() is None, "mosquitto ended at once"
                assert time.monotonic() < deadline, "mosquitto did not start"
                time.sleep(0.02)

    def stop(self):
        self.process.terminate()
        self.process.wait(60)


@contextmanager
def mosquitto(folder, *more):
    broker = Mosquitto(folder, *more)
    yield broker
    broker.stop()


class Somebody:
    """Somebody else on the broker."""

    def __init__(self, broker):
        self.got = []
        self._connected = threading.Event()
        self._client = Client(CallbackAPIVersion.VERSION2)
        self._client.on_connect = lambda *_: (self._client.subscribe("#"), self._connected.set())
        self._client.on_message = self._on_message
        self._client.reconnect_delay_set(1, 1)
        self._client.connect("127.0.0.1", broker.port)
        self._client.loop_start()
        assert self._connected.wait(60)

    def _on_message(self, client, _, message):
        payload = message.payload.decode()
        self.got.append((message.topic, payload))
        self.heard(message.topic, payload)

    def heard(self, topic, payload):
        pass

    def tell(self, topic, payload, retain=True):
        text = payload if isinstance(payload, str) else json.dumps(payload)
        # until the broker has it, for whoever connects after that
        self._client.publish(topic, text, qos=1, retain=retain).wait_for_publish(60)

    def close(self):
        self._client.disconnect()
        self._client.loop_stop()


class Bridge(Somebody):
    """Zigbee2MQTT: it takes /set and /get, and tells what became of it.

    devices: name -> (what it exposes, its state). silent: names that never answer.
    """

    BASE = "zigbee2mqtt"

    def __init__(self, broker, devices, groups=()):
        self.devices = dict(devices)
        self.groups = list(groups)
        self.silent = set()
        self.sent = []
        super().__init__(broker)
        self.introduce()

    def introduce(self):
        self.tell(f"{self.BASE}/bridge/state", {"state": "online"})
        listed = [
            {
                "ieee_address": f"0x00158d{n:010x}",
                "type": "Router",
                "friendly_name": name,
                "definition": {"description": "a thing", "exposes": exposes},
                "endpoints": {},
            }
            for n, (name, (exposes, _)) in enumerate(self.devices.items())
        ]
        coordinator = {"ieee_address": "0x0", "type": "Coordinator", "friendly_name": "Coordinator"}
        self.tell(f"{self.BASE}/bridge/devices", [coordinator, *listed])
        self.tell(f"{self.BASE}/bridge/groups", self.groups)
        for name, (_, state) in self.devices.items():
            if not set("#+\0") & set(name):
                self.tell(f"{self.BASE}/{name}/availability", {"state": "online"})
                self.tell(f"{self.BASE}/{name}", state)

    def heard(self, topic, payload):
        name, _, order = topic.removeprefix(f"{self.BASE}/").rpartition("/")
        if order not in ("set", "get"):
            return
        if order == "set":
            self.sent.append((name, json.loads(payload)))
        if name in self.silent or name not in self.devices:
            return
        _, state = self.devices[name]
        if order == "set":
            told = json.loads(payload)
            state |= told
            if told.keys() & {"brightness", "color", "color_temp"}:
                state["state"] = "ON"
            if told.get("state") in ("OPEN", "CLOSE") and "position" in state:
                state["position"] = {"OPEN": 100, "CLOSE": 0}[state["state"]]
        self._client.publish(f"{self.BASE}/{name}", json.dumps(state), retain=True)


def numeric(name, unit="", access=1, **more):
    entry = {"type": "numeric", "name": name, "property": name, "unit": unit, "access": access}
    return {**entry, **more}


def binary(name, **more):
    return {"type": "binary", "name": name, "property": name, "access": 1, **more}


ON_OFF = {"name": "state", "property": "state", "access": 7, "value_on": "ON", "value_off": "OFF"}
LAMP = [
    {
        "type": "light",
        "features": [
            ON_OFF,
            numeric("brightness", access=7, value_min=0, value_max=254),
            numeric("color_temp", access=7, value_min=153, value_max=500),
            {"type": "composite", "name": "color_xy", "property": "color", "access": 7},
        ],
    }
]
BULB = [{"type": "light", "features": [ON_OFF]}]
PLUG = [{"type": "switch", "features": [ON_OFF]}, numeric("power", "W")]
FAN = [
    {
        "type": "fan",
        "features": [
            ON_OFF,
            {"name": "mode", "property": "fan_mode", "access": 7,
             "values": ["off", "low", "medium", "high"]},
        ],
    }
]  # fmt: skip
BLIND = [
    {
        "type": "cover",
        "features": [
            {"name": "state", "property": "state", "access": 7},
            numeric("position", "%", access=7),
        ],
    }
]
LOCK = [{"type": "lock", "features": [{"name": "state", "property": "state", "access": 7}]}]
HEATING = [
    {
        "type": "climate",
        "features": [
            numeric("occupied_heating_setpoint", "°C", access=7, value_min=5, value_max=30),
            numeric("local_temperature", "°C", access=5),
            {"name": "system_mode", "property": "system_mode", "access": 7,
             "values": ["off", "heat", "auto"]},
        ],
    },
    numeric("battery", "%"),
]  # fmt: skip
CONTACT = [binary("contact", value_on=False, value_off=True), numeric("battery", "%")]
WEATHER = [numeric("temperature", "°C"), numeric("humidity", "%"), numeric("battery", "%")]
