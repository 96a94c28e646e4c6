package dev.weft.planner.explain;

import dev.weft.planner.plan.ModelVersion;
import dev.weft.planner.plan.StatementPlan;
import dev.weft.planner.plan.StatementPlan.AlterModelPlan;
import dev.weft.planner.plan.StatementPlan.DropModelPlan;
import dev.weft.planner.plan.StatementPlan.ExportModelPlan;
import dev.weft.planner.plan.StatementPlan.ImportModelPlan;
import dev.weft.planner.plan.StatementPlan.RollbackModelPlan;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;

/** The text of plans that change what models there are. */
final class ModelChanges {

  private ModelChanges() {}

  static Optional<String> text(StatementPlan plan, Path folder) {
    if (plan instanceof AlterModelPlan alter) {
      String name = alter.model() + "@" + alter.alias();
      return Optional.of(
          alter.version().map(v -> "Alias " + name + " = " + v).orElse("No alias " + name));
    }
    if (plan instanceof RollbackModelPlan back) {
      return Optional.of("Roll back " + back.from() + " to " + back.to());
    }
    if (plan instanceof DropModelPlan drop) {
      String versions =
          drop.versions().stream().map(ModelVersion::toString).collect(Collectors.joining(", "));
      return Optional.of("Drop " + (versions.isEmpty() ? "nothing" : versions));
    }
    if (plan instanceof ExportModelPlan export) {
      String path = PlanPrinter.path(export.target().toString(), folder);
      return Optional.of("Export " + export.model() + " as " + export.format() + " to " + path);
    }
    return plan instanceof ImportModelPlan given
        ? Optional.of(
            "Import "
                + given.model()
                + "@new from "
                + PlanPrinter.path(given.source().toString(), folder))
        : Optional.empty();
  }
}
