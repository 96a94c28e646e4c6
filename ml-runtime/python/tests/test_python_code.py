"""Users' code: what it may do, and how its errors are told."""

from __future__ import annotations

import pyarrow as pa
import pytest

from weft_ml.python_code import CodeError, Program, Runner
from weft_ml.python_prints import LONGEST_LINE, MOST_LINES, Prints

T = pa.table({"a": [1, 2, 3]})


def runner(code: str, setup: str = "") -> Runner:
    return Runner(
        Program(setup=setup, setup_line=2, code=code, line=10, inputs=("t",), output="out")
    )


def error(code: str, setup: str = "") -> CodeError:
    with pytest.raises(CodeError) as raised:
        runner(code, setup).output({"t": T})
    return raised.value


def test_reads_its_inputs_and_assigns_its_output() -> None:
    assert runner("out = t.slice(1)").output({"t": T}).num_rows == 2


def test_setup_runs_once_and_names_of_one_run_are_gone_in_the_next() -> None:
    run = runner("seen.append(1)\nout = ('left' in globals(), len(seen))\nleft = 1", "seen = []")
    assert [run.output({"t": T}), run.output({"t": T})] == [(False, 1), (False, 2)]


@pytest.mark.parametrize(
    ("code", "line", "message"),
    [
        ("x = 1\nout = 1 / 0", 11, "ZeroDivisionError: division by zero"),
        (
            "def f():\n  return 1 / 0\nout = f()",
            11,
            "ZeroDivisionError: division by zero, called from line 12",
        ),
        ("oot = t", 0, "does not assign 'out', the name of its output; did you mean 'oot'?"),
        ("pass", 0, "does not assign 'out', the name of its output"),
        ("exit(3)", 10, "ends its process (SystemExit: 3)"),
        ("raise MemoryError", 10, "not enough memory"),
        ("raise KeyError('a\\n  b')", 10, "KeyError"),
        ("class E(BaseException): pass\nraise E", 11, "E"),
    ],
)
def test_errors_name_the_line_of_the_script(code: str, line: int, message: str) -> None:
    failure = error(code)
    assert (failure.line, message in failure.message) == (line, True), failure.message


def test_setup_that_fails_names_its_own_line() -> None:
    assert error("out = t", "\nimport no_such_thing").line == 3


def test_what_is_no_python_is_told_before_it_runs() -> None:
    with pytest.raises(CodeError, match="SyntaxError") as raised:
        runner("out = (1")
    assert raised.value.line == 10


def test_prints_are_lines_and_bounded() -> None:
    lines: list[str] = []
    prints = Prints(lines.append)
    prints.write("one\ntw")
    prints.write("o\nthree")
    prints.end()
    assert lines == ["one", "two", "three"]
    for _ in range(2 * MOST_LINES):
        prints.write("x" * (2 * LONGEST_LINE) + "\n")
    assert len(lines) == MOST_LINES + 1
    assert max(map(len, lines)) == LONGEST_LINE + 1
