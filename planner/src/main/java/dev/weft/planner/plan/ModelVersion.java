package dev.weft.planner.plan;

import java.util.Optional;

/**
 * A version that a statement is about, its files unread: one that is stored, or one that an earlier
 * statement of the script makes.
 */
public record ModelVersion(String model, Optional<Integer> stored, Optional<PlannedModel> made) {

  /** One that is stored. */
  public static ModelVersion of(String model, int number) {
    return new ModelVersion(model, Optional.of(number), Optional.empty());
  }

  /** One that the script makes. */
  public static ModelVersion of(PlannedModel made) {
    return new ModelVersion(made.name(), Optional.empty(), Optional.of(made));
  }

  /** Its number, known once what makes it has run. */
  public int number() {
    return stored.or(() -> made.flatMap(PlannedModel::version)).orElseThrow();
  }

  /** {@code name@3}, or {@code name@new} before it is made. */
  @Override
  public String toString() {
    return made.map(PlannedModel::toString)
        .orElseGet(() -> model + "@" + stored.map(String::valueOf).orElse("new"));
  }
}
