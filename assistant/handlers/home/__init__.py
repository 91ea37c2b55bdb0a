"""The smart home over MQTT: Zigbee2MQTT, and whatever speaks Home Assistant's discovery.

entity, house       what a device is; all devices, and how they are at the moment
own_names           the user's file of names, rooms and floors
zigbee, discovery   what a broker tells, as devices
broker              the connection, and the only module here that may open one
words, rules, names what can be said, and what it means
choosing, doing, telling    which devices; making them do it; answering
switching, lights, openings, air, robots, questions     the functions
family              all of it
"""

from assistant.handlers.home.connected import connected_home
from assistant.handlers.home.family import Home

__all__ = ["Home", "connected_home"]
