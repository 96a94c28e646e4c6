package dev.weft.planner.function;

import dev.weft.planner.spi.SparkError;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Spark's rejection of a call, with the call's place, on its way out of Calcite. */
public final class FunctionRejected extends RuntimeException {

  private final transient SqlParserPos place;
  private final SparkError error;

  FunctionRejected(SqlParserPos place, SparkError error) {
    super(error.getMessage(), error, false, false);
    this.place = place;
    this.error = error;
  }

  /** Where the call stands. */
  public SqlParserPos place() {
    return place;
  }

  /** What Spark says. */
  public SparkError error() {
    return error;
  }
}
