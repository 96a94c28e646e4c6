package dev.weft.planner.query;

import dev.weft.grammar.Quotes;
import dev.weft.grammar.antlr.WeftParser.IntervalContext;
import dev.weft.grammar.antlr.WeftParser.IntervalPartContext;
import dev.weft.planner.NotRepresentable;
import dev.weft.planner.function.SparkCast;
import dev.weft.planner.types.SparkTypes;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * Intervals of one unit or one range, as a cast of their text to Spark's interval type; what mixes
 * units freely is left to Spark.
 */
final class IntervalToSql {

  /** Texts that Spark may still refuse; every other text is shown to it by the check. */
  private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9]*\\.?[0-9]+");

  private static final Pattern RANGE = Pattern.compile("[-+]?[0-9]+([-: .][0-9]+)*");

  private static final Set<String> UNITS =
      Set.of("year", "month", "day", "hour", "minute", "second");

  private final Translation translation;

  IntervalToSql(Translation translation) {
    this.translation = translation;
  }

  SqlNode literal(IntervalContext tree) {
    SqlParserPos place = translation.positions().of(tree);
    if (isSignedTwice(tree)) {
      return translation.expressions().template(tree);
    }
    if (tree.from != null) {
      String sign = tree.sign == null ? "" : tree.sign.getText();
      String range = unit(tree.from.getText()) + " to " + unit(tree.to.getText());
      if (!RANGE.matcher(Quotes.string(tree.string().getText()).strip()).matches()) {
        return translation.expressions().template(tree);
      }
      return cast(sign + Quotes.string(tree.string().getText()).strip(), range, place);
    }
    List<IntervalPartContext> parts = tree.intervalPart();
    if (parts.isEmpty() || parts.size() != 1 || parts.get(0).bracketedValue() != null) {
      return translation.expressions().template(tree);
    }
    IntervalPartContext part = parts.get(0);
    boolean number =
        part.string() == null
            || NUMBER.matcher(Quotes.string(part.string().getText()).strip()).matches();
    return number ? part(part, place) : translation.expressions().template(tree);
  }

  /** {@code -'-1' day}: a sign before the text and one in it. */
  private static boolean isSignedTwice(IntervalContext tree) {
    String text = tree.getText().toLowerCase(Locale.ROOT).substring("interval".length());
    return text.contains("\\") || text.matches("(?s)[-+]\\s*['\"]\\s*[-+].*");
  }

  private SqlNode part(IntervalPartContext tree, SqlParserPos place) {
    String value =
        tree.string() == null ? tree.number().getText() : Quotes.string(tree.string().getText());
    String unit = unit(tree.unit.getText());
    String sign = tree.sign == null ? "" : tree.sign.getText();
    if (unit.equals("week")) {
      return cast(sign + weeks(value), "day", place);
    }
    return cast(sign + value.strip(), unit, place);
  }

  private static String weeks(String value) {
    try {
      return String.valueOf(Math.multiplyExact(Long.parseLong(value.strip()), 7L));
    } catch (ArithmeticException | NumberFormatException wrong) {
      throw new NotRepresentable("an interval of " + value + " weeks");
    }
  }

  private static String unit(String written) {
    String unit = written.toLowerCase(Locale.ROOT);
    String singular = unit.endsWith("s") ? unit.substring(0, unit.length() - 1) : unit;
    if (!UNITS.contains(singular) && !singular.equals("week")) {
      throw new NotRepresentable("an interval in " + written);
    }
    return singular;
  }

  private SqlNode cast(String text, String units, SqlParserPos place) {
    return new SparkCast(SparkTypes.parse("interval " + units, translation.types()), false)
        .createCall(place, SqlLiteral.createCharString(text, place));
  }
}
