package dev.weft.spark.mllib;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;

import dev.weft.engine.spi.TrainingData;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Rows to learn from and rows held out. */
record TrainingSplit(Dataset<Row> train, Dataset<Row> test) {

  /** Holds out the first rows in the order of {@link MllibColumns#drawn}. */
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
    return new TrainingSplit(rows.filter(col(order).gt(last)), rows.filter(col(order).leq(last)));
  }
}
