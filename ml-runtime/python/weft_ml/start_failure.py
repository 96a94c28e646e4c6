"""Why Ray did not start: what it raised, what its processes wrote, and what to do about it."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from weft_ml.errors import RuntimeFailedError, last_line

LOGS = ("gcs_server.out", "gcs_server.err", "raylet.out", "raylet.err")
LINES = 40
# Ray's own marks: severities E and F, failed checks, and what a loader or a shell says.
TROUBLE = re.compile(r"\b[EF] +\d+ +\d+\]|Check failed|\b[Ee]rror\b|cannot |No space|not found")
LONGEST = 200


def explained(failure: BaseException, folder: Path) -> RuntimeFailedError:
    """The error for the user; Ray's logs go to standard error, since their folder is deleted."""
    if isinstance(failure, (FileNotFoundError, PermissionError)) and _ours(failure.filename):
        return RuntimeFailedError(
            f"could not start Ray: '{failure.filename}' is missing or cannot be run; delete the"
            f" Python environment '{sys.prefix}', and the next start makes it anew"
        )
    reason = _said(folder) or _short(last_line(failure), folder)
    return RuntimeFailedError(
        f"could not start Ray ({reason}); free memory, processes and space in '{folder.parent}',"
        " and run it again"
    )


def _short(reason: str, folder: Path) -> str:
    """Without the session's folder and identifiers, which are gone when it is read."""
    return re.sub(r"_?[0-9a-f]{40,}", "", re.sub(rf"{re.escape(str(folder))}/[^/ ]+/", "", reason))


def _ours(path: object) -> bool:
    return "site-packages" in str(path) or "/ray/" in str(path)


def _said(folder: Path) -> str:
    """The last line of Ray's logs that looks like a reason, all tails being copied."""
    found = ""
    for name in LOGS:
        for log in sorted(folder.glob(f"session_2*/logs/{name}")):
            lines = _tail(log)
            if lines:
                print(f"--- {name}", *lines, sep="\n", file=sys.stderr, flush=True)
            trouble = [line for line in lines if TROUBLE.search(line)]
            found = trouble[-1] if trouble else found
    return found[-LONGEST:]


def _tail(log: Path) -> list[str]:
    try:
        lines = log.read_text("utf-8", errors="replace").splitlines()
    except OSError:
        return []
    return [line.strip() for line in lines if line.strip()][-LINES:]
