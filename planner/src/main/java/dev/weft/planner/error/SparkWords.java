package dev.weft.planner.error;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Spark puts into its messages, without the quotes and capitals that only Spark needs. */
final class SparkWords {

  private static final Pattern TYPE =
      Pattern.compile(
          "\\b(ARRAY|BIGINT|BINARY|BOOLEAN|CHAR|DATE|DAY TO SECOND|DECIMAL|DOUBLE|FLOAT|INT|INTEGRAL|INTERVAL"
              + "|MAP|NUMERIC|SMALLINT|STRING|STRUCT|TIME|TIMESTAMP|TIMESTAMP_NTZ|TINYINT|VARCHAR|VARIANT|VOID"
              + "|YEAR TO MONTH)\\b");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)\\}");
  private static final Pattern INTERNAL =
      Pattern.compile(
          "(?i).*(lambda(function|variable)|argument \\d|__weft|\\bcast date\\(|listquery).*");

  private SparkWords() {}

  /** A template with its parameters in place. */
  static String fill(String template, Map<String, String> parameters) {
    return PLACEHOLDER
        .matcher(template)
        .replaceAll(found -> Matcher.quoteReplacement(of(found.group(1), parameters)));
  }

  /** One parameter, or the empty text. */
  static String of(String name, Map<String, String> parameters) {
    String value = plain(parameters.getOrDefault(name, ""));
    return isType(name) ? type(value) : value;
  }

  /** Whether a text of Spark's is what the user wrote, and not a name of its own for it. */
  static boolean isWritten(String expression) {
    return !expression.isEmpty() && !INTERNAL.matcher(expression).matches();
  }

  static String plain(String value) {
    return value
        .replace("`", "")
        .replace("\"", "")
        .replace("spark_catalog.default.", "")
        .replace("spark_catalog.", "")
        .strip();
  }

  private static boolean isType(String parameter) {
    String lower = parameter.toLowerCase(Locale.ROOT);
    return lower.contains("type")
        || lower.equals("left")
        || lower.equals("other")
        || lower.equals("right");
  }

  private static String type(String value) {
    String bare = value.replaceAll("^[(\\[](.*)[)\\]]$", "$1");
    return TYPE.matcher(bare)
        .replaceAll(found -> found.group().toLowerCase(Locale.ROOT))
        .replaceAll("^integral$", "a whole number")
        .replaceAll("^numeric$", "a number");
  }
}
