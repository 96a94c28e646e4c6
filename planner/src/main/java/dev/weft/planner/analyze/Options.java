package dev.weft.planner.analyze;

import dev.weft.grammar.ast.Literal;
import java.util.stream.Collectors;

/** Values of options as text, the way Spark takes them, and as messages name them. */
final class Options {

  private Options() {}

  /** The text Spark gets. */
  static String text(Literal value) {
    if (value instanceof Literal.Text text) {
      return text.value();
    }
    if (value instanceof Literal.Word word) {
      return word.value();
    }
    if (value instanceof Literal.Whole whole) {
      return whole.value().toString();
    }
    if (value instanceof Literal.Fraction fraction) {
      return fraction.value().toPlainString();
    }
    if (value instanceof Literal.Truth truth) {
      return String.valueOf(truth.value());
    }
    if (value instanceof Literal.Many many) {
      return many.values().stream().map(Options::text).collect(Collectors.joining(","));
    }
    return "";
  }

  /** What a message says the value is. */
  static String written(Literal value) {
    return value.span().text();
  }
}
