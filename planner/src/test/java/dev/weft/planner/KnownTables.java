package dev.weft.planner;

import dev.weft.planner.spi.ColumnStatistics;
import dev.weft.planner.spi.TableStatistics;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;

/** Tables of which rows, bytes and values are known. */
final class KnownTables {

  static final double KILO = 1024;

  private final FakeRelations relations;

  KnownTables(FakeRelations relations) {
    this.relations = relations;
  }

  void table(String name, String columns, double rows, double bytes) {
    relations.table(name, columns);
    int width = columns.split(",", -1).length;
    relations.statistics.put(name, new TableStatistics(rows, bytes, width, Map.of()));
  }

  /** Columns that hold so many values, from 1 on. */
  void known(String table, Map<String, Double> distinct) {
    Map<String, ColumnStatistics> columns = new HashMap<>();
    distinct.forEach(
        (name, count) ->
            columns.put(
                name,
                new ColumnStatistics(
                    OptionalDouble.of(count),
                    OptionalDouble.of(0),
                    OptionalDouble.of(1),
                    OptionalDouble.of(count),
                    false)));
    TableStatistics plain = Objects.requireNonNull(relations.statistics.get(table));
    relations.statistics.put(
        table, new TableStatistics(plain.rows(), plain.bytes(), plain.width(), columns));
  }
}
