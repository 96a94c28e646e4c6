package dev.weft.planner.analyze;

import dev.weft.grammar.Diagnostic;
import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Source;
import dev.weft.grammar.Span;
import dev.weft.grammar.WeftException;
import dev.weft.grammar.ast.DeclareParam;
import dev.weft.grammar.ast.ImportModel;
import dev.weft.grammar.ast.Include;
import dev.weft.grammar.ast.SparkStatement;
import dev.weft.grammar.ast.Statement;
import dev.weft.planner.AlgorithmCatalog;
import dev.weft.planner.Checked;
import dev.weft.planner.FollowUp;
import dev.weft.planner.PlanningContext;
import dev.weft.planner.plan.StatementPlan;
import dev.weft.planner.plan.StatementPlan.CreateFunctionPlan;
import dev.weft.planner.plan.StatementPlan.PythonPlan;
import dev.weft.planner.plan.StatementPlan.SparkPlan;
import dev.weft.planner.query.QueryPlanner;
import dev.weft.planner.spi.ModelCatalog;
import dev.weft.planner.spi.ModelsUnreachable;
import dev.weft.planner.spi.PythonSyntax;
import dev.weft.planner.spi.RelationalCatalog;
import dev.weft.planner.validate.Rels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.rel.RelNode;
import org.jspecify.annotations.Nullable;

/** Analyses scripts statement by statement, going on behind errors with what is known. */
public final class ScriptAnalysis {

  private final ScriptState.Outside outside;
  private final Map<Source, Path> folders = Collections.synchronizedMap(new WeakHashMap<>());

  public ScriptAnalysis(
      RelationalCatalog relations,
      ModelCatalog models,
      AlgorithmCatalog algorithms,
      PythonSyntax python) {
    RelOptCluster cluster = Rels.cluster(relations);
    QueryPlanner queries = new QueryPlanner(relations, models, cluster);
    this.outside = new ScriptState.Outside(relations, models, algorithms, cluster, queries, python);
  }

  /**
   * Plans statements, or says everything that is wrong with them.
   *
   * @param ahead whether what is only planned later is checked now
   */
  public synchronized Checked analyze(
      List<Statement> statements,
      Map<String, RelNode> tables,
      PlanningContext context,
      boolean ahead) {
    return new Walk(new ScriptState(outside, tables, context, folders), ahead).walk(statements);
  }

  /** One script on its way. */
  private static final class Walk {

    private final ScriptState state;
    private final StatementAnalyzer analyzer;
    private final IncludeAnalysis includes;
    private final EffectAnalysis effects;
    private final List<StatementPlan> plans = new ArrayList<>();
    private final List<Statement> rest = new ArrayList<>();

    /** Behind a statement of Spark's own: checked as far as can be, planned when it has run. */
    private boolean later;

    private final boolean ahead;

    /** Behind one whose effect is not known: not even checked. */
    private boolean blind;

    /** Behind a wrong one, which might have made any table. */
    private boolean unsure;

    private @Nullable Span unchecked;

    /** Within an included file that is planned later as a whole. */
    private boolean included;

    Walk(ScriptState state, boolean ahead) {
      this.state = state;
      this.ahead = ahead;
      this.analyzer = new StatementAnalyzer(state);
      this.includes = new IncludeAnalysis(state);
      this.effects = new EffectAnalysis(state);
    }

    Checked walk(List<Statement> statements) {
      all(statements);
      DeclareParamAnalysis.unknown(state);
      List<Diagnostic> errors = state.errors();
      List<StatementPlan> sound = errors.isEmpty() ? plans : List.of();
      // The rows of the last statement are always shown.
      Finishing finished = new Finishing(sound, rest.isEmpty());
      return new Checked(
          finished.plans(),
          finished.shared(),
          errors.isEmpty() ? rest : List.of(),
          Optional.ofNullable(unchecked),
          errors,
          state.warnings(),
          state.parameters().types());
    }

    private void all(List<Statement> statements) {
      for (Statement statement : statements) {
        if (later && !included) {
          rest.add(statement);
        }
        if (later && !ahead) {
          continue;
        }
        if (!blind) {
          one(statement);
        } else {
          unchecked = unchecked == null ? statement.span() : unchecked;
          syntax(statement);
        }
      }
    }

    private void include(Include include) {
      Include bound = (Include) new BoundLiterals(state.parameters()).in(include);
      List<Statement> inner = includes.statements(bound);
      boolean before = included;
      included = later;
      try {
        all(inner);
      } finally {
        included = before;
        includes.close();
      }
    }

    /** Whether what stands behind it has to wait for it. */
    private boolean changes(StatementPlan plan) {
      return !(plan instanceof SparkPlan spark
          && state.outside().relations().changesNothing(spark.text()));
    }

    /** Whether only running it tells the columns, or the function, that others use. */
    private static boolean decidesLater(StatementPlan plan) {
      return plan instanceof CreateFunctionPlan
          || (plan instanceof PythonPlan python && python.rows().isEmpty());
    }

    /** What Spark cannot read is wrong whatever the statements before do. */
    private void syntax(Statement statement) {
      if (statement instanceof DeclareParam declare) {
        state.declares(declare.name().text());
      } else if (statement instanceof SparkStatement) {
        try {
          analyzer.plan(statement);
        } catch (WeftException wrong) {
          state.errors().addAll(wrong.diagnostics());
        }
      }
    }

    private void one(Statement statement) {
      try {
        if (statement instanceof Include include) {
          include(include);
        } else {
          StatementPlan plan = analyzer.plan(statement);
          if (!later) {
            plans.add(plan);
          }
          if (decidesLater(plan)) {
            later = true;
            blind = ahead;
          }
          if (statement instanceof SparkStatement spark) {
            boolean known = !ahead || effects.foresee(spark);
            if (changes(plan)) {
              later = true;
              blind = !known;
            }
          }
          if (statement instanceof ImportModel) {
            // What the model reads and gives is known only when its file has been read.
            later = true;
            blind = ahead;
          }
        }
      } catch (ModelsUnreachable away) {
        state
            .errors()
            .add(ErrorCode.MODELS_UNREACHABLE.at(statement.span(), away.folder(), away.reason()));
        Definitions.failed(statement, state.overlay());
      } catch (FollowUp followUp) {
        Definitions.failed(statement, state.overlay());
      } catch (WeftException wrong) {
        wrong.diagnostics().stream()
            .filter(error -> !unsure || error.code() != ErrorCode.TABLE_NOT_FOUND)
            .sorted(Comparator.comparingInt(error -> error.span().start()))
            .forEach(state.errors()::add);
        Definitions.failed(statement, state.overlay());
        unsure |= Definitions.mayMake(statement);
      }
    }
  }
}
