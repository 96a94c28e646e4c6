package dev.weft.spark.mllib;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;

import dev.weft.engine.spi.TrainingData;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/** Rows to learn from and rows held out; the runtime on Ray holds out the same. */
record TrainingSplit(Dataset<Row> train, Dataset<Row> test) {

  private static final String PLACE = "place";
  private static final String SIZE = "size";
  private static final String KEY = "split_key";

  /**
   * Holds out, in the order of {@link MllibColumns#drawn}: the first rows (random), the first of
   * each label (stratified), the latest (time), or whole groups until there are enough (grouped).
   */
  static TrainingSplit of(Dataset<Row> rows, long count, double fraction, String method) {
    long heldOut = Math.round(count * fraction);
    if (heldOut == 0) {
      return new TrainingSplit(rows, rows.limit(0));
    }
    return switch (method) {
      case "stratified" -> stratified(rows, count, fraction);
      case "time" -> byTime(rows, heldOut);
      case "grouped" -> grouped(rows, count, heldOut);
      default -> first(rows, heldOut);
    };
  }

  private static TrainingSplit first(Dataset<Row> rows, long heldOut) {
    Row last =
        rows.select(TrainingData.ORDER)
            .orderBy(TrainingData.ORDER)
            .limit(Math.toIntExact(heldOut))
            .agg(org.apache.spark.sql.functions.max(TrainingData.ORDER))
            .head();
    return where(rows, col(TrainingData.ORDER).leq(last.getLong(0)));
  }

  private static TrainingSplit stratified(Dataset<Row> rows, long count, double fraction) {
    WindowSpec label = Window.partitionBy(MllibColumns.LABEL_TEXT);
    Dataset<Row> placed =
        rows.withColumn(
                PLACE,
                org.apache.spark.sql.functions.row_number().over(label.orderBy(TrainingData.ORDER)))
            .withColumn(SIZE, count(lit(1)).over(label));
    Column wanted = org.apache.spark.sql.functions.floor(col(SIZE).multiply(fraction).plus(0.5));
    return again(where(placed, col(PLACE).leq(wanted)), count, PLACE, SIZE);
  }

  /** Rows without a time come first, as rows to learn from. */
  private static TrainingSplit byTime(Dataset<Row> rows, long heldOut) {
    Column time = coalesce(col(MllibColumns.TIME), lit(Double.NEGATIVE_INFINITY));
    Dataset<Row> keyed = rows.withColumn(KEY, struct(time, col(TrainingData.ORDER)));
    Row least =
        keyed
            .select(KEY)
            .orderBy(col(KEY).desc())
            .limit(Math.toIntExact(heldOut))
            .agg(min(KEY))
            .head();
    Row key = least.getStruct(0);
    Column late =
        time.gt(key.getDouble(0))
            .or(time.equalTo(key.getDouble(0)).and(col(TrainingData.ORDER).geq(key.getLong(1))));
    return where(rows, late);
  }

  /** Groups in the order of their first rows. */
  private static TrainingSplit grouped(Dataset<Row> rows, long count, long heldOut) {
    Dataset<Row> placed =
        rows.withColumn(
            PLACE, min(TrainingData.ORDER).over(Window.partitionBy(MllibColumns.GROUP)));
    WindowSpec before =
        Window.orderBy(PLACE).rowsBetween(Window.unboundedPreceding(), Window.currentRow() - 1);
    Row last =
        placed
            .groupBy(PLACE)
            .agg(count(lit(1)).as(SIZE))
            .withColumn(KEY, coalesce(sum(SIZE).over(before), lit(0L)))
            .filter(col(KEY).lt(heldOut))
            .agg(org.apache.spark.sql.functions.max(PLACE))
            .head();
    return again(where(placed, col(PLACE).leq(last.getLong(0))), count, PLACE);
  }

  private static TrainingSplit where(Dataset<Row> rows, Column heldOut) {
    return new TrainingSplit(
        rows.filter(org.apache.spark.sql.functions.not(heldOut)), rows.filter(heldOut));
  }

  private static TrainingSplit again(TrainingSplit split, long count, String... made) {
    return new TrainingSplit(
        PreparedRows.again(split.train().drop(made), count),
        PreparedRows.again(split.test().drop(made), count));
  }
}
