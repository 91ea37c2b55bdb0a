"""What scripts/bench runs: `assistant bench`, with a virtual microphone and speaker.

With these, a machine without sound tells how it starts and waits, too.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))  # the virtual sound server lives with the tests

from assistant.cli import main  # noqa: E402
from tests.sound import VirtualSound  # noqa: E402

if __name__ == "__main__":
    with VirtualSound() as sound:
        os.environ |= sound.env
        sys.argv = ["assistant", "bench", *sys.argv[1:]]
        main()
