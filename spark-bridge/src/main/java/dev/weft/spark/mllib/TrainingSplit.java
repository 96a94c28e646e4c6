package dev.weft.spark.mllib;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;

import dev.weft.engine.spi.TrainingData;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Rows to learn from and rows held out. */
record TrainingSplit(Dataset<Row> train, Dataset<Row> test) {

  /**
   * Holds out the first rows in the order of the hash. Rows of one hash are equal, so it does not
   * matter which of them are held out.
   */
  static TrainingSplit of(Dataset<Row> rows, long count, double fraction) {
    long heldOut = Math.round(count * fraction);
    if (heldOut == 0) {
      return new TrainingSplit(rows, rows.limit(0));
    }
    String order = TrainingData.ORDER;
    long last =
        rows.select(order)
            .orderBy(order)
            .limit(Math.toIntExact(heldOut))
            .agg(max(order))
            .head()
            .getLong(0);
    Dataset<Row> before = rows.filter(col(order).lt(last));
    Dataset<Row> ties = rows.filter(col(order).equalTo(last));
    long tied = ties.count();
    long tiedHeldOut = heldOut - before.count();
    Dataset<Row> after = rows.filter(col(order).gt(last));
    if (tied == tiedHeldOut) {
      return new TrainingSplit(after, rows.filter(col(order).leq(last)));
    }
    return new TrainingSplit(
        after.union(ties.limit((int) (tied - tiedHeldOut))),
        before.union(ties.limit((int) tiedHeldOut)));
  }
}
