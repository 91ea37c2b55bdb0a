"""Cores by their strength, and threads that stay on them."""

import os
import threading

import pytest

from assistant import cores, threads
from assistant.assemble import Engines
from assistant.config import load
from assistant.errors import ConfigError
from assistant.worker import Cancel, Worker

HERE = frozenset(os.sched_getaffinity(0))


@pytest.fixture
def tree(tmp_path):
    """A processor whose first core here is smaller than the others."""

    def made(name, small, big):
        for core in HERE:
            file = tmp_path / f"sys/devices/system/cpu/cpu{core}" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(f"{small if core == min(HERE) else big}\n")
        return tmp_path

    return made


@pytest.fixture
def pinned():
    yield threads.pin
    threads.pin({})


@pytest.mark.skipif(len(HERE) < 2, reason="one core")
@pytest.mark.parametrize("name", ["cpu_capacity", "cpufreq/cpuinfo_max_freq"])
def test_big_and_little(tree, name):
    root = tree(name, 400, 1024)
    found = cores.chosen({"ears": "little", "hear": "big", "think": ""}, root)
    assert found == {"ears": {min(HERE)}, "hear": HERE - {min(HERE)}}


@pytest.mark.parametrize("text", ["big", "little"])
def test_cores_that_are_all_alike(tmp_path, tree, text):
    assert cores.chosen({"ears": text}, tmp_path) == {"ears": HERE}
    assert cores.chosen({"ears": text}, tree("cpu_capacity", 1024, 1024)) == {"ears": HERE}


def test_by_number():
    first = min(HERE)
    for text in (f"{first}", f" {first} ", f"{first}-{first}", f"{first},{first}"):
        assert cores.chosen({"hear": text}) == {"hear": {first}}


@pytest.mark.parametrize("text", ["small", "0-", "-1", "3-1", "0,,1", "0-99999999999", "1.5"])
def test_what_names_no_cores(text):
    with pytest.raises(ConfigError, match=r"names no cores\. Write big, little, or numbers"):
        cores.chosen({"hear": text})


def test_a_core_that_is_not_there():
    with pytest.raises(ConfigError, match=r"cores.hear: there is no core 4000 to use here"):
        cores.chosen({"hear": "4000"})


@pytest.mark.skipif(len(HERE) < 2, reason="one core")
def test_a_stage_stays_on_its_cores_and_so_do_the_threads_it_starts(pinned):
    def where(_engine):
        found = []
        started = threading.Thread(target=lambda: found.append(os.sched_getaffinity(0)))
        started.start()
        started.join()
        return os.sched_getaffinity(0), found[0]

    pinned({"hear": frozenset({max(HERE)})})
    for stage, expected in (("hear", {max(HERE)}), ("speak", HERE)):
        worker = Worker(stage, object)
        try:
            assert worker.run(where, Cancel()) == (expected, expected)
        finally:
            worker.close()
    assert os.sched_getaffinity(0) == HERE


@pytest.mark.skipif(len(HERE) < 2, reason="one core")
def test_as_the_settings_say(home, pinned):
    core = max(HERE)
    config = load(["think.model=none", f"cores.speak={core}", "speak.voice_en=espeak"]).config
    with Engines(config) as engines:
        voice = engines.stages.voices["en"]
        assert voice.run(lambda _: os.sched_getaffinity(0), Cancel()) == {core}
    with pytest.raises(ConfigError, match="no core 999"):
        Engines(load(["cores.ears=999"]).config)
