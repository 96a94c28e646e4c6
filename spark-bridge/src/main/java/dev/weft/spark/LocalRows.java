package dev.weft.spark;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.CommandResultExec;
import org.apache.spark.sql.execution.LocalTableScanExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.jspecify.annotations.Nullable;

/** Rows that Spark has computed while planning, so that no job has to run for them. */
final class LocalRows {

  private LocalRows() {}

  /** The rows, or null where a job has to compute them. */
  static @Nullable List<InternalRow> of(SparkPlan plan) {
    boolean local = plan instanceof LocalTableScanExec || plan instanceof CommandResultExec;
    return local ? Arrays.asList(plan.executeCollect()) : null;
  }
}
