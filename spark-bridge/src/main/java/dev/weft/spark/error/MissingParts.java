package dev.weft.spark.error;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Errors of Spark's that mean a library is not there, with what to do about it. */
final class MissingParts {

  private static final Pattern OPERATION =
      Pattern.compile(
          "(?s).*Table (\\S+) does not support"
              + " (UPDATE TABLE|DELETE|MERGE INTO TABLE|RENAME COLUMN|DROP COLUMN);.*");

  private static final Pattern SOURCE =
      Pattern.compile("(?s)Failed to find (?:the )?data source: ([\\w.]+?)(?:[.;].*)?");

  private static final String JARS =
      "name its jars in WEFT_JARS, see README.md under 'Tables that last'";

  private MissingParts() {}

  static String explained(String sentence) {
    Matcher operation = OPERATION.matcher(sentence);
    if (operation.matches()) {
      String words = operation.group(2).replaceAll(" (INTO )?TABLE$", "");
      return words
          + " needs a table of delta or iceberg, and "
          + operation.group(1).replace("`", "").replaceFirst("^spark_catalog[.](default[.])?", "")
          + " is none; create it with USING delta, or "
          + (words.endsWith("COLUMN")
              ? "make another with CREATE TABLE … AS SELECT"
              : "write it anew with INSERT OVERWRITE");
    }
    Matcher source = SOURCE.matcher(sentence);
    if (source.matches()) {
      String format = source.group(1);
      return "there is no library for the format '" + format + "'; " + JARS;
    }
    return sentence.startsWith("No suitable driver")
        ? "there is no JDBC driver for this URL; " + JARS
        : sentence;
  }
}
