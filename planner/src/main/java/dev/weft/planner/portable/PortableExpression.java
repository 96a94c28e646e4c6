package dev.weft.planner.portable;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value of one row without anything that only Spark knows. Times are seconds since 1970, dates
 * the first of their day; what has no value is null, and so is not a number.
 */
public sealed interface PortableExpression {

  /** What a value is. */
  Kind kind();

  /** The kinds of values; integers and decimals are numbers too. */
  enum Kind {
    NUMBER,
    BOOLEAN,
    TEXT
  }

  /** A column that the model reads. */
  record Column(String name, Kind kind) implements PortableExpression {}

  /**
   * A constant.
   *
   * @param text a number, {@code true} or {@code false}, or the text itself
   */
  record Constant(@Nullable String text, Kind kind) implements PortableExpression {}

  /**
   * A value that TRANSFORM was fitted to.
   *
   * @param place which it is
   * @param date whether its text is a date
   */
  record Fitted(int place, boolean date, Kind kind) implements PortableExpression {}

  /** An operator over values. */
  record Call(PortableOperator operator, Kind kind, List<PortableExpression> arguments)
      implements PortableExpression {

    /** Copies the list. */
    public Call {
      arguments = List.copyOf(arguments);
    }
  }
}
