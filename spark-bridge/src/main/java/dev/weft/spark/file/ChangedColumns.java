package dev.weft.spark.file;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** What may be read of files that have changed since their columns were looked up. */
final class ChangedColumns {

  private ChangedColumns() {}

  /** The columns now; fails where one that is used has another type or is gone. */
  static StructType checked(StructType before, StructType now, List<String> used) {
    for (String name : used) {
      Optional<StructField> was = find(before, name);
      Optional<StructField> is = find(now, name);
      if (was.isPresent() && is.isEmpty()) {
        throw new IllegalArgumentException(
            "the column '" + name + "' is gone: the files have changed since they were loaded");
      }
      if (was.isPresent() && !was.get().dataType().equals(is.get().dataType())) {
        throw new IllegalArgumentException(
            "the column '"
                + name
                + "' was "
                + was.get().dataType().sql()
                + " and is "
                + is.get().dataType().sql()
                + ": the files have changed since they were loaded; load them again");
      }
    }
    return now;
  }

  private static Optional<StructField> find(StructType columns, String name) {
    return Arrays.stream(columns.fields())
        .filter(field -> field.name().equalsIgnoreCase(name))
        .findFirst();
  }
}
