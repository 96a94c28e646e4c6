package dev.weft.ml;

import dev.weft.engine.spi.RemoteFailure;
import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Span;
import dev.weft.grammar.WeftException;
import dev.weft.ml.wire.Error;

/** The runtime's errors as ours. */
final class Failures {

  private Failures() {}

  /** An error that concerns a model, at the place of its statement. */
  static WeftException at(Span span, String model, Error error) {
    ErrorCode code = code(error);
    boolean names =
        code == ErrorCode.MODEL_CORRUPT
            || code == ErrorCode.EXPORT_FAILED
            || code == ErrorCode.IMPORT_FAILED;
    return names
        ? code.failure(span, model, error.getMessage())
        : code.failure(span, error.getMessage());
  }

  /** An error inside a Spark task. */
  static RemoteFailure remote(Error error) {
    return new RemoteFailure(code(error), error.getMessage());
  }

  private static ErrorCode code(Error error) {
    return switch (error.getCode()) {
      case TRAINING_DATA -> ErrorCode.TRAINING_DATA;
      case TRAINING_FAILED -> ErrorCode.TRAINING_FAILED;
      case PREDICTION_DATA -> ErrorCode.PREDICTION_DATA;
      case PREDICTION_FAILED -> ErrorCode.PREDICTION_FAILED;
      case PYTHON_FAILED -> ErrorCode.PYTHON_FAILED;
      case MODEL_CORRUPT -> ErrorCode.MODEL_CORRUPT;
      case RUNTIME_FAILED -> ErrorCode.RUNTIME_FAILED;
      case EXPORT_FAILED -> ErrorCode.EXPORT_FAILED;
      case IMPORT_FAILED -> ErrorCode.IMPORT_FAILED;
      case CANCELLED -> ErrorCode.CANCELLED;
      case INTERNAL, UNRECOGNIZED -> ErrorCode.INTERNAL;
    };
  }
}
