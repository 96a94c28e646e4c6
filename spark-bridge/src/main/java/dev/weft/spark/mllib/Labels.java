package dev.weft.spark.mllib;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What the two sides of a split have as labels, found by one query.
 *
 * @param classes all of them as text, in the order of the label's own type; empty of numbers to be
 *     estimated
 */
record Labels(List<String> classes, Side train, Side test) {

  private static final String HELD_OUT = "held_out";

  /**
   * One side.
   *
   * @param counts class to how many rows have it; those of no row are not there
   * @param mean of numbers to be estimated; 0 of classes, and of no rows
   */
  record Side(Map<String, Long> counts, long rows, double mean) {

    private static Side of(Map<String, Long> counts) {
      long rows = counts.values().stream().mapToLong(Long::longValue).sum();
      return new Side(counts, rows, 0);
    }

    /** Each class's share of the rows. */
    double[] shares(List<String> classes) {
      return classes.stream()
          .mapToDouble(name -> (double) counts.getOrDefault(name, 0L) / rows)
          .toArray();
    }
  }

  static Labels classes(TrainingSplit split) {
    List<String> classes = new ArrayList<>();
    Map<String, Long> train = new LinkedHashMap<>();
    Map<String, Long> test = new LinkedHashMap<>();
    for (Row row :
        both(split, MllibColumns.LABEL_TEXT)
            .groupBy(MllibColumns.LABEL, MllibColumns.LABEL_TEXT)
            .agg(sum(side(false)), sum(side(true)))
            .orderBy(MllibColumns.LABEL)
            .collectAsList()) {
      classes.add(row.getString(1));
      add(train, row.getString(1), row.getLong(2));
      add(test, row.getString(1), row.getLong(3));
    }
    return new Labels(classes, Side.of(train), Side.of(test));
  }

  static Labels numbers(TrainingSplit split) {
    Side train = new Side(Map.of(), 0, 0);
    Side test = train;
    for (Row row :
        both(split)
            .groupBy(HELD_OUT)
            .agg(count(lit(1)), avg(col(MllibColumns.LABEL)))
            .collectAsList()) {
      Side side = new Side(Map.of(), row.getLong(1), row.getDouble(2));
      if (row.getBoolean(0)) {
        test = side;
      } else {
        train = side;
      }
    }
    return new Labels(List.of(), train, test);
  }

  /** The same counts, of a part of the rows, beside the classes of all. */
  Labels of(List<String> all) {
    return new Labels(all, train, test);
  }

  private static void add(Map<String, Long> counts, String name, long rows) {
    if (rows > 0) {
      counts.put(name, rows);
    }
  }

  private static Column side(boolean heldOut) {
    return when(col(HELD_OUT).equalTo(heldOut), lit(1L)).otherwise(lit(0L));
  }

  private static Dataset<Row> both(TrainingSplit split, String... more) {
    return of(split.train(), false, more).union(of(split.test(), true, more));
  }

  private static Dataset<Row> of(Dataset<Row> rows, boolean heldOut, String... more) {
    return rows.select(MllibColumns.LABEL, more).withColumn(HELD_OUT, lit(heldOut));
  }
}
