package dev.weft.spark.mllib;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The part of a vector that one feature fills: a number, or one place per category and one for the
 * rest.
 *
 * @param feature the feature's position in the signature
 * @param fill what a number is where it is null
 * @param categories text to place; null for numbers
 */
record Slot(int feature, double fill, @Nullable Map<String, Integer> categories)
    implements Serializable {

  static Slot number(int feature, double fill) {
    return new Slot(feature, fill, null);
  }

  static Slot categories(int feature, String[] labels) {
    Map<String, Integer> places = new HashMap<>();
    for (String label : labels) {
      places.put(label, places.size());
    }
    return new Slot(feature, 0, places);
  }

  /** One place beyond the categories: never seen, or null. */
  int width() {
    return categories == null ? 1 : categories.size() + 1;
  }

  int index(@Nullable Object value) {
    if (categories == null) {
      return 0;
    }
    Integer place = value == null ? null : categories.get(value.toString());
    return place == null ? categories.size() : place;
  }

  double value(@Nullable Object value) {
    if (categories != null) {
      return 1;
    }
    double number = value instanceof Number given ? given.doubleValue() : Double.NaN;
    return Double.isNaN(number) ? fill : number;
  }
}
