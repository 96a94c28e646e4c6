"""The errors that cross to the JVM: a code of ``dev.weft.grammar.ErrorCode`` and a sentence.

WeftError
├── TrainingDataError       TRAINING_DATA      the rows cannot be trained on
├── TrainingFailedError     TRAINING_FAILED    the library or the actor failed
│   └── WorkerLostError                        one of several that train together has ended
├── PredictionFailedError   PREDICTION_FAILED  a batch could not be answered
│   └── PredictionDataError PREDICTION_DATA    for what is in its rows
├── PythonFailedError       PYTHON_FAILED      the actor of a user's code failed
├── ModelCorruptError       MODEL_CORRUPT      a stored model cannot be loaded
├── ExportFailedError       EXPORT_FAILED      a model cannot be written for others
├── ImportFailedError       IMPORT_FAILED      a file is no model that can be taken in
├── RuntimeFailedError      RUNTIME_FAILED     Ray or the service cannot work
│   └── ActorLostError                         an actor has ended
└── CancelledError          CANCELLED          the statement was cancelled
"""

from __future__ import annotations

from typing import ClassVar

from weft_ml_pb2 import Error


class WeftError(Exception):
    """An error with a sentence for the user; a bug of ours unless a subclass says otherwise."""

    code: ClassVar[Error.Code] = Error.INTERNAL

    def __init__(self, message: str, *, retryable: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.retryable = retryable


class TrainingDataError(WeftError):
    """The rows cannot be trained on."""

    code = Error.TRAINING_DATA


class TrainingFailedError(WeftError):
    """The library or the actor failed while training."""

    code = Error.TRAINING_FAILED


class WorkerLostError(TrainingFailedError):
    """One of several that train together has ended; new ones may do.

    ``workers`` is how many there were, ``cause`` a clause, what to do behind its semicolon.
    """

    def __init__(self, workers: int, cause: str) -> None:
        super().__init__(f"one of the {workers} workers was lost: {cause}", retryable=True)
        self.workers = workers
        self.cause = cause


class PredictionFailedError(WeftError):
    """A batch could not be answered."""

    code = Error.PREDICTION_FAILED


class PredictionDataError(PredictionFailedError):
    """The rows of a batch cannot be answered, by any actor."""

    code = Error.PREDICTION_DATA


class PythonFailedError(WeftError):
    """The actor that runs a user's code failed."""

    code = Error.PYTHON_FAILED


class ModelCorruptError(WeftError):
    """A stored model cannot be loaded."""

    code = Error.MODEL_CORRUPT


class ExportFailedError(WeftError):
    """A model cannot be written for others."""

    code = Error.EXPORT_FAILED


class ImportFailedError(WeftError):
    """A file is no model that can be taken in."""

    code = Error.IMPORT_FAILED


class RuntimeFailedError(WeftError):
    """Ray or the service cannot work; the message continues "the machine-learning runtime"."""

    code = Error.RUNTIME_FAILED


class ActorLostError(RuntimeFailedError):
    """An actor has ended; another one may do."""


class CancelledError(WeftError):
    """The statement was cancelled."""

    code = Error.CANCELLED


def last_line(failure: BaseException) -> str:
    """The last line of a foreign error that says something."""
    lines = [line.strip() for line in str(failure).splitlines() if line.strip()]
    return lines[-1] if lines else type(failure).__name__


def to_wire(failure: BaseException) -> Error:
    """The message for any exception; what is not ours is named by its type and last line."""
    if isinstance(failure, WeftError):
        return Error(code=failure.code, message=failure.message, retryable=failure.retryable)
    return Error(code=Error.INTERNAL, message=f"{type(failure).__name__}: {last_line(failure)}")
