package dev.weft.planner.analyze;

import dev.weft.grammar.ast.Explain.Mode;
import dev.weft.planner.explain.Moves;
import dev.weft.planner.explain.PlanText;
import dev.weft.planner.plan.StatementPlan;
import dev.weft.planner.plan.StatementPlan.AssertPlan;
import dev.weft.planner.plan.StatementPlan.ExplainPlan;
import dev.weft.planner.plan.StatementPlan.PythonPlan;
import dev.weft.planner.plan.StatementPlan.QueryPlan;
import dev.weft.planner.plan.StatementPlan.SavePlan;
import dev.weft.planner.plan.StatementPlan.TrainPlan;
import dev.weft.planner.rel.SharedTable;
import dev.weft.planner.rule.Sharing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.apache.calcite.rel.RelNode;

/**
 * Optimises the plans of a script when all of them are known: a named query where its rows are
 * wanted, together with what reads it, and once for all readers where it is shared.
 */
final class Finishing {

  private final Sharing sharing;
  private final List<StatementPlan> plans;
  private final List<SharedTable> shared;

  /** What is explained, before it was optimised. */
  private final IdentityHashMap<StatementPlan, ExplainPlan> written = new IdentityHashMap<>();

  /**
   * Finishes plans.
   *
   * @param last whether nothing follows them, so that the rows of the last are shown
   */
  Finishing(List<StatementPlan> given, boolean last) {
    List<StatementPlan> run = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      if (runs(given.get(i)) || (last && i == given.size() - 1)) {
        run.add(given.get(i));
      }
    }
    this.sharing = new Sharing(run.stream().map(Finishing::relations).toList(), written(given));
    List<StatementPlan> optimized =
        given.stream().map(plan -> run.contains(plan) ? optimized(plan) : plan).toList();
    this.shared = sharing.finish(optimized.stream().flatMap(p -> relations(p).stream()).toList());
    this.plans = optimized.stream().map(this::told).toList();
  }

  List<StatementPlan> plans() {
    return plans;
  }

  List<SharedTable> shared() {
    return shared;
  }

  /** A name alone computes nothing. */
  private static boolean runs(StatementPlan plan) {
    return plan instanceof QueryPlan query
        ? query.name().isEmpty() || query.shown()
        : !relations(plan).isEmpty() || plan instanceof ExplainPlan;
  }

  private static List<RelNode> relations(StatementPlan plan) {
    if (plan instanceof QueryPlan query) {
      return List.of(query.plan());
    }
    if (plan instanceof SavePlan save) {
      return List.of(save.plan());
    }
    if (plan instanceof AssertPlan check) {
      return List.of(check.plan());
    }
    if (plan instanceof PythonPlan python) {
      return python.inputs();
    }
    return plan instanceof TrainPlan train ? train.relations() : List.of();
  }

  private static List<Path> written(List<StatementPlan> plans) {
    List<Path> paths = new ArrayList<>();
    for (StatementPlan plan : plans) {
      if (plan instanceof SavePlan save && save.target().path().startsWith("/")) {
        paths.add(Path.of(save.target().path()));
      }
    }
    return paths;
  }

  private StatementPlan optimized(StatementPlan plan) {
    if (plan instanceof QueryPlan query) {
      RelNode rows = sharing.optimized(query.plan());
      return new QueryPlan(query.span(), query.name(), query.shown(), rows);
    }
    if (plan instanceof SavePlan save) {
      RelNode rows = sharing.optimized(save.plan());
      return new SavePlan(save.span(), rows, save.mode(), save.target(), save.partitionBy());
    }
    if (plan instanceof AssertPlan check) {
      RelNode rows = sharing.optimized(check.plan());
      return new AssertPlan(check.span(), rows, check.condition(), check.message());
    }
    if (plan instanceof PythonPlan python) {
      return python.with(python.inputs().stream().map(sharing::optimized).toList());
    }
    if (plan instanceof TrainPlan train) {
      return train.with(sharing::optimized);
    }
    return plan instanceof ExplainPlan explain ? explained(explain) : plan;
  }

  private ExplainPlan explained(ExplainPlan explain) {
    ExplainPlan optimized =
        new ExplainPlan(
            explain.span(),
            explain.mode(),
            optimized(explain.plan()),
            explain.folder(),
            explain.text());
    written.put(optimized, explain);
    return optimized;
  }

  /** The text of an EXPLAIN, which shows what is shared. */
  private StatementPlan told(StatementPlan plan) {
    boolean ours =
        plan instanceof ExplainPlan explain
            && (explain.mode() == Mode.PLAN || explain.mode() == Mode.ANALYZE);
    if (!ours) {
      return plan;
    }
    ExplainPlan explain = (ExplainPlan) plan;
    List<String> lines = new ArrayList<>();
    if (explain.mode() == Mode.PLAN) {
      lines.add(PlanText.of(explain.plan(), explain.folder()));
    }
    lines.addAll(moves(explain));
    return new ExplainPlan(
        explain.span(), explain.mode(), explain.plan(), explain.folder(), String.join("\n", lines));
  }

  private List<String> moves(ExplainPlan explain) {
    ExplainPlan before = written.get(explain);
    List<RelNode> after = relations(explain.plan());
    List<String> lines = new ArrayList<>();
    // What TRANSFORM reads before is not in the text.
    int told = explain.plan() instanceof TrainPlan train ? train.told() : after.size();
    for (int i = 0; before != null && i < told; i++) {
      lines.addAll(Moves.of(relations(before.plan()).get(i), after.get(i), explain.folder()));
    }
    return lines;
  }
}
