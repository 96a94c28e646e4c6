package dev.weft.engine.task;

import dev.weft.engine.model.VersionChanges;
import dev.weft.engine.model.VersionChanges.Refused;
import dev.weft.planner.plan.ModelVersion;
import dev.weft.planner.plan.StatementPlan.DropModelPlan;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** DROP MODEL: versions gone by one rename each, none of which is served. */
final class DropModelTask implements Task<DropModelPlan> {

  @Override
  public Outcome run(DropModelPlan plan, TaskContext context) {
    if (plan.versions().isEmpty()) {
      return Outcome.done("nothing to drop");
    }
    VersionChanges changes = context.parts().store().changes();
    List<Integer> gone = ModelChange.made(plan.span(), plan.model(), () -> dropped(plan, changes));
    return Outcome.done("dropped " + named(plan.model(), gone));
  }

  private static List<Integer> dropped(DropModelPlan plan, VersionChanges changes)
      throws IOException, Refused {
    List<Integer> versions = plan.versions().stream().map(ModelVersion::number).toList();
    return switch (plan.what()) {
      case MODEL -> changes.dropAll(plan.model());
      case VERSION -> changes.drop(plan.model(), versions.get(0));
      case OLD -> changes.dropUnused(plan.model(), versions);
    };
  }

  private static String named(String model, List<Integer> versions) {
    return versions.isEmpty()
        ? "nothing"
        : versions.stream().map(v -> model + "@" + v).collect(Collectors.joining(", "));
  }
}
