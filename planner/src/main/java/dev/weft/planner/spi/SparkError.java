package dev.weft.planner.spi;

import java.util.OptionalInt;

/** An error of Spark's own analysis or execution, reduced to one sentence. */
public final class SparkError extends RuntimeException {

  private final String condition;
  private final transient OptionalInt offset;

  /**
   * Wraps an error.
   *
   * @param condition Spark's error condition, such as {@code UNRESOLVED_COLUMN.WITH_SUGGESTION}, or
   *     empty
   * @param sentence one sentence without stack, plan or SQLSTATE
   * @param offset offset into the analysed text, when Spark gives one
   */
  public SparkError(String condition, String sentence, OptionalInt offset, Throwable cause) {
    super(sentence, cause);
    this.condition = condition;
    this.offset = offset;
  }

  /** Spark's error condition, or the empty text. */
  public String condition() {
    return condition;
  }

  /** Where in the analysed text, when known. */
  public OptionalInt offset() {
    return offset;
  }
}
