"""Sentence models with small weights: the same vectors, in a fraction of the memory."""

from pathlib import Path

import numpy as np
import onnx as onnx_format
import pytest
from onnx import TensorProto, helper, numpy_helper

from assistant import compact, compacting, models, onnx, paths
from assistant.embedding import OnnxEmbedder

WORDS, WIDTH = 50, 128


def quantized(tmp_path, *, table_scale=(WORDS, 1), matrix_scale=(1, WIDTH)):
    """Looks words up and multiplies, with weights of 8 bits as exporters write them."""
    chance = np.random.default_rng(3)
    graph = helper.make_graph(
        [
            helper.make_node("Cast", ["table"], ["t"], to=TensorProto.FLOAT),
            helper.make_node("Mul", ["t", "table_scale"], ["unfolded_table"]),
            helper.make_node("Gather", ["unfolded_table", "ids"], ["rows"], axis=0),
            helper.make_node("Cast", ["matrix"], ["m"], to=TensorProto.FLOAT),
            helper.make_node("Mul", ["m", "matrix_scale"], ["unfolded_matrix"]),
            helper.make_node("MatMul", ["rows", "unfolded_matrix"], ["out"]),
        ],
        "small",
        [helper.make_tensor_value_info("ids", TensorProto.INT64, [None])],
        [helper.make_tensor_value_info("out", TensorProto.FLOAT, [None, WIDTH])],
        [
            numpy_helper.from_array(values, name)
            for name, values in (
                ("table", chance.integers(-127, 128, (WORDS, WIDTH)).astype(np.int8)),
                ("table_scale", chance.uniform(0.01, 0.02, table_scale).astype(np.float32)),
                ("matrix", chance.integers(-127, 128, (WIDTH, WIDTH)).astype(np.int8)),
                ("matrix_scale", chance.uniform(0.01, 0.02, matrix_scale).astype(np.float32)),
            )
        ],
    )
    path = tmp_path / "model.onnx"
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    onnx_format.save(made, path)
    return path


def out(path):
    ids = np.arange(0, WORDS, 7)
    return onnx.session(path, optimized_cache=False).run(None, {"ids": ids})[0]


def kinds(path):
    return [node.op_type for node in onnx_format.load(path, load_external_data=False).graph.node]


def rewritten(model, tmp_path):
    folder = tmp_path / "copy"
    folder.mkdir()
    return folder / model.name if compacting._rewrite(model, folder) else None


def test_the_copy_computes_the_same_from_weights_that_stay_small(tmp_path):
    model = quantized(tmp_path)
    copy = rewritten(model, tmp_path)
    own, small = out(model), out(copy)
    assert np.abs(own - small).max() < 0.02 * np.abs(own).max()
    assert kinds(copy) == ["Gather", "Cast", "Gather", "Mul", "MatMulNBits"]
    weights = (copy.parent / "weights.bin").stat().st_size
    assert weights < 1.1 * (WORDS + WIDTH) * (WIDTH + 4)


@pytest.mark.parametrize(
    ("scales", "kept"),
    [({"table_scale": (1, WIDTH)}, "unfolded_table"), ({"matrix_scale": (1,)}, "unfolded_matrix")],
)
def test_what_is_scaled_in_another_way_is_left_as_it_is(tmp_path, scales, kept):
    model = quantized(tmp_path, **scales)
    copy = rewritten(model, tmp_path)
    graph = onnx_format.load(copy, load_external_data=False).graph
    assert kept in {name for node in graph.node for name in node.output}
    assert np.abs(out(model) - out(copy)).max() < 0.02 * np.abs(out(model)).max()


def test_a_model_of_floats_has_no_copy(tmp_path):
    value = [helper.make_tensor_value_info(name, TensorProto.FLOAT, [1]) for name in "xy"]
    graph = helper.make_graph([helper.make_node("Neg", ["x"], ["y"])], "n", value[:1], value[1:])
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    onnx_format.save(made, tmp_path / "model.onnx")
    assert rewritten(tmp_path / "model.onnx", tmp_path) is None


def test_a_copy_that_says_something_else_is_not_used(tmp_path, monkeypatch):
    model = quantized(tmp_path)
    monkeypatch.setattr(compacting, "_as_good", lambda *_: False)
    folder = tmp_path / "copies" / "x-y-z"
    compacting.write(model, folder)
    assert list(folder.iterdir()) == []  # it is not tried again


def test_a_model_that_cannot_be_read_is_used_as_it_is(tmp_path):
    model = tmp_path / "a" / "b" / "model.onnx"
    model.parent.mkdir(parents=True)
    model.write_bytes(b"no model")
    assert compact.compact(model) == model


@pytest.mark.models
def test_the_embedded_model_says_the_same_in_a_third_of_the_memory():
    folder = models.locate("minilm-l6-v2-int8")
    copy = compact.compact(folder / "model.onnx")
    assert copy.parent.parent == (paths.cache_dir() / "compact")
    assert {oct(file.stat().st_mode)[-3:] for file in copy.parent.iterdir()} == {"600"}
    said = ["is the front door locked", "cuánto son veinte dólares en euros", "play some jazz"]
    own = OnnxEmbedder(folder, folder / "model.onnx").embed(said)
    small = OnnxEmbedder(folder)
    assert (own * small.embed(said)).sum(axis=1).min() > 0.999
    # shared, and given back under pressure
    assert f"{copy.resolve().parent}/weights.bin" in Path("/proc/self/maps").read_text("utf-8")
