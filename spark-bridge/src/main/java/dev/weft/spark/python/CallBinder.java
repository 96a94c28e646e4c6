package dev.weft.spark.python;

import dev.weft.engine.spi.ArrowExchange;
import dev.weft.engine.spi.PythonCalls;

/** Makes Python calls ready on the driver when the plan with them runs. */
@FunctionalInterface
public interface CallBinder {

  /**
   * The function that tasks call.
   *
   * @param runId the run whose query this is
   */
  ArrowExchange bind(PythonCalls calls, String runId);
}
