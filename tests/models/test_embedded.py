"""The embedded models as they are on this machine."""

from __future__ import annotations

import pytest

from assistant import models
from tests.models.conftest import REAL_MODELS


@pytest.mark.models
@pytest.mark.parametrize("model_id", [entry.id for entry in models.embedded()])
def test_each_default_is_whole(monkeypatch, model_id):
    monkeypatch.setenv("ASSISTANT_MODELS", str(REAL_MODELS))
    path = models.locate(model_id)
    assert path.exists() and path.is_absolute()
    assert models.verify(model_id) == []
    assert models.pull(model_id) == models.current(model_id)  # at once, and without a network
