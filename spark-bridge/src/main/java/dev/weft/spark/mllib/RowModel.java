package dev.weft.spark.mllib;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** A fitted pipeline as a function of one row: for PREDICT in a task and for SERVE. */
interface RowModel extends Serializable {

  /**
   * What PREDICT adds.
   *
   * @param features in the signature's order: Double, Boolean, something whose text counts, a List
   *     of them, or null
   * @return in the order of {@link dev.weft.planner.PredictionColumns}: the label's Java type,
   *     Double, Integer, List of Double, Map of text to Double, or null
   */
  @Nullable Object[] answer(@Nullable Object[] features);
}
