"""A graph of ONNX that grows node by node; every number in it is a double."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

OPSET = 21
ML_OPSET = 5
IR_VERSION = 10
ML = "ai.onnx.ml"


class Graph:
    """Nodes, constants, inputs and outputs; what a method returns is the name of a tensor."""

    def __init__(self) -> None:
        self._nodes: list[Any] = []
        self._constants: list[Any] = []
        self._inputs: list[Any] = []
        self._outputs: list[Any] = []
        self._count = 0
        self._called: dict[str, str] = {}

    def input(self, name: str, text: bool) -> str:
        """A column of texts or doubles, of shape [rows, 1]."""
        kind = TensorProto.STRING if text else TensorProto.DOUBLE
        self._inputs.append(helper.make_tensor_value_info(name, kind, ["rows", 1]))
        return name

    def pixels(self, name: str, shape: Sequence[int]) -> str:
        """Images of one shape, [height, width, channels], with numbers from 0 to 255."""
        info = helper.make_tensor_value_info(name, TensorProto.UINT8, ["rows", *shape])
        self._inputs.append(info)
        return name

    def include(self, content: bytes, taken: str, given: str) -> str:
        """Adds a whole model with one input, which is a tensor of this one; gives one output."""
        inner = onnx.load_model_from_string(content).graph
        names = {inner.input[0].name: taken}
        for part in inner.initializer:
            names[part.name] = part.name = self._fresh("included")
            self._constants.append(part)
        for node in inner.node:
            for place, name in enumerate(node.input):
                node.input[place] = names[name]
            for place, name in enumerate(node.output):
                names[name] = node.output[place] = self._fresh("included")
            self._nodes.append(node)
        return names[given]

    def output(self, tensor: str, name: str, kind: int, shape: Sequence[str | int]) -> None:
        """Gives a tensor out under a name."""
        self._nodes.append(helper.make_node("Identity", [tensor], [name]))
        self._outputs.append(helper.make_tensor_value_info(name, kind, list(shape)))

    def call(self, names: dict[str, str]) -> None:
        """Gives tensors names for all nodes to come; inputs of the same names are not read then."""
        self._called = names

    def constant(self, value: Any) -> str:
        """An array; texts as an array of objects."""
        name = self._fresh("constant")
        self._constants.append(numpy_helper.from_array(np.asarray(value), name))
        return name

    def add(self, operator: str, *inputs: str, domain: str = "", **attributes: Any) -> str:
        """A node with one output."""
        return self.several(operator, 1, *inputs, domain=domain, **attributes)[0]

    def several(
        self, operator: str, outputs: int, *inputs: str, domain: str = "", **attributes: Any
    ) -> list[str]:
        """A node with several outputs."""
        names = [self._fresh(operator) for _ in range(outputs)]
        read = [self._called.get(name, name) for name in inputs]
        self._nodes.append(helper.make_node(operator, read, names, domain=domain, **attributes))
        return names

    def refused(self, numbers: str, where: str, why: str) -> str:
        """The same numbers, but for wrong ones, which end the run with the sentence that says why.

        ONNX has no failure of its own. What fails here is looking up a place that is not there,
        and a runtime tells the name of the node that failed.
        """
        name = self._fresh("allowed")
        one = self.constant(np.ones(1))
        self._nodes.append(helper.make_node("Gather", [one, self.whole(where)], [name], name=why))
        return self.add("Mul", numbers, name)

    def double(self, tensor: str) -> str:
        """The same numbers as doubles."""
        return self.add("Cast", tensor, to=TensorProto.DOUBLE)

    def whole(self, tensor: str) -> str:
        """The same numbers as whole ones."""
        return self.add("Cast", tensor, to=TensorProto.INT64)

    def model(self, name: str, properties: dict[str, str]) -> Any:
        """The finished model, checked."""
        graph = helper.make_graph(self._nodes, name, self._inputs, self._outputs, self._constants)
        model = helper.make_model(
            graph,
            producer_name="weft",
            ir_version=IR_VERSION,
            opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid(ML, ML_OPSET)],
        )
        helper.set_model_props(model, properties)
        onnx.checker.check_model(model)
        return model

    def _fresh(self, what: str) -> str:
        self._count += 1
        return f"weft/{what}_{self._count}"


def objects(texts: Sequence[str]) -> Any:
    """Texts as the array that a constant takes."""
    array = np.empty(len(texts), dtype=object)
    array[:] = list(texts)
    return array
