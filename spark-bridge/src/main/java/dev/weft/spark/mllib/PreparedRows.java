package dev.weft.spark.mllib;

import static org.apache.spark.sql.functions.col;

import dev.weft.engine.spi.TrainingData;
import dev.weft.planner.spi.ModelSignature;
import dev.weft.spark.SparkTrainingData;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * The rows under the pipeline's own names, in partitions and an order that depend on nothing but
 * the rows themselves, since forests draw by partition. They are kept until they are closed.
 */
record PreparedRows(Dataset<Row> rows, long count) implements AutoCloseable {

  private static final int ROWS_PER_PARTITION = 50_000;
  private static final int MAX_PARTITIONS = 200;

  /** Reads the rows of a data set. */
  static PreparedRows of(TrainingData data, ModelSignature signature) {
    if (!(data instanceof SparkTrainingData ours)) {
      throw new IllegalArgumentException("MLlib trains on Spark's rows only");
    }
    Dataset<Row> given = MllibColumns.renamed(ours.dataset(), signature);
    long count = given.count();
    Dataset<Row> rows = sorted(MllibColumns.drawn(partitioned(given, count)));
    return new PreparedRows(rows.persist(StorageLevel.MEMORY_AND_DISK()), count);
  }

  /** Whether one partition holds them. */
  boolean areFew() {
    return partitions(count) == 1;
  }

  @Override
  public void close() {
    rows.unpersist();
  }

  /** The same rows in the same partitions and order again, after a query has moved them. */
  static Dataset<Row> again(Dataset<Row> rows, long count) {
    return sorted(partitioned(rows, count));
  }

  private static Dataset<Row> partitioned(Dataset<Row> rows, long count) {
    return rows.repartition(partitions(count), col(TrainingData.ORDER));
  }

  private static int partitions(long count) {
    return (int) Math.min(MAX_PARTITIONS, 1 + count / ROWS_PER_PARTITION);
  }

  private static Dataset<Row> sorted(Dataset<Row> rows) {
    return rows.sortWithinPartitions(MllibColumns.order(rows));
  }
}
