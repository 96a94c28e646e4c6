package dev.weft.spark.mllib;

import dev.weft.engine.spi.ModelBackend.Metric;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A fitted model and what is known of it.
 *
 * @param train the rows learnt from, of which there are {@code rows}
 * @param heldOut rows measured on, and not learnt from
 * @param dropped rows without a label
 * @param guess see {@link dev.weft.engine.spi.ModelBackend.Trained}
 */
record Learnt(
    Fitting.Fitted fitted,
    Dataset<Row> train,
    long rows,
    long heldOut,
    long dropped,
    List<Metric> metrics,
    List<String> classes,
    List<Double> guess) {}
