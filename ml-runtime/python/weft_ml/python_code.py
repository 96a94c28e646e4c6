"""Users' code: compiled with the script's line numbers, run, and told about in its own terms."""

from __future__ import annotations

import difflib
import linecache
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from types import CodeType, TracebackType
from typing import Any

FILE = "<script>"
MOST_FRAMES = 4


class CodeError(Exception):
    """What the user's code has done wrong, at a line of the script; 0 where none is at fault."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


class StoppedError(BaseException):
    """Thrown into code that nobody waits for any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A code with its setup, the names it reads and the one it assigns."""

    setup: str
    setup_line: int
    code: str
    line: int
    inputs: tuple[str, ...]
    output: str


class Runner:
    """Runs a program; the setup runs once, before the first run of the code."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._code = compiled(program.code, program.line)
        self._globals: dict[str, Any] | None = None

    def prepare(self) -> dict[str, Any]:
        """The names that the setup has made."""
        if self._globals is None:
            names: dict[str, Any] = {"__name__": "__weft__"}
            if self._program.setup:
                run(compiled(self._program.setup, self._program.setup_line), names)
            self._globals = names
        return self._globals

    def output(self, inputs: Mapping[str, Any]) -> Any:
        """What the code has assigned to its output's name."""
        names = {**self.prepare(), **inputs}
        name = self._program.output
        before = names.pop(name, None) if name not in inputs else None
        run(self._code, names)
        if name not in names:
            del before
            raise CodeError(missing(name, names, inputs))
        return names[name]


def missing(name: str, names: Mapping[str, Any], known: Mapping[str, Any]) -> str:
    """The sentence for a name that was not assigned."""
    assigned = [n for n in names if not n.startswith("__") and n not in known]
    near = difflib.get_close_matches(name, assigned, 1, 0.6)
    hint = f"; did you mean '{near[0]}'?" if near else ""
    return f"the code does not assign '{name}', the name of its output{hint}"


def compiled(text: str, line: int) -> CodeType:
    """The code with the script's line numbers; what Python cannot read is a CodeError."""
    try:
        return compile("\n" * (line - 1) + text, FILE, "exec", dont_inherit=True)
    except SyntaxError as failure:
        raise CodeError(f"SyntaxError: {failure.msg}", failure.lineno or line) from None
    except ValueError as failure:
        raise CodeError(f"{type(failure).__name__}: {failure}", line) from None


def run(code: CodeType, names: dict[str, Any]) -> None:
    """Runs code; whatever it raises is a CodeError, but for being stopped."""
    linecache.cache.pop(FILE, None)
    try:
        exec(code, names)
    except StoppedError:
        raise
    except BaseException as failure:
        raise told(failure) from None


def told(failure: BaseException) -> CodeError:
    """An exception of the user's code, with the lines of the script on the way to it."""
    lines = _lines(failure.__traceback__)
    where = [f"line {line}" + (f" in {name}" if name else "") for line, name in lines[:-1]]
    called = f", called from {', '.join(reversed(where[-MOST_FRAMES:]))}" if where else ""
    return CodeError(_said(failure) + called, lines[-1][0] if lines else 0)


def _lines(trace: TracebackType | None) -> list[tuple[int, str]]:
    """Line and function of the frames that are the script's, from the outermost."""
    frames = traceback.extract_tb(trace)
    return [
        (frame.lineno or 0, "" if frame.name == "<module>" else frame.name)
        for frame in frames
        if frame.filename == FILE
    ]


def _said(failure: BaseException) -> str:
    match failure:
        case SystemExit():
            return f"the code ends its process (SystemExit: {failure.code}); let it end by itself"
        case KeyboardInterrupt():
            return "the code was interrupted"
        case MemoryError():
            return "MemoryError: there is not enough memory; use smaller batches or fewer columns"
        case SyntaxError():
            return f"SyntaxError: {failure.msg}"
    text = " ".join(str(failure).split())
    name = type(failure).__name__
    if len(text) > 500:
        text = text[:500] + "…"
    return f"{name}: {text}" if text else name
