package dev.weft.grammar;

import dev.weft.grammar.antlr.WeftParser;
import dev.weft.grammar.ast.Literal;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads lengths of time as seconds. */
final class IntervalReader {

  private static final Map<String, Double> SECONDS =
      Map.of(
          "MILLISECOND",
          1e-3,
          "SECOND",
          1.0,
          "MINUTE",
          60.0,
          "HOUR",
          3600.0,
          "DAY",
          86400.0,
          "WEEK",
          604800.0);

  private final PartReader read;

  IntervalReader(PartReader read) {
    this.read = read;
  }

  /** Seconds, or null for what has no fixed length, such as months. */
  @Nullable Double seconds(WeftParser.IntervalContext tree) {
    if (tree.intervalPart().isEmpty()) {
      return tree.from == null ? seconds(read.string(tree.string())) : null;
    }
    double sum = 0;
    for (WeftParser.IntervalPartContext part : tree.intervalPart()) {
      String amount =
          part.string() == null
              ? part.number() == null ? "" : part.number().getText()
              : read.string(part.string());
      Double seconds = seconds(amount, part.unit.getText());
      if (seconds == null) {
        return null;
      }
      sum += part.sign != null && part.sign.getText().equals("-") ? -seconds : seconds;
    }
    return sum;
  }

  /** A bare number is seconds; a string is a number and a unit. */
  @Nullable Double seconds(Literal literal) {
    if (literal instanceof Literal.Whole whole) {
      return whole.value().doubleValue();
    }
    if (literal instanceof Literal.Fraction fraction) {
      return fraction.value().doubleValue();
    }
    return literal instanceof Literal.Text text ? seconds(text.value()) : null;
  }

  /** A number and a unit, as in {@code 5 minutes}. */
  private static @Nullable Double seconds(String text) {
    String[] words = text.trim().split("\\s+");
    return words.length == 2 ? seconds(words[0], words[1]) : null;
  }

  private static @Nullable Double seconds(String amount, String unit) {
    String singular = unit.toUpperCase(Locale.ROOT).replaceFirst("S$", "");
    Double factor = SECONDS.get(singular);
    boolean number = amount.trim().matches("-?\\d+(\\.\\d+)?");
    return factor == null || !number ? null : Double.parseDouble(amount.trim()) * factor;
  }
}
