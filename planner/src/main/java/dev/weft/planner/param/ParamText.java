package dev.weft.planner.param;

import java.util.Locale;

/** Spark's text of a parameter's value: one literal or cast, whatever the value holds. */
public final class ParamText {

  private ParamText() {}

  /** The text, with blanks around a sign so that it never joins with what stands beside it. */
  public static String of(ParamValue value) {
    String type = value.type().toLowerCase(Locale.ROOT);
    if (value.text().isEmpty()) {
      return "CAST(NULL AS " + type + ")";
    }
    String text = value.text().get();
    return switch (type) {
      case "string" -> quoted(text);
      case "boolean" -> text;
      case "int" -> signed(text);
      case "bigint" -> signed(text + "L");
      case "smallint" -> signed(text + "S");
      case "tinyint" -> signed(text + "Y");
      case "date" -> "DATE " + quoted(text);
      case "timestamp" -> "TIMESTAMP_LTZ " + quoted(text);
      case "timestamp_ntz" -> "TIMESTAMP_NTZ " + quoted(text);
      case "double" ->
          text.endsWith("N") || text.endsWith("y") ? cast(text, type) : signed(text + "D");
      default -> cast(text, type);
    };
  }

  private static String cast(String text, String type) {
    return "CAST(" + quoted(text) + " AS " + type + ")";
  }

  private static String signed(String number) {
    return number.startsWith("-") ? " " + number : number;
  }

  /** A string literal that cannot end before its end. */
  public static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
