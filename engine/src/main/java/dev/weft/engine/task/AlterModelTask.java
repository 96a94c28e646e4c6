package dev.weft.engine.task;

import dev.weft.planner.plan.ModelVersion;
import dev.weft.planner.plan.StatementPlan.AlterModelPlan;
import java.util.Optional;

/** ALTER MODEL: an alias set to a version, or removed, by one rename. */
final class AlterModelTask implements Task<AlterModelPlan> {

  @Override
  public Outcome run(AlterModelPlan plan, TaskContext context) {
    Optional<Integer> version = plan.version().map(ModelVersion::number);
    ModelChange.made(
        plan.span(),
        plan.model(),
        () -> {
          context.parts().store().changes().alias(plan.model(), plan.alias(), version);
          return version;
        });
    String name = plan.model() + "@" + plan.alias();
    return Outcome.done(
        version
            .map(number -> name + " is " + plan.model() + "@" + number)
            .orElse(name + " is no alias any more"));
  }
}
