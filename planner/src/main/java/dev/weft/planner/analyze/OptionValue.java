package dev.weft.planner.analyze;

import dev.weft.grammar.ast.Literal;
import dev.weft.planner.AlgorithmDeclaration.OptionDeclaration;
import dev.weft.planner.AlgorithmDeclaration.OptionType;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;

/** The value of a declared option: of its type, within its bounds. */
final class OptionValue {

  private OptionValue() {}

  /**
   * The value; empty where it does not fit.
   *
   * @param lenient whether texts may stand for numbers and booleans, as in Byzer
   */
  static Optional<Object> of(OptionDeclaration option, Literal literal, boolean lenient) {
    return switch (option.type()) {
      case INTEGER ->
          number(literal, lenient)
              .filter(n -> n.stripTrailingZeros().scale() <= 0 && within(option, n))
              .flatMap(OptionValue::whole);
      case NUMBER ->
          number(literal, lenient).filter(n -> within(option, n)).map(BigDecimal::doubleValue);
      case BOOLEAN -> truth(literal, lenient);
      case TEXT, COLUMN -> text(option, literal);
    };
  }

  /** What the option takes, for messages. */
  static String wanted(OptionDeclaration option) {
    return switch (option.type()) {
      case INTEGER -> "a whole number" + bounds(option);
      case NUMBER -> "a number" + bounds(option);
      case BOOLEAN -> "true or false";
      case COLUMN -> "the name of a column";
      case TEXT ->
          option.choices().isEmpty() ? "a text" : "one of " + String.join(", ", option.choices());
    };
  }

  private static Optional<Object> whole(BigDecimal number) {
    boolean fits = number.toBigInteger().bitLength() < Long.SIZE;
    return fits ? Optional.of(number.longValue()) : Optional.empty();
  }

  private static Optional<BigDecimal> number(Literal literal, boolean lenient) {
    if (literal instanceof Literal.Whole whole) {
      return Optional.of(new BigDecimal(whole.value()));
    }
    if (literal instanceof Literal.Fraction fraction) {
      return Optional.of(fraction.value());
    }
    if (lenient && literal instanceof Literal.Text text) {
      try {
        return Optional.of(new BigDecimal(text.value().strip()));
      } catch (NumberFormatException notANumber) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static Optional<Object> truth(Literal literal, boolean lenient) {
    if (literal instanceof Literal.Truth truth) {
      return Optional.of(truth.value());
    }
    String text = lenient ? Options.text(literal).toLowerCase(Locale.ROOT) : "";
    return text.equals("true") || text.equals("false")
        ? Optional.of(Boolean.valueOf(text))
        : Optional.empty();
  }

  /** A list of one number, such as the units of a hidden layer, needs no quotes. */
  private static Optional<Object> text(OptionDeclaration option, Literal literal) {
    boolean list = option.type() == OptionType.TEXT && option.choices().isEmpty();
    if (!(literal instanceof Literal.Text)
        && !(literal instanceof Literal.Word)
        && !(list && literal instanceof Literal.Whole)) {
      return Optional.empty();
    }
    String text = Options.text(literal);
    return option.choices().isEmpty()
        ? Optional.of(text)
        : option.choices().stream().filter(text::equalsIgnoreCase).findFirst().map(c -> (Object) c);
  }

  private static boolean within(OptionDeclaration option, BigDecimal number) {
    double value = number.doubleValue();
    return option.minimum().map(least -> value >= least).orElse(true)
        && option.maximum().map(most -> value <= most).orElse(true);
  }

  private static String bounds(OptionDeclaration option) {
    boolean whole = option.type() == OptionType.INTEGER;
    String from = option.minimum().map(n -> " from " + plain(n, whole)).orElse("");
    String to = option.maximum().map(n -> " to " + plain(n, whole)).orElse("");
    return from.isEmpty() && !to.isEmpty() ? " up" + to : from + (from.isEmpty() ? "" : to);
  }

  private static String plain(double number, boolean whole) {
    return whole ? String.valueOf((long) number) : String.valueOf(number);
  }
}
