package dev.weft.spark.predict;

import org.apache.spark.SparkContext;

/** A model as the operator in a plan knows it: made ready on the driver when the plan runs. */
public interface PredictFunction {

  /** The model's name and version, for EXPLAIN. */
  String describe();

  /**
   * Makes the function that tasks call.
   *
   * @param runId the run whose query this is
   */
  RowAnswers bind(PredictLayout layout, SparkContext context, String runId);
}
