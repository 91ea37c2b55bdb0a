"""Speech embeddings: 96 numbers every 80 ms for how the last 0.78 s sounded.

Google's model, as openWakeWord uses it and pyopen-wakeword carries it: openWakeWord's models are
classifiers of these numbers, and one's own wake word is compared by them.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from assistant.types import LOOP_RATE, Samples

SIZE = 96
STEP = 1280  # samples from one row to the next
WINDOW = round(0.78 * LOOP_RATE)  # samples that one row hears

Embeddings = npt.NDArray[np.float32]
"""Shape (n, SIZE)."""


class SpeechEmbeddings:
    """The embeddings of a stream of sound (7 % of a laptop core). It begins with silence.

    streaming: false where only `alone` is asked.
    """

    def __init__(self, streaming: bool = True) -> None:
        from pyopen_wakeword import OpenWakeWordFeatures

        self._features = OpenWakeWordFeatures.from_builtin()
        if streaming:
            # The first call works through eight seconds of silence (0.5 s): not when somebody
            # speaks.
            self.process(np.zeros(STEP, np.int16))

    def process(self, samples: Samples) -> Embeddings:
        """The rows that these samples, of any number, complete."""
        rows = [np.zeros((0, SIZE), np.float32)]
        # The package takes neither nothing nor more than ten seconds at a time.
        for start in range(0, len(samples), STEP):
            piece = samples[start : start + STEP].tobytes()
            rows += [row.reshape(-1, SIZE) for row in self._features.process_streaming(piece)]
        return np.concatenate(rows)

    def alone(self, samples: Samples) -> Embeddings:
        """The rows of this sound alone, with nothing before it; the stream begins anew."""
        self._features.reset()
        # else it would first work through the eight seconds of silence
        self._features.new_audio_samples = 0
        return self.process(samples)

    def forget(self) -> Embeddings:
        """Hear silence, as long as a row remembers (50 ms of work); its rows."""
        return self.process(np.zeros(WINDOW + STEP, np.int16))

    def close(self) -> None:
        self._features.close()
