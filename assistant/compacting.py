"""Writes a sentence model once more, with weights that stay 8 bits wide in memory.

A model of which only the weights were quantized holds each matrix as 8-bit numbers and a scale for
each column, and onnxruntime unfolds them as it loads: of 23 MB it makes 103, and needs 240 while it
does. The same graph, written once more, looks words up in the 8-bit table and multiplies with
onnxruntime's MatMulNBits: all-MiniLM-L6-v2 in 35 MB, as fast, with cosines of at least 0.9995 to
its own vectors.

The copy is used only where it is as good and as fast as the model itself:
`python -m assistant.compacting MODEL FOLDER`.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from assistant import paths
from assistant.embedding import OnnxEmbedder

BLOCK = 64
"""Numbers of a column that have a scale of the other factor to themselves: with 128 it is as fast
and half as exact, with 32 it takes 1.2 times as long for passages."""
EXACT, SLOWER = 0.998, 1.3
"""Least cosine to the model's own vectors, and most of its time, for the copy to be used."""
_INT8 = 4  # MatMulNBits' accuracy_level: the other factor in 8 bits too, block by block
_ROUNDS = 7
_TRIED = (
    "what time is it in tokyo",
    "turn on the lights in the kitchen, please",
    "what is slowing down the computer",
    "cuánto tiempo queda del temporizador de la pasta",
)


def write(model: Path, folder: Path) -> None:
    """Make `folder` with the copy in it; an empty one where it would be worse than the model."""
    workplace = Path(tempfile.mkdtemp(dir=paths.private_dir(folder.parent)))
    try:
        if not (_rewrite(model, workplace) and _as_good(model, workplace / model.name)):
            for file in workplace.iterdir():
                file.unlink()
        for outdated in folder.parent.glob(f"{folder.name.rpartition('-')[0]}-*"):
            shutil.rmtree(outdated, ignore_errors=True)
        workplace.replace(folder)
    finally:
        shutil.rmtree(workplace, ignore_errors=True)


def _rewrite(model: Path, folder: Path) -> bool:
    """Write the copy into `folder`; false when nothing in the model can be kept small."""
    import onnx as tool

    whole = tool.load(str(model))
    if not _Graph(whole, tool).rewrite():
        return False
    # Weights in a file of their own are mapped: only those words take memory that were said.
    tool.save(
        whole,
        str(folder / model.name),
        save_as_external_data=True,
        location="weights.bin",
        size_threshold=1024,
    )
    for file in folder.iterdir():
        file.chmod(paths.OWNER_ONLY)
    return True


def _as_good(model: Path, copy: Path) -> bool:
    """Whether the copy says what the model says, and as soon."""
    vectors, seconds = _tried(model.parent, copy)
    own, own_seconds = _tried(model.parent, model)  # never both in memory
    return float((own * vectors).sum(axis=1).min()) >= EXACT and seconds <= SLOWER * own_seconds


def _tried(folder: Path, model: Path) -> tuple[Any, float]:
    """Vectors of some sentences, and the least processor seconds for all of them."""
    embedder = OnnxEmbedder(folder, model)
    took = []
    for _ in range(_ROUNDS):
        start = time.process_time()
        for sentence in _TRIED:
            embedder.embed([sentence])
        took.append(time.process_time() - start)
    return embedder.embed(_TRIED), min(took)


class _Graph:
    """A model's graph, in which what is unfolded at load is unfolded where it is used."""

    def __init__(self, model: Any, tool: Any) -> None:
        self._model, self._tool = model, tool
        self._graph = model.graph
        self._weights = {tensor.name: tensor for tensor in self._graph.initializer}
        self._unfolded = self._find()

    def rewrite(self) -> bool:
        """False when there is nothing to do."""
        nodes = []
        for node in self._graph.node:
            nodes += self._lookup(node) or self._product(node) or [node]
        changed = len(nodes) != len(self._graph.node) or any(n.domain for n in nodes)
        del self._graph.node[:]
        self._graph.node.extend(nodes)
        self._drop_unused()
        domain = self._tool.helper.make_opsetid("com.microsoft", 1)
        self._model.opset_import.append(domain)
        return changed

    def _find(self) -> dict[str, tuple[str, str]]:
        """What a node puts out that unfolds a matrix: Cast to float, times a scale."""
        int8 = self._tool.TensorProto.INT8
        cast = {
            node.output[0]: node.input[0]
            for node in self._graph.node
            if node.op_type == "Cast"
            and node.input[0] in self._weights
            and self._weights[node.input[0]].data_type == int8
        }
        return {
            node.output[0]: (cast[node.input[0]], node.input[1])
            for node in self._graph.node
            if node.op_type == "Mul"
            and node.input[0] in cast
            and node.input[1] in self._weights
            and len(self._weights[cast[node.input[0]]].dims) == 2
        }

    def _lookup(self, node: Any) -> list[Any]:
        """Rows of a table with a scale for each: unfolded after they were looked up."""
        if node.op_type != "Gather" or node.input[0] not in self._unfolded:
            return []
        table, scale = self._unfolded[node.input[0]]
        if list(self._weights[scale].dims) != [self._weights[table].dims[0], 1]:
            return []
        out, rows, make = node.output[0], node.input[1], self._tool.helper.make_node
        return [
            make("Gather", [table, rows], [f"{out}_rows"], axis=0),
            make("Cast", [f"{out}_rows"], [f"{out}_cast"], to=self._tool.TensorProto.FLOAT),
            make("Gather", [scale, rows], [f"{out}_scale"], axis=0),
            make("Mul", [f"{out}_cast", f"{out}_scale"], [out]),
        ]

    def _product(self, node: Any) -> list[Any]:
        """A product with a matrix that has a scale for each column."""
        if node.op_type != "MatMul" or node.input[1] not in self._unfolded:
            return []
        name, scale = self._unfolded[node.input[1]]
        rows, columns = self._weights[name].dims
        if list(self._weights[scale].dims) != [1, columns] or rows % BLOCK:
            return []
        if f"{name}_small" not in self._weights:
            self._fold(name, scale)
        return [
            self._tool.helper.make_node(
                "MatMulNBits",
                [node.input[0], f"{name}_small", f"{name}_scales"],
                list(node.output),
                domain="com.microsoft",
                K=rows,
                N=columns,
                bits=8,
                block_size=BLOCK,
                accuracy_level=_INT8,
            )
        ]

    def _fold(self, name: str, scale: str) -> None:
        """Add a matrix in the layout of MatMulNBits: column by column, 128 standing for zero."""
        array = self._tool.numpy_helper
        matrix = array.to_array(self._weights[name])
        blocks = matrix.shape[0] // BLOCK
        small = (matrix.T.astype(np.int16) + 128).astype(np.uint8).reshape(-1, blocks, BLOCK)
        scales = np.repeat(array.to_array(self._weights[scale]).astype(np.float32), blocks)
        for made, values in ((f"{name}_small", small), (f"{name}_scales", scales)):
            self._weights[made] = array.from_array(np.ascontiguousarray(values), made)
            self._graph.initializer.append(self._weights[made])

    def _drop_unused(self) -> None:
        """What nobody asks for any more: the nodes that unfolded, and what they unfolded."""
        wanted = {output.name for output in self._graph.output}
        kept = []
        for node in reversed(self._graph.node):  # in the order of a valid graph
            if wanted & set(node.output):
                kept.append(node)
                wanted |= set(node.input)
        tensors = [tensor for tensor in self._graph.initializer if tensor.name in wanted]
        for field, left in ((self._graph.node, kept[::-1]), (self._graph.initializer, tensors)):
            copies = [type(item).FromString(item.SerializeToString()) for item in left]
            del field[:]
            field.extend(copies)


if __name__ == "__main__":
    write(Path(sys.argv[1]), Path(sys.argv[2]))
