"""How fast and how right it is, on this machine and on anybody's recordings.

Ours is measured beside stock faster-whisper with the same weights, compute type and threads, in
one process and clip by clip, so that whatever else the machine does hits both.

    clips, sound    recordings with labels; noise and rooms added to them
    subject         what is measured: our engines, in a home of their own
    stock           what it is measured against
    words, intents, noise, wake, invented, latency, process     one measure each
    scoring         what the single results amount to (pure)
    report, pictures    table, JSON, PNG

Each measure yields one row per clip, and makes its figures of whatever rows there are: what was
measured before an interruption counts.

Recordings are a folder with, anywhere below it, folders that hold sound files (16 kHz mono, or
anything else that can be decoded) and a `labels.jsonl`, one JSON object per clip:

| label               | meaning                                                                    |
|---------------------|----------------------------------------------------------------------------|
| `audio`             | the file, beside `labels.jsonl`; always needed                             |
| `lang`              | "en" (taken when it is missing) or "es"                                    |
| `text`              | what is said: word error rate, and a command for the latency               |
| `intent`, `slots`   | what is meant by it, with the user's grammar (`--grammar`)                 |
| `keyword`           | the wake word of the clip, in a folder of that name; in any other folder,  |
|                     | a word that must not wake                                                  |
| `positive`: false   | a word that sounds like a wake word, and must not wake                     |
| `kind`              | not for us ("noise", "music", "speech"): nothing may be heard in it        |

Other labels are ignored. A sound file that no label names and whose name holds "noise" is mixed
into the clips for the noise curve; a folder named `rooms` holds impulse responses of rooms.
"""
