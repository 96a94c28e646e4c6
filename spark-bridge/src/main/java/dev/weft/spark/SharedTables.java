package dev.weft.spark;

import dev.weft.planner.rel.SharedTable;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/** Where the rows of shared tables come from. */
interface SharedTables {

  /** Every reader computes them for itself. */
  SharedTables NONE = (table, plans) -> plans.dataset(table.plan()).queryExecution().analyzed();

  /** The rows of a table, analysed, with column ids that no other use has. */
  LogicalPlan rows(SharedTable table, PlanBuilder plans);
}
