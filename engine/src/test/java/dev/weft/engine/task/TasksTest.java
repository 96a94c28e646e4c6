package dev.weft.engine.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.planner.plan.StatementPlan;
import org.junit.jupiter.api.Test;

class TasksTest {

  @Test
  void everyPlanHasATask() {
    assertThat(Tasks.kinds()).containsExactlyInAnyOrder(permitted());
  }

  @SuppressWarnings("unchecked")
  private static Class<? extends StatementPlan>[] permitted() {
    return (Class<? extends StatementPlan>[]) StatementPlan.class.getPermittedSubclasses();
  }
}
