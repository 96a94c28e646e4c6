"""The normal distribution as ONNX.

ONNX has an error function, and ONNX Runtime none of doubles; here it is W. J. Cody's, of 1969, made
of quotients of polynomials, exact to 1e-16.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from weft_ml.export.graph import Graph

# Highest powers first. Up to SMALL the quotient is of x², up to LARGE of x, beyond of 1 / x².
SMALL, LARGE, END = 0.46875, 4.0, 40.0
NEAR = (
    (
        0.185777706184603153, 3.16112374387056560, 113.864154151050156, 377.485237685302021,
        3209.37758913846947,
    ),
    (1.0, 23.6012909523441209, 244.024637934444173, 1282.61652607737228, 2844.23683343917062),
)  # fmt: skip
MIDDLE = (
    (
        2.15311535474403846e-8, 0.564188496988670089, 8.88314979438837594, 66.1191906371416295,
        298.635138197400131, 881.952221241769090, 1712.04761263407058, 2051.07837782607147,
        1230.33935479799725,
    ),
    (
        1.0, 15.7449261107098347, 117.693950891312499, 537.181101862009858, 1621.38957456669019,
        3290.79923573345963, 4362.61909014324716, 3439.36767414372164, 1230.33935480374942,
    ),
)  # fmt: skip
FAR = (
    (
        0.0163153871373020978, 0.305326634961232344, 0.360344899949804439, 0.125781726111229246,
        0.0160837851487422766, 6.58749161529837803e-4,
    ),
    (
        1.0, 2.56852019228982242, 1.87295284992346725, 0.527905102951428412, 0.0605183413124413191,
        2.33520497626869185e-3,
    ),
)  # fmt: skip


def below(graph: Graph, line: str) -> str:
    """How likely a number of the standard normal distribution is below each of a line's."""
    scaled = graph.add("Div", line, _number(graph, math.sqrt(2)))
    more = graph.add("Add", _error(graph, scaled), _number(graph, 1))
    return graph.add("Mul", more, _number(graph, 0.5))


def _error(graph: Graph, line: str) -> str:
    """The error function; beyond the end it is 1 to the last digit."""
    size = graph.add("Min", graph.add("Abs", line), _number(graph, END))
    squares = graph.add("Mul", size, size)
    bell = graph.add("Exp", graph.add("Neg", squares))
    near = graph.add("Mul", size, _quotient(graph, squares, NEAR))
    middle = _rest(graph, graph.add("Mul", bell, _quotient(graph, size, MIDDLE)))
    # Close to 0 there is no inverse, and nothing of this is taken.
    safe = graph.add("Max", size, _number(graph, LARGE))
    inverse = graph.add("Reciprocal", graph.add("Mul", safe, safe))
    small = graph.add("Mul", inverse, _quotient(graph, inverse, FAR))
    tail = graph.add("Sub", _number(graph, 1 / math.sqrt(math.pi)), small)
    far = _rest(graph, graph.add("Mul", bell, graph.add("Div", tail, safe)))
    beyond = graph.add("Greater", size, _number(graph, LARGE))
    found = graph.add("Where", beyond, far, middle)
    close = graph.add("LessOrEqual", size, _number(graph, SMALL))
    found = graph.add("Where", close, near, found)
    return graph.add("Mul", graph.add("Sign", line), found)


def _rest(graph: Graph, complement: str) -> str:
    return graph.add("Sub", _number(graph, 1), complement)


def _quotient(graph: Graph, of: str, parts: tuple[Sequence[float], Sequence[float]]) -> str:
    above, below = (_polynomial(graph, of, part) for part in parts)
    return graph.add("Div", above, below)


def _polynomial(graph: Graph, of: str, coefficients: Sequence[float]) -> str:
    found = _number(graph, coefficients[0])
    for coefficient in coefficients[1:]:
        product = graph.add("Mul", found, of)
        found = graph.add("Add", product, _number(graph, coefficient))
    return found


def _number(graph: Graph, value: float) -> str:
    return graph.constant(np.float64(value))
