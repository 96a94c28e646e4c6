from __future__ import annotations

from pathlib import Path

from weft_ml_pb2 import Error

from weft_ml.errors import WeftError, last_line, to_wire

CODES = Path(__file__).parents[3] / "grammar/src/main/java/dev/weft/grammar/ErrorCode.java"


def test_every_error_has_a_code_of_its_own() -> None:
    kinds = WeftError.__subclasses__()
    assert len({kind.code for kind in kinds}) == len(kinds)
    for kind in kinds:
        message = to_wire(kind("why", retryable=True))
        assert (message.code, message.message, message.retryable) == (kind.code, "why", True)


def test_every_code_is_one_of_the_language() -> None:
    java = CODES.read_text()
    assert all(f"  {name}(" in java for name in sorted(Error.Code.keys()))


def test_foreign_errors_are_bugs_of_ours() -> None:
    message = to_wire(KeyError("x"))
    assert message.code == Error.INTERNAL
    assert "KeyError" in message.message


def test_the_last_line_says_something() -> None:
    assert last_line(ValueError("a\n\n b \n")) == "b"
    assert last_line(ValueError()) == "ValueError"
