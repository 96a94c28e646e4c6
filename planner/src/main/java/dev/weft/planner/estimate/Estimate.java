package dev.weft.planner.estimate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How many rows a step may give, and what their fields may hold. */
public record Estimate(double rows, List<FieldEstimate> fields) {

  /** Copies the fields; there is at least a row. */
  public Estimate {
    rows = Math.max(1, rows);
    fields = List.copyOf(fields);
  }

  static Estimate unknownFields(double rows, int count) {
    return new Estimate(rows, Collections.nCopies(count, FieldEstimate.UNKNOWN));
  }

  /** The same fields over fewer or more rows. */
  public Estimate withRows(double count) {
    double some = Math.max(1, count);
    return new Estimate(some, fields.stream().map(field -> field.among(some)).toList());
  }

  /** The fields of both, over so many rows. */
  public Estimate beside(Estimate right, double count) {
    List<FieldEstimate> both = new ArrayList<>(fields);
    both.addAll(right.fields);
    return new Estimate(count, both).withRows(count);
  }

  Estimate with(int field, FieldEstimate other) {
    List<FieldEstimate> changed = new ArrayList<>(fields);
    changed.set(field, other);
    return new Estimate(rows, changed);
  }

  /** How many values a field has; as many as there are rows where nobody knows. */
  public double distinct(int field) {
    return Math.min(rows, fields.get(field).distinct().orElse(rows));
  }
}
