"""An on-device, fully offline voice assistant.

The tree is the pipeline: audio -> hear -> understand -> handlers | think -> speak -> audio.
"""

__version__ = "0.1.0"
