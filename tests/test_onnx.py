import os
import stat
import subprocess
import sys
from pathlib import Path

import numpy as np
import onnx as onnx_format
import pytest
from onnx import TensorProto, helper
from onnxruntime import InferenceSession

from assistant import onnx, paths
from assistant.bench.held import copied_mb
from assistant.errors import ModelError


@pytest.fixture
def model(tmp_path):
    """A model that computes x * 2 + 1."""
    constants = [
        helper.make_tensor("two", TensorProto.FLOAT, [1], [2.0]),
        helper.make_tensor("one", TensorProto.FLOAT, [1], [1.0]),
    ]
    nodes = [
        helper.make_node("Mul", ["x", "two"], ["m"]),
        helper.make_node("Add", ["m", "one"], "y"),
    ]
    value = [helper.make_tensor_value_info(name, TensorProto.FLOAT, [1]) for name in "xy"]
    graph = helper.make_graph(nodes, "affine", value[:1], value[1:], constants)
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    path = tmp_path / "affine.onnx"
    onnx_format.save(made, path)
    return path


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path / "home"))


def answer(session: InferenceSession) -> float:
    return float(session.run(None, {"x": np.array([3], np.float32)})[0][0])


def stored() -> list[Path]:
    return sorted((paths.cache_dir() / "onnx").glob("*"))


def test_the_optimised_graph_is_stored_once_and_used(model):
    assert answer(onnx.session(model)) == 7
    [graph] = stored()
    assert stat.S_IMODE(graph.stat().st_mode) == 0o600
    before = graph.stat().st_mtime_ns
    assert answer(onnx.session(model, threads=2)) == 7
    assert [file.stat().st_mtime_ns for file in stored()] == [before]


def test_the_stored_graph_is_what_is_opened(model, tmp_path):
    onnx.session(model)
    [graph] = stored()
    changed = onnx_format.load(graph)
    next(t for t in changed.graph.initializer if t.name == "one").float_data[:] = []
    for tensor in changed.graph.initializer:
        if tensor.name == "one":
            tensor.raw_data = np.array([5], np.float32).tobytes()
    onnx_format.save(changed, graph)
    assert answer(onnx.session(model)) == 11


@pytest.mark.parametrize("harm", [b"", b"nonsense" * 9])
def test_a_damaged_stored_graph_falls_back_and_is_replaced(model, harm):
    onnx.session(model)
    [graph] = stored()
    graph.write_bytes(harm)
    assert answer(onnx.session(model)) == 7
    assert stored()[0].read_bytes() != harm


@pytest.fixture
def large(tmp_path):
    """A model that adds a row of numbers: 7, and many more."""
    row = np.arange(7, 100_007, dtype=np.float32)
    constants = [onnx_format.numpy_helper.from_array(row, "row")]
    value = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, [size])
        for name, size in (("x", 1), ("y", len(row)))
    ]
    nodes = [helper.make_node("Add", ["x", "row"], ["y"])]
    graph = helper.make_graph(nodes, "row", value[:1], value[1:], constants)
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    path = tmp_path / "large.onnx"
    onnx_format.save(made, path)
    return path


def first(session: InferenceSession) -> float:
    return float(session.run(None, {"x": np.array([3], np.float32)})[0][0])


def test_the_weights_lie_in_a_file_that_is_mapped_and_not_copied(large):
    session = onnx.session(large)
    graph, weights = stored()
    assert (graph.suffix, weights.suffix) == (".onnx", ".weights")
    assert stat.S_IMODE(weights.stat().st_mode) == 0o600
    assert graph.stat().st_size < 4_000 < weights.stat().st_size
    assert first(session) == 10
    resident, copied = copied_mb(weights)
    assert resident > 0.3 and copied == 0


@pytest.mark.parametrize("harm", ["missing", "short"])
def test_damaged_weights_are_replaced(large, harm):
    onnx.session(large)
    _, weights = stored()
    weights.unlink()
    if harm == "short":
        weights.write_bytes(b"short")
    assert first(onnx.session(large)) == 10
    assert stored()[1].stat().st_size > 100_000


def test_of_a_changed_model_the_old_weights_go(large):
    onnx.session(large)
    before = stored()
    made = onnx_format.load(large)
    made.doc_string = "another"
    onnx_format.save(made, large)
    onnx.session(large)
    assert len(stored()) == 2 and not set(before) & set(stored())


def test_a_changed_model_is_optimised_anew(model):
    onnx.session(model)
    [old] = stored()
    made = onnx_format.load(model)
    made.graph.initializer[1].float_data[0] = 10.0
    made.doc_string = "another"
    onnx_format.save(made, model)
    assert answer(onnx.session(model)) == 16
    [new] = stored()
    assert new != old


def test_nothing_is_stored_when_not_wanted(model):
    assert answer(onnx.session(model, optimized_cache=False)) == 7
    assert stored() == []


def test_a_cache_that_cannot_be_written_costs_nothing(model):
    (paths.cache_dir().parent).mkdir(parents=True)
    paths.cache_dir().write_text("a file where the folder should be")
    assert answer(onnx.session(model)) == 7


def test_sessions_do_not_spin_and_keep_no_arena(model):
    options = onnx.session(model, threads=2).get_session_options()
    assert options.get_session_config_entry("session.intra_op.allow_spinning") == "0"
    assert options.get_session_config_entry("session.inter_op.allow_spinning") == "0"
    assert options.intra_op_num_threads == 2
    assert not options.enable_cpu_mem_arena
    assert not options.enable_mem_pattern


@pytest.mark.parametrize("content", [None, b"", b"not a model"])
def test_a_missing_or_damaged_model_is_one_clear_sentence(tmp_path, content):
    path = tmp_path / "bad.onnx"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ModelError, match=r"bad\.onnx is (missing|damaged)"):
        onnx.session(path)
    assert stored() == []


def test_onnxruntime_keeps_no_record_for_its_maker(model, tmp_path):
    """Since 1.29 it writes an identifier and a spool of events into the cache at once, and sends
    them when it can. `tests/e2e/test_offline.py` has the kernel's account."""
    code = f"from assistant import onnx; onnx.session({str(model)!r})"
    environment = {k: v for k, v in os.environ.items() if k not in {"ORT_DISABLE_TELEMETRY", "CI"}}
    subprocess.run(
        [sys.executable, "-c", code],
        env={**environment, "HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / ".cache")},
        cwd=Path(__file__).parent.parent,
        check=True,
    )
    assert not list(tmp_path.rglob("*deviceid*")) and not list(tmp_path.rglob("onnxruntime.db"))
