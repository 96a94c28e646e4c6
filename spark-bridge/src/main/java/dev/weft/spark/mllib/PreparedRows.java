package dev.weft.spark.mllib;

import static org.apache.spark.sql.functions.col;

import dev.weft.engine.spi.TrainingData;
import dev.weft.planner.spi.ModelSignature;
import dev.weft.spark.SparkTrainingData;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The rows under the pipeline's own names, in partitions and an order that depend on nothing but
 * the rows themselves, since forests draw by partition.
 */
final class PreparedRows {

  private static final int ROWS_PER_PARTITION = 50_000;
  private static final int MAX_PARTITIONS = 200;

  private PreparedRows() {}

  static Dataset<Row> of(TrainingData data, ModelSignature signature) {
    if (!(data instanceof SparkTrainingData ours)) {
      throw new IllegalArgumentException("MLlib trains on Spark's rows only");
    }
    Dataset<Row> rows = MllibColumns.renamed(ours.dataset(), signature);
    long count = rows.count();
    return sorted(MllibColumns.drawn(partitioned(rows, count)));
  }

  /** The same rows in the same partitions and order again, after a query has moved them. */
  static Dataset<Row> again(Dataset<Row> rows, long count) {
    return sorted(partitioned(rows, count));
  }

  private static Dataset<Row> partitioned(Dataset<Row> rows, long count) {
    int partitions = (int) Math.min(MAX_PARTITIONS, 1 + count / ROWS_PER_PARTITION);
    return rows.repartition(partitions, col(TrainingData.ORDER));
  }

  private static Dataset<Row> sorted(Dataset<Row> rows) {
    return rows.sortWithinPartitions(MllibColumns.order(rows));
  }
}
