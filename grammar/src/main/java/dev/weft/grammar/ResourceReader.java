package dev.weft.grammar;

import dev.weft.grammar.antlr.WeftParser;
import dev.weft.grammar.ast.Literal;
import dev.weft.grammar.ast.Train;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads USING: devices, workers, and a timeout in seconds. */
final class ResourceReader {

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

  ResourceReader(PartReader read) {
    this.read = read;
  }

  Train.Resources resources(WeftParser.UsingClauseContext tree) {
    return new Train.Resources(
        read.span(tree),
        one(tree, "GPU", r -> r.GPU() != null).map(r -> read.literal(r.literal())),
        one(tree, "WORKERS", r -> r.WORKERS() != null).map(r -> read.literal(r.literal())),
        one(tree, "TIMEOUT", r -> r.TIMEOUT() != null).map(this::timeout));
  }

  private Optional<WeftParser.ResourceContext> one(
      WeftParser.UsingClauseContext tree, String what, Predicate<WeftParser.ResourceContext> kind) {
    var found = tree.resource().stream().filter(kind).toList();
    if (found.size() > 1) {
      throw ErrorCode.INVALID_CLAUSE.failure(
          read.span(found.get(1)), "USING takes " + what + " once; leave one out");
    }
    return found.stream().findFirst();
  }

  private double timeout(WeftParser.ResourceContext tree) {
    Double seconds =
        tree.interval() == null ? seconds(read.literal(tree.literal())) : seconds(tree.interval());
    if (seconds == null || seconds <= 0) {
      throw ErrorCode.INVALID_CLAUSE.failure(
          read.span(tree), "TIMEOUT takes a length of time, such as INTERVAL 10 MINUTES");
    }
    return seconds;
  }

  private @Nullable Double seconds(WeftParser.IntervalContext tree) {
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
  private static @Nullable Double seconds(Literal literal) {
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
