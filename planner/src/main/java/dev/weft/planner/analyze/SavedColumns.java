package dev.weft.planner.analyze;

import dev.weft.planner.spi.Column;
import dev.weft.planner.spi.FileSource;
import dev.weft.planner.types.SparkTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The columns a file will have once an earlier statement has written it. */
final class SavedColumns {

  private SavedColumns() {}

  /** Partition columns come last; CSV without inferSchema is read as text. */
  static List<Column> of(FileSource source, Overlay.SavedFile file) {
    List<Column> columns = new ArrayList<>();
    List<Column> partitions = new ArrayList<>();
    int index = 0;
    for (Column column : SparkTypes.columns(file.relation().getRowType())) {
      boolean partition = file.partitionBy().stream().anyMatch(column.name()::equalsIgnoreCase);
      if (partition) {
        partitions.add(new Column(column.name(), column.type(), true));
      } else {
        columns.add(read(column, source, index++));
      }
    }
    columns.addAll(partitions);
    return columns;
  }

  private static Column read(Column column, FileSource source, int index) {
    if (!source.format().equals("csv")) {
      return new Column(column.name(), column.type(), true);
    }
    String name = isSet(source, "header") ? column.name() : "_c" + index;
    return new Column(name, isSet(source, "inferSchema") ? column.type() : "string", true);
  }

  private static boolean isSet(FileSource source, String option) {
    return source.options().entrySet().stream()
        .filter(entry -> entry.getKey().equalsIgnoreCase(option))
        .map(Map.Entry::getValue)
        .anyMatch("true"::equalsIgnoreCase);
  }
}
