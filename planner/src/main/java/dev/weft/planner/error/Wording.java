package dev.weft.planner.error;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Small words that depend on what stands beside them: one argument, two arguments. */
final class Wording {

  private static final Map<String, String> EXAMPLES =
      Map.of(
          "date", "date '2024-01-31'",
          "timestamp", "timestamp '2024-01-31 12:30:00'",
          "timestamp_ntz", "timestamp_ntz '2024-01-31 12:30:00'",
          "time", "time '12:30:00'",
          "interval", "interval '1' day");

  private Wording() {}

  static String mended(String template, Map<String, String> said) {
    Map<String, String> given = new HashMap<>(said);
    given.computeIfPresent("expectedNum", (name, count) -> choice(count));
    given.computeIfPresent("name", (name, clause) -> clause.toUpperCase(Locale.ROOT));
    String type = SparkWords.of("valueType", said).toLowerCase(Locale.ROOT);
    given.put("example", EXAMPLES.getOrDefault(type, type + " '…'"));
    return SparkWords.fill(template, given).replace("takes 1 arguments", "takes 1 argument");
  }

  /** {@code [2, 3]} as 2 or 3. */
  private static String choice(String count) {
    return count
        .replace("2n (n > 0)", "an even number of")
        .replace("> 0", "at least 1")
        .replaceAll("[\\[\\]]", "")
        .replaceAll(", (?=\\d+$)", " or ");
  }
}
