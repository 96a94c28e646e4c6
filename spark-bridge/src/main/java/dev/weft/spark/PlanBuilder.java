package dev.weft.spark;

import dev.weft.engine.spi.ArrowSource;
import dev.weft.planner.plan.PlannedModel;
import dev.weft.planner.plan.PythonResult;
import dev.weft.planner.rel.FileScan;
import dev.weft.planner.rel.FunctionScan;
import dev.weft.planner.rel.PythonRows;
import dev.weft.planner.rel.RemoteRows;
import dev.weft.planner.rel.SharedRows;
import dev.weft.planner.rel.SparkClause;
import dev.weft.planner.rel.SparkText;
import dev.weft.spark.convert.CatalystPlans;
import dev.weft.spark.convert.Leaves;
import dev.weft.spark.convert.NodeMarks;
import dev.weft.spark.convert.ToSpark;
import dev.weft.spark.file.FileSources;
import dev.weft.spark.predict.PredictFunction;
import dev.weft.spark.python.PythonFunction;
import dev.weft.spark.source.RemoteTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.RelNode;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.QueryPlanningTracker;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.Dataset;
import org.apache.spark.sql.classic.Dataset$;
import org.apache.spark.sql.classic.SparkSession;
import scala.Option;

/** Relational plans as Spark's, with this session's leaves. */
final class PlanBuilder implements Leaves {

  private final SparkSession session;
  private final FileSources files;
  private final ModelFunctions models;
  private final PythonFunctions python;
  private final SharedTables shared;
  private final NodeMarks marks;

  PlanBuilder(
      SparkSession session,
      FileSources files,
      ModelFunctions models,
      PythonFunctions python,
      SharedTables shared) {
    this(session, files, models, python, shared, NodeMarks.NONE);
  }

  private PlanBuilder(
      SparkSession session,
      FileSources files,
      ModelFunctions models,
      PythonFunctions python,
      SharedTables shared,
      NodeMarks marks) {
    this.session = session;
    this.files = files;
    this.models = models;
    this.python = python;
    this.shared = shared;
    this.marks = marks;
  }

  /** The same for plans that do not run: shared tables are not computed for them. */
  PlanBuilder onlyLooking() {
    return new PlanBuilder(session, files, models, python, SharedTables.NONE);
  }

  /** The same for a plan whose steps are measured, each for itself. */
  PlanBuilder marking(NodeMarks own) {
    return new PlanBuilder(session, files, models, python, SharedTables.NONE, own);
  }

  /** A plan, analysed. */
  Dataset<Row> dataset(RelNode plan) {
    return dataset(logical(plan));
  }

  Dataset<Row> dataset(LogicalPlan plan) {
    SparkSession.setActiveSession(session);
    return Dataset$.MODULE$.ofRows(session, plan);
  }

  /** Asks Spark's analyser whether it takes a command; nothing runs. */
  void check(SparkQuery command) {
    SparkSession.setActiveSession(session);
    session
        .sessionState()
        .analyzer()
        .executeAndCheck(logical(command), new QueryPlanningTracker(Option.empty()));
  }

  /** A plan, not analysed. */
  LogicalPlan logical(RelNode plan) {
    SparkSession.setActiveSession(session);
    return new ToSpark(this, marks).query(plan);
  }

  /** A text's plan with the script's tables in it, not analysed. */
  LogicalPlan logical(SparkQuery query) {
    return new ScriptText(query.tables(), this::logical).resolve(query.parsed());
  }

  @Override
  public LogicalPlan file(FileScan scan) {
    return files.plan(scan.source(), scan.getRowType().getFieldNames());
  }

  @Override
  public LogicalPlan table(String name) {
    return session.table(name).queryExecution().analyzed();
  }

  @Override
  public LogicalPlan shared(SharedRows rows) {
    return shared.rows(rows.table(), this);
  }

  @Override
  public LogicalPlan text(SparkText text) {
    return over((SparkQuery) text.text().handle(), text.names(), text.getInputs());
  }

  @Override
  public LogicalPlan function(FunctionScan scan) {
    return logical((SparkQuery) scan.rows().handle());
  }

  @Override
  public LogicalPlan clause(SparkClause clause) {
    return over((SparkQuery) clause.text().handle(), clause.names(), clause.getInputs());
  }

  /** A text over the plans that its tables have by now. */
  private LogicalPlan over(SparkQuery query, List<String> names, List<RelNode> inputs) {
    Map<String, RelNode> tables = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      tables.put(names.get(i), inputs.get(i));
    }
    return logical(new SparkQuery(query.parsed(), new ScriptTables(tables)));
  }

  @Override
  public PredictFunction function(PlannedModel model) {
    return models.of(model);
  }

  @Override
  public PythonFunction function(PythonRows rows) {
    return python.of(rows);
  }

  @Override
  public LogicalPlan remote(RemoteRows rows) {
    PythonResult result = rows.result();
    return CatalystPlans.scan(
        new RemoteTable(
            rows.name(), Ddl.struct(rows.getRowType()), () -> (ArrowSource) result.handle()));
  }
}
