"""The short keys that Home Assistant's discovery allows, written out.

https://www.home-assistant.io/integrations/mqtt/#discovery-messages ("Supported abbreviations");
those of what we read.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_TOP = """
act_stat_t activity_state_topic|act_val_tpl activity_value_template|avty availability
avty_mode availability_mode|avty_t availability_topic|avty_tpl availability_template
bri_cmd_t brightness_command_topic|bri_scl brightness_scale|bri_stat_t brightness_state_topic
bri_val_tpl brightness_value_template|bri_cmd_tpl brightness_command_template
clr_temp_cmd_t color_temp_command_topic|clr_temp_stat_t color_temp_state_topic
clr_temp_val_tpl color_temp_value_template|clr_temp_cmd_tpl color_temp_command_template
clr_temp_k color_temp_kelvin|cmd_t command_topic|cmd_tpl command_template|cmps components
curr_temp_t current_temperature_topic|curr_temp_tpl current_temperature_template
dev device|dev_cla device_class|dock_cmd_t dock_command_topic|e enabled_by_default
def_ent_id default_entity_id|hs_cmd_t hs_command_topic|hs_stat_t hs_state_topic
hs_val_tpl hs_value_template|max_mirs max_mireds|min_mirs min_mireds|max_temp max_temp
min_temp min_temp|mode_cmd_t mode_command_topic|mode_cmd_tpl mode_command_template
mode_stat_t mode_state_topic|mode_stat_tpl mode_state_template|name name|o origin|obj_id object_id
p platform|pause_cmd_t pause_command_topic|pause_mw_cmd_t pause_command_topic
pct_cmd_t percentage_command_topic|pct_cmd_tpl percentage_command_template
pct_stat_t percentage_state_topic|pct_val_tpl percentage_value_template|pl payload
pl_avail payload_available|pl_cln_sp payload_clean_spot|pl_cls payload_close|pl_home payload_home
pl_lock payload_lock|pl_loc payload_locate|pl_not_avail payload_not_available
pl_not_home payload_not_home|pl_off payload_off|pl_on payload_on|pl_open payload_open
pl_paus payload_pause|pl_prs payload_press|pl_ret payload_return_to_base|pl_stop payload_stop
pl_strt payload_start|pl_unlk payload_unlock|pos_clsd position_closed|pos_open position_open
pos_t position_topic|pos_tpl position_template|pow_cmd_t power_command_topic
rgb_cmd_t rgb_command_topic|rgb_stat_t rgb_state_topic|rgb_val_tpl rgb_value_template
schema schema|set_pos_t set_position_topic|set_pos_tpl set_position_template
spd_rng_max speed_range_max|spd_rng_min speed_range_min|stat_cla state_class|stat_clsd state_closed
stat_closing state_closing|stat_jam state_jammed|stat_locked state_locked|stat_locking state_locking
stat_off state_off|stat_on state_on|stat_open state_open|stat_opening state_opening
stat_stopped state_stopped|stat_t state_topic|stat_tpl state_template
stat_unlocked state_unlocked|stat_unlocking state_unlocking|stat_val_tpl state_value_template
strt_mw_cmd_t start_mowing_command_topic|sup_clrm supported_color_modes
temp_cmd_t temperature_command_topic|temp_cmd_tpl temperature_command_template
temp_stat_t temperature_state_topic|temp_stat_tpl temperature_state_template
temp_unit temperature_unit|uniq_id unique_id|unit_of_meas unit_of_measurement
val_tpl value_template|xy_cmd_t xy_command_topic|xy_stat_t xy_state_topic
xy_val_tpl xy_value_template|t topic
start_mowing_cmd_t start_mowing_command_topic|pos_stat_t position_topic|modes modes
"""
_DEVICE = {
    "cns": "connections", "cu": "configuration_url", "hw": "hw_version", "ids": "identifiers",
    "mdl": "model", "mdl_id": "model_id", "mf": "manufacturer", "name": "name",
    "sa": "suggested_area",
    "sn": "serial_number", "sw": "sw_version",
}  # fmt: skip
_LONG = dict(entry.split() for line in _TOP.split("\n") for entry in line.split("|") if entry)


def written_out(config: Mapping[str, Any]) -> dict[str, Any]:
    """A configuration with its keys in full, and "~" replaced by the base topic."""
    base = config.get("~")
    found = {_LONG.get(key, key): value for key, value in config.items() if key != "~"}
    if isinstance(base, str):
        found = {k: _based(v, base) if k.endswith("topic") else v for k, v in found.items()}
    if isinstance(device := found.get("device"), dict):
        found["device"] = {_DEVICE.get(key, key): value for key, value in device.items()}
    if isinstance(origin := found.get("origin"), dict):
        found["origin"] = {"name": origin.get("name", "")}
    topics = found.get("availability")
    if isinstance(topics, dict):
        topics = [topics]
    if isinstance(topics, list):
        listed = [written_out({"~": base, **t}) for t in topics if isinstance(t, dict)]
        found["availability"] = listed
    return found


def _based(value: Any, base: str) -> Any:
    if not isinstance(value, str):
        return value
    if value.startswith("~"):
        return base + value[1:]
    return value[:-1] + base if value.endswith("~") else value
