package dev.weft.planner.analyze;

import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.ast.AlterModel;
import dev.weft.grammar.ast.Assert;
import dev.weft.grammar.ast.CreateFunction;
import dev.weft.grammar.ast.DeclareParam;
import dev.weft.grammar.ast.DescribeAlgorithm;
import dev.weft.grammar.ast.DescribeModel;
import dev.weft.grammar.ast.DropModel;
import dev.weft.grammar.ast.Explain;
import dev.weft.grammar.ast.ExportModel;
import dev.weft.grammar.ast.ImportModel;
import dev.weft.grammar.ast.Load;
import dev.weft.grammar.ast.NotYet;
import dev.weft.grammar.ast.Predict;
import dev.weft.grammar.ast.Python;
import dev.weft.grammar.ast.Query;
import dev.weft.grammar.ast.RollbackModel;
import dev.weft.grammar.ast.Save;
import dev.weft.grammar.ast.Serve;
import dev.weft.grammar.ast.SetOption;
import dev.weft.grammar.ast.ShowAlgorithms;
import dev.weft.grammar.ast.ShowEndpoints;
import dev.weft.grammar.ast.ShowModels;
import dev.weft.grammar.ast.SparkStatement;
import dev.weft.grammar.ast.Statement;
import dev.weft.grammar.ast.Train;
import dev.weft.grammar.ast.Unserve;
import dev.weft.planner.plan.StatementPlan;
import dev.weft.planner.plan.StatementPlan.ShowAlgorithmsPlan;
import dev.weft.planner.plan.StatementPlan.ShowEndpointsPlan;
import dev.weft.planner.plan.StatementPlan.ShowModelsPlan;
import java.util.List;

/** Says for each kind of statement which analysis plans it. INCLUDE is spliced before. */
final class StatementAnalyzer {

  private final LoadAnalysis load;
  private final SaveAnalysis save;
  private final TrainAnalysis train;
  private final PredictAnalysis predict;
  private final PythonAnalysis python;
  private final CreateFunctionAnalysis function;
  private final QueryAnalysis query;
  private final ServeAnalysis serve;
  private final AlterModelAnalysis alter;
  private final DropModelAnalysis drop;
  private final ExportModelAnalysis export;
  private final ImportModelAnalysis imports;
  private final DescribeAnalysis describe;
  private final SetAnalysis set;
  private final AssertAnalysis assertion;
  private final ExplainAnalysis explain;
  private final SparkStatementAnalysis spark;
  private final DeclareParamAnalysis declare;
  private final BoundLiterals literals;

  StatementAnalyzer(ScriptState state) {
    this.load = new LoadAnalysis(state);
    this.save = new SaveAnalysis(state);
    this.train = new TrainAnalysis(state);
    this.predict = new PredictAnalysis(state);
    this.python = new PythonAnalysis(state);
    this.function = new CreateFunctionAnalysis(state);
    this.query = new QueryAnalysis(state);
    this.serve = new ServeAnalysis(state);
    this.alter = new AlterModelAnalysis(state);
    this.drop = new DropModelAnalysis(state);
    this.export = new ExportModelAnalysis(state);
    this.imports = new ImportModelAnalysis(state);
    this.describe = new DescribeAnalysis(state);
    this.set = new SetAnalysis(state);
    this.assertion = new AssertAnalysis(state);
    this.explain = new ExplainAnalysis(state, this);
    this.spark = new SparkStatementAnalysis(state);
    this.declare = new DeclareParamAnalysis(state);
    this.literals = new BoundLiterals(state.parameters());
  }

  StatementPlan plan(Statement statement) {
    try {
      return bound(literals.in(statement));
    } catch (StackOverflowError deep) {
      throw ErrorCode.NESTED_TOO_DEEPLY.failure(statement.span());
    }
  }

  /** Java 17 has no pattern switch: one line for each kind, rows first. */
  private StatementPlan bound(Statement statement) {
    if (statement instanceof Query s) return query.plan(s);
    if (statement instanceof Load s) return load.plan(s);
    if (statement instanceof Save s) return save.plan(s);
    if (statement instanceof Train s) return train.plan(s);
    if (statement instanceof Predict s) return predict.plan(s);
    if (statement instanceof Python s) return python.plan(s);
    if (statement instanceof CreateFunction s) return function.plan(s);
    if (statement instanceof Serve s) return serve.plan(s);
    if (statement instanceof Unserve s) return serve.plan(s);
    if (statement instanceof AlterModel s) return alter.plan(s);
    if (statement instanceof RollbackModel s) return alter.plan(s);
    if (statement instanceof DropModel s) return drop.plan(s);
    if (statement instanceof ExportModel s) return export.plan(s);
    if (statement instanceof ImportModel s) return imports.plan(s);
    if (statement instanceof DescribeModel s) return describe.plan(s);
    if (statement instanceof DescribeAlgorithm s) return describe.plan(s);
    if (statement instanceof SetOption s) return set.plan(s);
    if (statement instanceof DeclareParam s) return declare.plan(s);
    if (statement instanceof Assert s) return assertion.plan(s);
    if (statement instanceof Explain s) return explain.plan(s);
    if (statement instanceof ShowModels s) return new ShowModelsPlan(s.span());
    if (statement instanceof ShowEndpoints s) return new ShowEndpointsPlan(s.span());
    if (statement instanceof ShowAlgorithms s) return new ShowAlgorithmsPlan(s.span());
    if (statement instanceof SparkStatement s) return spark.plan(s);
    throw notAvailable(statement);
  }

  private static RuntimeException notAvailable(Statement statement) {
    String what = statement instanceof NotYet later ? later.what() : "this statement";
    return ErrorCode.NOT_AVAILABLE.failure(
        statement.span(), what, "'weft help' lists what this version runs");
  }

  /** The plans of a statement under EXPLAIN, which leaves nothing behind. */
  List<StatementPlan> explained(Statement statement, ScriptState state) {
    ScriptState apart = state.apart();
    return List.of(new StatementAnalyzer(apart).plan(statement));
  }
}
