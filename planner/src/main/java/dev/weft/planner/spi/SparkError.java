package dev.weft.planner.spi;

import java.util.Map;
import java.util.OptionalInt;

/** An error of Spark's own analysis or execution, reduced to one sentence. */
public final class SparkError extends RuntimeException {

  private final String condition;
  private final transient Map<String, String> parameters;
  private final transient OptionalInt offset;
  private final transient OptionalInt end;

  /**
   * Wraps an error.
   *
   * @param condition Spark's error condition, such as {@code UNRESOLVED_COLUMN.WITH_SUGGESTION}, or
   *     empty
   * @param sentence one sentence without stack, plan or SQLSTATE
   * @param offset offset into the analysed text, when Spark gives one
   */
  public SparkError(String condition, String sentence, OptionalInt offset, Throwable cause) {
    this(condition, Map.of(), sentence, offset, OptionalInt.empty(), cause);
  }

  /**
   * The same with what Spark's message is made of.
   *
   * @param parameters what Spark puts into the message of this condition, by its name there
   * @param end where in the analysed text the part at fault ends, exclusive
   */
  public SparkError(
      String condition,
      Map<String, String> parameters,
      String sentence,
      OptionalInt offset,
      OptionalInt end,
      Throwable cause) {
    super(sentence, cause);
    this.condition = condition;
    this.parameters = Map.copyOf(parameters);
    this.offset = offset;
    this.end = end;
  }

  /** Spark's error condition, or the empty text. */
  public String condition() {
    return condition;
  }

  /** What the message is made of, by the names of {@link #condition}; may be empty. */
  public Map<String, String> parameters() {
    return parameters;
  }

  /** Where in the analysed text, when known. */
  public OptionalInt offset() {
    return offset;
  }

  /** Where the part at fault ends, exclusive, when known. */
  public OptionalInt end() {
    return end;
  }
}
