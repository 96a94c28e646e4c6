package dev.weft.spark.mllib;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/** The features of Spark's rows as a {@link RowModel} takes them. */
final class RowFeatures {

  private static final int LOOKED_AT = 100;

  private RowFeatures() {}

  /** The first {@code count} columns. */
  static @Nullable Object[] of(Row row, int count) {
    @Nullable Object[] features = new Object[count];
    for (int i = 0; i < count; i++) {
      features[i] = row.isNullAt(i) ? null : plain(row.get(i));
    }
    return features;
  }

  /** An array of Scala's as a List. */
  static Object plain(Object value) {
    return value instanceof scala.collection.Seq<?> elements
        ? CollectionConverters.asJava(elements)
        : value;
  }

  /** The row with the fewest nulls among the first: what SERVE asks of itself. */
  static Map<String, Object> example(Dataset<Row> rows, List<String> names) {
    Row best = null;
    long fewest = Long.MAX_VALUE;
    for (Row row : rows.limit(LOOKED_AT).collectAsList()) {
      long nulls = IntStream.range(0, names.size()).filter(row::isNullAt).count();
      if (nulls < fewest) {
        best = row;
        fewest = nulls;
      }
    }
    Map<String, @Nullable Object> example = new LinkedHashMap<>();
    for (int i = 0; best != null && i < names.size(); i++) {
      example.put(names.get(i), best.isNullAt(i) ? null : plain(best.get(i)));
    }
    return nullsIn(example);
  }

  /** The port's type says nothing of nulls among the values. */
  @SuppressWarnings({"NullAway", "unchecked"})
  private static Map<String, Object> nullsIn(Map<String, @Nullable Object> map) {
    return (Map<String, Object>) (Map<String, ?>) map;
  }
}
