package dev.weft.planner.explain;

import dev.weft.planner.explain.Lineage.OfColumn;
import dev.weft.planner.explain.Lineage.Origin;
import dev.weft.planner.plan.StatementPlan;
import dev.weft.planner.plan.StatementPlan.AssertPlan;
import dev.weft.planner.plan.StatementPlan.LoadPlan;
import dev.weft.planner.plan.StatementPlan.QueryPlan;
import dev.weft.planner.plan.StatementPlan.SavePlan;
import dev.weft.planner.plan.StatementPlan.TrainPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.RelNode;

/** The lineage of statements. */
public final class Lineages {

  private Lineages() {}

  /** The lineage of a statement that has columns; paths below {@code folder} are relative to it. */
  public static Optional<Lineage> of(StatementPlan plan, Path folder) {
    if (plan instanceof QueryPlan query) {
      return Optional.of(of("query", query.name(), query.plan(), folder));
    }
    if (plan instanceof LoadPlan load) {
      return Optional.of(of("load", Optional.of(load.name()), load.plan(), folder));
    }
    if (plan instanceof SavePlan save) {
      String target = save.target().format() + " " + PlanPrinter.path(save.target().path(), folder);
      return Optional.of(of("save", Optional.of(target), save.plan(), folder));
    }
    if (plan instanceof TrainPlan train) {
      Optional<String> model = Optional.of("model " + train.model());
      return Optional.of(of("train", model, train.training(), folder));
    }
    return plan instanceof AssertPlan check
        ? Optional.of(of("assert", Optional.empty(), check.plan(), folder))
        : Optional.empty();
  }

  private static Lineage of(String statement, Optional<String> result, RelNode plan, Path folder) {
    LineageReader reader = new LineageReader(folder);
    List<Set<Origin>> fields = reader.of(plan);
    List<OfColumn> columns = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      String name = plan.getRowType().getFieldNames().get(i);
      columns.add(new OfColumn(name, List.copyOf(fields.get(i))));
    }
    return new Lineage(statement, result, columns, List.copyOf(reader.rows()));
  }
}
