package dev.weft.spark.python;

import dev.weft.engine.spi.ArrowMap;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;

/** Users' code as the operator in a plan knows it: made ready on the driver when the plan runs. */
public interface PythonFunction {

  /** For EXPLAIN. */
  String describe();

  /** The names of the input's columns, as the code sees them. */
  List<String> columns();

  /** The names of the columns it makes. */
  List<String> outputs();

  /**
   * Makes the function that tasks call.
   *
   * @param output the columns it has to make
   * @param runId the run whose query this is
   */
  ArrowMap bind(Schema output, String runId);
}
