"""Our own recognizer behind another machine's, where ours is a process: it ends with its owner."""

import numpy as np
import psutil

from assistant.apart.engines import Apart
from assistant.apart.process import Process
from assistant.remote import RemoteTranscriber
from assistant.worker import Worker
from tests.apart.echo import Echo


class Own(Apart):
    def __init__(self):
        super().__init__(Process("hear", Echo, {"asked": str.lower}))

    def written(self, samples, expected):
        return str(self._process.call("answered", expected))


def remote():
    return RemoteTranscriber(("127.0.0.1", 9), ("en",), Own, lambda: 0.0)


def test_it_ends_with_its_owner_and_is_no_zombie():
    worker = Worker("hear", remote)
    children = []
    for _ in range(2):
        assert worker.ask(lambda t: t.written(np.zeros(9, np.int16), "alexa")) == "alexa"
        children += psutil.Process().children()
        worker.unload().result()
        assert psutil.Process().children() == []
    worker.close()
    assert len(children) == 2


def test_one_that_has_ended_is_known():
    ours = remote()
    assert not ours.ended and not ours.kill()
    ours.ping()  # there is none, and it is not started for that
    ours.written(np.zeros(9, np.int16), "alexa")
    ours.ping()
    assert not ours.ended and ours.kill()
    assert ours.ended
    ours.close()
