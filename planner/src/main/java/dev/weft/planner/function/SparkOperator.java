package dev.weft.planner.function;

/**
 * An operator of a plan that stands for Spark's function of the same name.
 *
 * <p>Symbols are functions too, as in Spark's own registry: {@code +}, {@code =}, {@code like},
 * {@code in}. The one name that Spark has no function for is {@code []}: element of an array by
 * position, value of a map by key, field of a struct by name (the second operand, a text literal).
 */
public interface SparkOperator {

  /** The name of element access. */
  String ELEMENT = "[]";

  /** The name in Spark's registry, lower case where it is built in; dotted for a catalog's own. */
  String sparkName();
}
