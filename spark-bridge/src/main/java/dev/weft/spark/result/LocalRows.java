package dev.weft.spark.result;

import dev.weft.spark.convert.Catalyst;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.CommandResultExec;
import org.apache.spark.sql.execution.LocalTableScanExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.jspecify.annotations.Nullable;

/** Rows that Spark has computed while planning, so that no job has to run for them. */
final class LocalRows {

  private LocalRows() {}

  /**
   * The rows, or null where a job has to compute them. They are taken as they lie there: Spark's
   * own way compiles a projection first, which takes longer than all else in a small query.
   */
  static @Nullable List<InternalRow> of(SparkPlan plan) {
    if (plan instanceof LocalTableScanExec local) {
      return Catalyst.list(local.rows());
    }
    return plan instanceof CommandResultExec command ? Catalyst.list(command.rows()) : null;
  }
}
