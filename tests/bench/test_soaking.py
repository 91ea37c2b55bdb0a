import json
import os
import signal
import threading

from assistant.bench import soaking


def test_what_is_held_is_told_when_asked(capsys):
    signals, noted = os.pipe()
    thread = threading.Thread(target=soaking._count, args=(signals,))
    thread.start()
    os.write(noted, bytes([signal.SIGTERM]))  # not asked
    os.write(noted, bytes([signal.SIGUSR1]))
    os.close(noted)
    thread.join()
    os.close(signals)
    [line] = capsys.readouterr().out.splitlines()
    told = json.loads(line)
    assert told["python_blocks"] > 10_000 and told["heap_mb"] >= 0
