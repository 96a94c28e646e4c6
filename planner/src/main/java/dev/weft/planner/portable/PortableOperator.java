package dev.weft.planner.portable;

/** What a {@link PortableExpression.Call} does; what reads its JSON has one line for each. */
public enum PortableOperator {
  ADD,
  SUBTRACT,
  MULTIPLY,
  /** Null where it is by zero. */
  DIVIDE,
  /** Towards zero; null where it is by zero. */
  DIVIDE_WHOLE,
  /** With the sign of the first. */
  REMAINDER,
  /** With the sign of the second. */
  MODULO,
  NEGATE,
  ABSOLUTE,
  CEILING,
  FLOOR,
  /** Towards zero. */
  TRUNCATE,
  /** Half away from zero, to so many digits. */
  ROUND,
  /** To single precision. */
  SINGLE,
  SQUARE_ROOT,
  EXPONENTIAL,
  /** Null from zero downwards. */
  LOGARITHM,
  POWER,
  SIGN,
  SINE,
  COSINE,
  TANGENT,
  TANH,
  /** Of those that are not null. */
  LEAST,
  GREATEST,
  EQUAL,
  LESS,
  LESS_OR_EQUAL,
  AND,
  OR,
  NOT,
  IS_NULL,
  /** The second where the first is true, else the third. */
  IF,
  COALESCE,
  /** A boolean as 0 or 1, or a number that is not 0 as true. */
  SAME,
  NONZERO,
  CONCAT,
  /** Whether a text is, starts with, ends with or contains a constant. */
  STARTS_WITH,
  ENDS_WITH,
  CONTAINS,
  YEAR,
  QUARTER,
  MONTH,
  DAY_OF_MONTH,
  DAY_OF_YEAR,
  /** From Sunday, which is 1. */
  DAY_OF_WEEK,
  /** From Monday, which is 0. */
  WEEKDAY
}
