package dev.weft.spark;

import dev.weft.grammar.ParsedScript;
import dev.weft.grammar.ScriptParser;
import dev.weft.grammar.Source;
import dev.weft.grammar.WeftException;
import dev.weft.grammar.ast.Explain;
import dev.weft.grammar.ast.Statement;
import dev.weft.planner.AlgorithmCatalog;
import dev.weft.planner.Checked;
import dev.weft.planner.PlanningContext;
import dev.weft.planner.ScriptPlanner;
import dev.weft.planner.plan.StatementPlan;
import dev.weft.planner.plan.StatementPlan.QueryPlan;
import dev.weft.planner.plan.StatementPlan.SparkPlan;
import dev.weft.planner.rel.SparkClause;
import dev.weft.planner.rel.SparkText;
import dev.weft.spark.Outcome.Kind;
import dev.weft.spark.Outcome.Refused;
import dev.weft.spark.file.FileSources;
import dev.weft.spark.run.RunRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelShuttleImpl;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.spark.sql.classic.SparkSession;

/** A statement through our grammar and planner, then on Spark. */
final class PlannedSpark implements Way {

  private final SparkSession session;
  private final PlanBuilder plans;
  private final ScriptPlanner planner;
  private final List<String> handedOver = new ArrayList<>();
  private final List<String> clauses = new ArrayList<>();
  private boolean query;

  PlannedSpark(SparkSession session) {
    this.session = session;
    FileSources files = new FileSources(() -> session);
    this.plans =
        new PlanBuilder(
            session,
            files,
            NoPredictors.models(session),
            new PythonFunctions(new NoPredictors(), new RunRegistry()),
            SharedTables.NONE);
    SparkCatalog catalog =
        new SparkCatalog(
            CompletableFuture.completedFuture(session), () -> session, files, () -> plans);
    this.planner = new ScriptPlanner(catalog, new NoModels(), new AlgorithmCatalog(List.of()));
  }

  /** Whether our grammar takes it. */
  static Optional<String> refusal(String statement) {
    ParsedScript parsed = parsed(statement);
    if (!parsed.errors().isEmpty()) {
      return Optional.of(parsed.errors().get(0).message());
    }
    int found = parsed.script().statements().size();
    return found == 1 ? Optional.empty() : Optional.of(found + " statements");
  }

  private static ParsedScript parsed(String statement) {
    return ScriptParser.parse(new Source("corpus.weft", statement));
  }

  /** Why parts of the last statement went to Spark as they stand. */
  List<String> handedOver() {
    return List.copyOf(handedOver);
  }

  /** The clauses of the last statement that kept Spark's words over planned rows. */
  List<String> clauses() {
    return List.copyOf(clauses);
  }

  /** Whether the last statement was a query, which planning is about. */
  boolean wasQuery() {
    return query;
  }

  @Override
  public Outcome answer(String statement) {
    SparkSession.setActiveSession(session);
    handedOver.clear();
    clauses.clear();
    query = false;
    Optional<String> refusal = refusal(statement);
    if (refusal.isPresent()) {
      return new Refused(Kind.PARSE, refusal.get());
    }
    List<Statement> statements = parsed(statement).script().statements();
    if (statements.get(0) instanceof Explain) {
      return new PlainSpark(session).answer(statement);
    }
    try {
      return planned(statements);
    } catch (WeftException wrong) {
      return new Refused(Kind.CHECK, PlainSpark.sentence(wrong));
    } catch (Exception | Error bug) {
      return new Refused(Kind.BUG, bug.getClass().getSimpleName() + ": " + bug.getMessage());
    }
  }

  private Outcome planned(List<Statement> statements) {
    PlanningContext context =
        new PlanningContext(Path.of("/"), Map.of(), Optional.empty(), OptionalLong.empty(), false);
    Checked checked = planner.plan(statements, Map.of(), context);
    if (!checked.errors().isEmpty()) {
      return new Refused(Kind.CHECK, checked.errors().get(0).message());
    }
    StatementPlan plan = checked.plans().get(0);
    if (plan instanceof SparkPlan spark) {
      return new PlainSpark(session).answer(spark.text());
    }
    if (plan instanceof QueryPlan rows) {
      query = true;
      rows.plan().accept(new Texts());
      return run(rows.plan());
    }
    throw new IllegalStateException("no query: " + plan);
  }

  private Outcome run(RelNode plan) {
    try {
      return PlainSpark.rows(plans.dataset(plan));
    } catch (UnsupportedOperationException | IllegalStateException bug) {
      return new Refused(Kind.BUG, PlainSpark.sentence(bug));
    } catch (Exception refused) {
      return new Refused(Kind.RUN, PlainSpark.sentence(refused));
    }
  }

  /** Finds the texts in a plan. */
  private final class Texts extends RelShuttleImpl {

    @Override
    public RelNode visit(RelNode node) {
      if (node instanceof SparkClause clause) {
        clauses.add(clause.clause());
      }
      if (node instanceof SparkText text) {
        handedOver.add(text.reason());
      }
      node.accept(
          new RexShuttle() {
            @Override
            public RexNode visitSubQuery(RexSubQuery inner) {
              inner.rel.accept(Texts.this);
              return super.visitSubQuery(inner);
            }
          });
      return super.visit(node);
    }
  }
}
