package dev.weft.spark.statistics;

import dev.weft.planner.spi.ColumnStatistics;
import dev.weft.planner.spi.TableStatistics;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.spark.sql.catalyst.catalog.CatalogColumnStat;
import org.apache.spark.sql.catalyst.catalog.CatalogStatistics;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;
import scala.math.BigInt;

/** What ANALYZE TABLE has counted. */
final class AnalyzedColumns {

  private AnalyzedColumns() {}

  /** Empty where rows were not counted. */
  static Optional<TableStatistics> of(CatalogStatistics counted, int width) {
    if (counted.rowCount().isEmpty()) {
      return Optional.empty();
    }
    Map<String, ColumnStatistics> columns = new HashMap<>();
    CollectionConverters.asJava(counted.colStats())
        .forEach((name, column) -> columns.put(name.toLowerCase(Locale.ROOT), column(column)));
    double rows = counted.rowCount().get().doubleValue();
    double bytes = counted.sizeInBytes().doubleValue();
    return Optional.of(new TableStatistics(rows, bytes, width, columns));
  }

  private static ColumnStatistics column(CatalogColumnStat column) {
    return new ColumnStatistics(
        number(column.distinctCount()),
        number(column.nullCount()),
        place(column.min()),
        place(column.max()),
        false);
  }

  private static OptionalDouble number(Option<BigInt> count) {
    return count.isDefined()
        ? OptionalDouble.of(count.get().doubleValue())
        : OptionalDouble.empty();
  }

  /** Numbers and dates; Spark writes timestamps in a zone of its own, and has none of texts. */
  private static OptionalDouble place(Option<String> text) {
    if (text.isEmpty()) {
      return OptionalDouble.empty();
    }
    try {
      return OptionalDouble.of(Double.parseDouble(text.get()));
    } catch (NumberFormatException noNumber) {
      return date(text.get());
    }
  }

  private static OptionalDouble date(String text) {
    try {
      return OptionalDouble.of((double) LocalDate.parse(text).toEpochDay());
    } catch (DateTimeException noDate) {
      return OptionalDouble.empty();
    }
  }
}
