"""Convolutions as ONNX: the file that is stored, and the one that is exported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from onnx import TensorProto

from weft_ml.algorithms import image_network
from weft_ml.algorithms.image_network import ImageNetwork
from weft_ml.arrays import Floats
from weft_ml.export.graph import Graph


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A convolution of 3 x 3, its normalisation in ``groups``, a ReLU and a halving."""

    weight: Floats
    bias: Floats
    groups: int
    scale: Floats
    shift: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """What training gives: pixels less ``mean`` over ``spread``, stages, their mean, and dense."""

    mean: Sequence[float]
    spread: Sequence[float]
    stages: Sequence[Stage]
    weight: Floats
    bias: Floats


EPSILON = 1e-5


def stored(network: Network, shape: tuple[int, int, int]) -> bytes:
    """The file of a network for images of a shape; the same network gives the same bytes."""
    graph = Graph()
    rows = graph.pixels(image_network.PIXELS, shape)
    found = _probabilities(graph, rows, network)
    graph.output(
        found, image_network.PROBABILITIES, TensorProto.DOUBLE, ["rows", len(network.bias)]
    )
    return bytes(graph.model("network", {}).SerializeToString(deterministic=True))


def answers(graph: Graph, fitted: ImageNetwork) -> str:
    """Probabilities of pixels: reading files and making them small stays with who has them."""
    rows = graph.pixels(fitted.feature, fitted.look.shape)
    return graph.include(fitted.content, rows, image_network.PROBABILITIES)


def _probabilities(graph: Graph, rows: str, network: Network) -> str:
    """As PyTorch works: in single precision, channels first; the last step in double."""
    rows = graph.add("Transpose", graph.add("Cast", rows, to=TensorProto.FLOAT), perm=[0, 3, 1, 2])
    rows = graph.add("Sub", rows, graph.constant(_channels(network.mean)))
    rows = graph.add("Div", rows, graph.constant(_channels(network.spread)))
    for stage in network.stages:
        rows = _stage(graph, rows, stage)
    rows = graph.add("ReduceMean", rows, graph.constant([2, 3]), keepdims=0)
    rows = graph.add("MatMul", rows, graph.constant(_single(network.weight.T)))
    rows = graph.add("Add", rows, graph.constant(_single(network.bias)[None, :]))
    return graph.add("Softmax", graph.double(rows), axis=1)


def _stage(graph: Graph, rows: str, stage: Stage) -> str:
    weight, bias = graph.constant(_single(stage.weight)), graph.constant(_single(stage.bias))
    rows = graph.add("Conv", rows, weight, bias, kernel_shape=[3, 3], pads=[1, 1, 1, 1])
    # A group is normalised as one channel would be, which all runtimes know how to do.
    shape = graph.add("Shape", rows)
    flat = graph.add("Reshape", rows, graph.constant([0, stage.groups, -1]))
    one = graph.constant(np.ones(stage.groups, dtype=np.float32))
    zero = graph.constant(np.zeros(stage.groups, dtype=np.float32))
    flat = graph.add("InstanceNormalization", flat, one, zero, epsilon=EPSILON)
    rows = graph.add("Reshape", flat, shape)
    rows = graph.add("Mul", rows, graph.constant(_channels(stage.scale)))
    rows = graph.add("Add", rows, graph.constant(_channels(stage.shift)))
    return graph.add("MaxPool", graph.add("Relu", rows), kernel_shape=[2, 2], strides=[2, 2])


def _channels(values: Sequence[float] | Floats) -> Floats:
    return _single(values).reshape(1, -1, 1, 1)


def _single(values: Sequence[float] | Floats) -> Floats:
    return np.ascontiguousarray(values, dtype=np.float32)
