"""Asking actors, ending them, and why they died."""

from __future__ import annotations

import contextlib
import os
import re
import signal
from typing import Any

import ray
from ray.exceptions import (
    GetTimeoutError,
    OutOfMemoryError,
    RayActorError,
    RayError,
    RayTaskError,
)

from weft_ml.errors import (
    ActorLostError,
    RuntimeFailedError,
    TrainingFailedError,
    WeftError,
    last_line,
)
from weft_ml.replacing import OUT_OF_MEMORY

SECONDS_TO_ANSWER = 60.0
# An actor's own methods are quick; one that is stopped or hangs is replaced.
SECONDS_TO_SHOW_LIFE = 10.0
GUESSES = re.compile("common causes|potential root causes")


def end(actor: Any, pid: int | None) -> None:
    """Ends an actor at once; Ray alone would wait for one that is stopped.

    ``pid`` is its process where that is on this machine.
    """
    ray.kill(actor)
    if pid is not None:
        with contextlib.suppress(OSError):
            os.kill(pid, signal.SIGKILL)


def idle(actor: Any) -> bool:
    """Whether no stream is open in an actor, or it is dead."""
    try:
        return bool(ray.get(actor.streams.remote(), timeout=2) == 0)
    except RayActorError:
        return True
    except RayError:
        return False


def alive(actor: Any) -> bool:
    """Whether an actor answers in time."""
    return lost(actor) is None


def lost(actor: Any) -> str | None:
    """Why an actor does not answer, as a clause; empty where nobody knows, None where it does."""
    try:
        ray.get(actor.pid.remote(), timeout=SECONDS_TO_SHOW_LIFE)
    except GetTimeoutError:
        return ""
    except RayError as failure:
        return why_it_died(failure)
    return None


def told(reference: Any) -> Any:
    """What the coordinator answers; its own errors come as they are."""
    try:
        return ray.get(reference, timeout=SECONDS_TO_ANSWER)
    except RayTaskError as failure:
        cause = failure.cause
        if isinstance(cause, WeftError) and not isinstance(cause, RayError):
            raise cause from None
        raise TrainingFailedError(
            f"rows could not be kept ({last_line(failure)}); run it again", retryable=True
        ) from None
    except GetTimeoutError:
        raise TrainingFailedError(
            f"Ray's object store took no rows within {SECONDS_TO_ANSWER:.0f} s; run it again",
            retryable=True,
        ) from None
    except RayError as failure:
        raise TrainingFailedError(
            f"the uploaded rows were lost: {why_it_died(failure)}", retryable=True
        ) from None


def answer_of(reference: Any, seconds: float = SECONDS_TO_ANSWER) -> Any:
    """What an actor answers; one that is lost or slow is RUNTIME_FAILED."""
    try:
        return ray.get(reference, timeout=seconds)
    except GetTimeoutError:
        raise RuntimeFailedError(f"had no actor within {seconds:.0f} s") from None
    except RayError as failure:
        raise ActorLostError(f"lost an actor: {why_it_died(failure)}") from None


def why_it_died(failure: RayError) -> str:
    """The end of an actor as a clause, and what to do."""
    # Ray lists what may have been, the system's lack of memory among it, where it does not know.
    known, *guesses = GUESSES.split(str(failure))
    killed = isinstance(failure, OutOfMemoryError)
    if killed or "OOM" in known or "memory monitor" in known or "out of memory" in known.lower():
        return OUT_OF_MEMORY
    if guesses or "SIGKILL" in known:
        return (
            "the actor was killed (SIGKILL), by somebody or for lack of memory, or its code ended"
            " it; run it again"
        )
    return "the actor died; run it again, and see the runtime's log if it dies again"
