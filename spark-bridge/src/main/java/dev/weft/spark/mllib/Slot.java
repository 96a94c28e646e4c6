package dev.weft.spark.mllib;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The part of a vector that one feature fills. */
sealed interface Slot extends Serializable {

  /** The feature's position in the signature. */
  int feature();

  /** How many places it has. */
  int width();

  /** Puts a value, which may be null, into the places from {@code offset} on. */
  void put(@Nullable Object value, int offset, Entries into);

  /**
   * One place.
   *
   * @param fill what stands there for null
   */
  record OfNumber(int feature, double fill) implements Slot {

    @Override
    public int width() {
      return 1;
    }

    @Override
    public void put(@Nullable Object value, int offset, Entries into) {
      double number = value instanceof Number given ? given.doubleValue() : Double.NaN;
      into.add(offset, Double.isNaN(number) ? fill : number);
    }
  }

  /** One place for each category and one more: never seen, or null. */
  record OfCategory(int feature, Map<String, Integer> categories) implements Slot {

    static OfCategory of(int feature, String[] labels) {
      Map<String, Integer> places = new HashMap<>();
      for (String label : labels) {
        places.put(label, places.size());
      }
      return new OfCategory(feature, places);
    }

    @Override
    public int width() {
      return categories.size() + 1;
    }

    @Override
    public void put(@Nullable Object value, int offset, Entries into) {
      Integer place = value == null ? null : categories.get(value.toString());
      into.add(offset + (place == null ? categories.size() : place), 1);
    }
  }

  /** As many places as its arrays have numbers; null and its elements count 0. */
  record OfNumbers(int feature, int width) implements Slot {

    @Override
    public void put(@Nullable Object value, int offset, Entries into) {
      if (!(value instanceof List<?> numbers)) {
        return;
      }
      if (numbers.size() != width) {
        throw new IllegalArgumentException(
            "an array has " + numbers.size() + " numbers, and the model learnt from " + width);
      }
      for (int i = 0; i < width; i++) {
        double number = numbers.get(i) instanceof Number given ? given.doubleValue() : 0;
        into.add(offset + i, Double.isNaN(number) ? 0 : number);
      }
    }
  }
}
