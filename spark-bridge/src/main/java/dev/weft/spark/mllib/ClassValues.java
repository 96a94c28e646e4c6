package dev.weft.spark.mllib;

import java.math.BigDecimal;
import java.util.List;

/** Class labels, kept as text, as values of the label's type. */
final class ClassValues {

  private ClassValues() {}

  static List<Object> of(List<String> classes, String type) {
    return classes.stream().map(text -> value(text, type)).toList();
  }

  private static Object value(String text, String type) {
    String word = type.replaceFirst("\\(.*", "");
    return switch (word) {
      case "boolean" -> Boolean.valueOf(text);
      case "tinyint" -> new BigDecimal(text).byteValueExact();
      case "smallint" -> new BigDecimal(text).shortValueExact();
      case "int" -> new BigDecimal(text).intValueExact();
      case "bigint" -> new BigDecimal(text).longValueExact();
      case "float" -> Float.valueOf(text);
      case "double" -> Double.valueOf(text);
      case "decimal" -> new BigDecimal(text);
      default -> text;
    };
  }

  /** The class whose probability {@code <label>_prob} is: the second of two, else the predicted. */
  static int shown(double[] probabilities, int predicted) {
    return probabilities.length == 2 ? 1 : predicted;
  }

  static int likeliest(double[] probabilities) {
    int best = 0;
    for (int i = 1; i < probabilities.length; i++) {
      if (probabilities[i] > probabilities[best]) {
        best = i;
      }
    }
    return best;
  }
}
