package dev.weft.planner;

import dev.weft.grammar.ast.Statement;
import dev.weft.planner.analyze.ScriptAnalysis;
import dev.weft.planner.spi.ModelCatalog;
import dev.weft.planner.spi.PythonSyntax;
import dev.weft.planner.spi.RelationalCatalog;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.RelNode;

/** Checks and plans the statements of a script against what the session and earlier ones define. */
public final class ScriptPlanner {

  private final ScriptAnalysis analysis;

  public ScriptPlanner(
      RelationalCatalog relations, ModelCatalog models, AlgorithmCatalog algorithms) {
    this(relations, models, algorithms, PythonSyntax.NONE);
  }

  /** The same with something that can read Python. */
  public ScriptPlanner(
      RelationalCatalog relations,
      ModelCatalog models,
      AlgorithmCatalog algorithms,
      PythonSyntax python) {
    this.analysis = new ScriptAnalysis(relations, models, algorithms, python);
  }

  /**
   * Plans statements; collects every error instead of stopping at the first.
   *
   * @param tables what the session has named so far
   */
  public Checked plan(
      List<Statement> statements, Map<String, RelNode> tables, PlanningContext context) {
    return analysis.analyze(statements, tables, context, true);
  }

  /**
   * Plans statements that have been checked before, as far as can be run at once; what comes behind
   * is left as it is.
   */
  public Checked planChecked(
      List<Statement> statements, Map<String, RelNode> tables, PlanningContext context) {
    return analysis.analyze(statements, tables, context, false);
  }
}
