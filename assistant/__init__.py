"""An on-device, fully offline voice assistant.

The tree is the pipeline: audio -> hear -> understand -> handlers | think -> speak -> audio.
"""

import os

__version__ = "0.1.0"

# From 1.29 on, onnxruntime tells its maker of every model that it opens, unless it is told not to
# before it is loaded. Whatever of ours is imported, this comes first.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
