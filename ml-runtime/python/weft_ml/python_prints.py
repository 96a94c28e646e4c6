"""What users' code prints: taken per thread, line by line, up to a bound."""

from __future__ import annotations

import io
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

MOST_LINES = 1000
LONGEST_LINE = 2000

_here = threading.local()


class Prints:
    """The lines of one run of code; ``sink`` takes each as it is complete."""

    def __init__(self, sink: Callable[[str], None]) -> None:
        self._sink = sink
        self._open = ""
        self._count = 0

    def write(self, text: str) -> None:
        """Takes text as it comes."""
        *lines, self._open = (self._open + text).split("\n")
        for line in lines:
            self._line(line)
        self._open = self._open[: LONGEST_LINE + 1]

    def end(self) -> None:
        """Passes on a last line without its end."""
        if self._open:
            self._line(self._open)
            self._open = ""

    def _line(self, line: str) -> None:
        self._count += 1
        if self._count <= MOST_LINES:
            self._sink(line if len(line) <= LONGEST_LINE else line[:LONGEST_LINE] + "…")
        elif self._count == MOST_LINES + 1:
            self._sink("… what it prints beyond here is left out")


class _Router(io.TextIOBase):
    """Standard output or error: to the code of this thread, else where it went before."""

    def __init__(self, otherwise: io.TextIOBase) -> None:
        super().__init__()
        self._otherwise = otherwise

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, text: str) -> int:
        """Passes text on."""
        prints: Prints | None = getattr(_here, "prints", None)
        if prints is None:
            return self._otherwise.write(text)
        prints.write(text)
        return len(text)

    def flush(self) -> None:
        """Lines are passed on when they are complete."""
        if getattr(_here, "prints", None) is None:
            self._otherwise.flush()


def install() -> None:
    """Takes over this process's standard output and error."""
    sys.stdout = _Router(sys.stdout)  # type: ignore[arg-type]
    sys.stderr = _Router(sys.stderr)  # type: ignore[arg-type]


@contextmanager
def taken(sink: Callable[[str], None]) -> Iterator[None]:
    """Passes what this thread prints meanwhile to ``sink``."""
    prints = Prints(sink)
    _here.prints = prints
    try:
        yield
    finally:
        _here.prints = None
        prints.end()
