package dev.weft.planner.plan;

import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The values that a TRANSFORM is fitted to, by place, put in while its TRAIN runs. */
public final class FittedValues {

  private final SortedMap<Integer, String> values = new TreeMap<>();

  /** A value as text; null when it is null or not known yet. */
  public synchronized @Nullable String get(int index) {
    return values.get(index);
  }

  /** Keeps a value; null stands for itself by its absence. */
  public synchronized void put(int index, @Nullable String value) {
    if (value == null) {
      values.remove(index);
    } else {
      values.put(index, value);
    }
  }

  /** All that are not null, by place. */
  public synchronized SortedMap<Integer, String> all() {
    return new TreeMap<>(values);
  }
}
