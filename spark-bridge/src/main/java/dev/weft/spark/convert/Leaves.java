package dev.weft.spark.convert;

import dev.weft.planner.plan.PlannedModel;
import dev.weft.planner.rel.FileScan;
import dev.weft.planner.rel.FunctionScan;
import dev.weft.planner.rel.PythonRows;
import dev.weft.planner.rel.RemoteRows;
import dev.weft.planner.rel.SharedRows;
import dev.weft.planner.rel.SparkClause;
import dev.weft.planner.rel.SparkText;
import dev.weft.spark.predict.PredictFunction;
import dev.weft.spark.python.PythonFunction;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/** What the conversion asks the backend for: the plans of its leaves, and the models' functions. */
public interface Leaves {

  /** A file source with its full schema, analysed; its columns have the file's names. */
  LogicalPlan file(FileScan scan);

  /** A table of Spark's catalog, analysed. */
  LogicalPlan table(String name);

  /** The rows of a shared table, analysed; its columns have the names of the table's plan. */
  LogicalPlan shared(SharedRows rows);

  /** A text that Spark understands; its columns are those of the node, by position. */
  LogicalPlan text(SparkText text);

  /**
   * A clause in Spark's words over planned rows; its columns are those of the node, by position.
   */
  LogicalPlan clause(SparkClause clause);

  /** The rows of a function of Spark's. */
  LogicalPlan function(FunctionScan scan);

  /** Users' code, made ready when Spark runs it. */
  PythonFunction function(PythonRows rows);

  /** The rows that users' code has left on an actor. */
  LogicalPlan remote(RemoteRows rows);

  /** The function of a model, which asks for the model's files when Spark runs it. */
  PredictFunction function(PlannedModel model);
}
