package dev.weft.spark.mllib;

import dev.weft.engine.spi.ModelBackend.Metric;
import java.util.List;

/**
 * A fitted model and what is known of it.
 *
 * @param rows rows learnt from
 * @param dropped rows without a label
 * @param guess see {@link dev.weft.engine.spi.ModelBackend.Trained}
 */
record Learnt(
    Fitting.Fitted fitted,
    TrainingSplit split,
    long rows,
    long dropped,
    List<Metric> metrics,
    List<String> classes,
    List<Double> guess) {}
