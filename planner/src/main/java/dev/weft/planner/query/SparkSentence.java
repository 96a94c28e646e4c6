package dev.weft.planner.query;

import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Span;
import dev.weft.grammar.WeftException;
import dev.weft.planner.spi.SparkError;
import java.util.Objects;

/** An error of Spark's analysis as one of ours: its sentence, under the code that fits. */
public final class SparkSentence {

  private SparkSentence() {}

  /** The error to throw, pointing to {@code place}. */
  public static WeftException of(SparkError error, Span place) {
    ErrorCode code =
        error.condition().startsWith("DATATYPE_MISMATCH")
            ? ErrorCode.TYPE_MISMATCH
            : ErrorCode.INVALID_QUERY;
    return code.failure(place, Objects.requireNonNullElse(error.getMessage(), error.condition()));
  }
}
