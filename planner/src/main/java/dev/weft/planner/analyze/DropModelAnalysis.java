package dev.weft.planner.analyze;

import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Span;
import dev.weft.grammar.WeftException;
import dev.weft.grammar.ast.DropModel;
import dev.weft.grammar.ast.Literal;
import dev.weft.grammar.ast.Name;
import dev.weft.planner.plan.ModelVersion;
import dev.weft.planner.plan.StatementPlan;
import dev.weft.planner.plan.StatementPlan.DropModelPlan;
import dev.weft.planner.plan.StatementPlan.DropModelPlan.Dropping;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** DROP MODEL: a model, one version of it, or its old ones. */
final class DropModelAnalysis {

  private final ScriptState state;

  DropModelAnalysis(ScriptState state) {
    this.state = state;
  }

  StatementPlan plan(DropModel drop) {
    boolean old = drop.keep().isPresent() || drop.olderThan().isPresent();
    Optional<Name> version = drop.model().version();
    if (old && version.isPresent()) {
      throw ErrorCode.INVALID_CLAUSE.failure(
          drop.model().span(),
          "KEEP and OLDER THAN choose among the versions of a model; leave '@"
              + version.get().text()
              + "' out");
    }
    if (isGone(drop)) {
      return plan(drop, old ? Dropping.OLD : Dropping.VERSION, List.of());
    }
    return old ? old(drop) : version.isPresent() ? one(drop) : whole(drop);
  }

  /** With IF EXISTS nothing need be there. */
  private boolean isGone(DropModel drop) {
    Optional<String> version = drop.model().version().map(Name::text);
    return drop.ifExists()
        && state.overlay().models().find(drop.model().model().text(), version).isEmpty();
  }

  private static StatementPlan plan(DropModel drop, Dropping what, List<ModelVersion> versions) {
    return new DropModelPlan(drop.span(), drop.model().model().text(), what, versions);
  }

  private StatementPlan whole(DropModel drop) {
    String name = drop.model().model().text();
    ModelVersion latest = state.version(name, Optional.empty(), drop.model().span());
    List<ModelVersion> all = state.overlay().models().numbers(latest.model());
    all.forEach(version -> refuseServed(version, drop.model().span()));
    state.overlay().models().dropped(name);
    return plan(drop, Dropping.MODEL, all);
  }

  private StatementPlan one(DropModel drop) {
    Span place = drop.model().span();
    ModelVersion version =
        state.version(drop.model().model().text(), drop.model().version().map(Name::text), place);
    refuseServed(version, place);
    List<String> aliases = state.overlay().models().aliases(version);
    if (!aliases.isEmpty()) {
      throw ErrorCode.MODEL_IN_USE.failure(
          place,
          version
              + " has the alias '"
              + aliases.get(0)
              + "'; set it to another version or write ALTER MODEL "
              + version.model()
              + " UNSET ALIAS "
              + aliases.get(0)
              + " first");
    }
    state.overlay().models().dropped(version);
    return plan(drop, Dropping.VERSION, List.of(version));
  }

  private StatementPlan old(DropModel drop) {
    String name = drop.model().model().text();
    ModelVersion latest = state.version(name, Optional.empty(), drop.model().span());
    ModelOverlay models = state.overlay().models();
    List<ModelVersion> there = models.numbers(name);
    long keep = drop.keep().map(DropModelAnalysis::count).orElse(0L);
    List<ModelVersion> chosen =
        there.stream()
            .skip(Math.min(keep, there.size()))
            .filter(version -> !version.equals(latest))
            .filter(version -> isOlder(version, drop))
            .filter(version -> models.aliases(version).isEmpty())
            .filter(version -> models.endpoints(version).isEmpty())
            .toList();
    chosen.forEach(models::dropped);
    return plan(drop, Dropping.OLD, chosen);
  }

  private static long count(Literal keep) {
    if (keep instanceof Literal.Whole whole
        && whole.value().signum() > 0
        && whole.value().bitLength() < Integer.SIZE) {
      return whole.value().longValue();
    }
    throw ErrorCode.OPTION_VALUE.failure(
        keep.span(), "KEEP", "a whole number from 1", Options.written(keep));
  }

  /** One that is still to be made is not old; neither is one that does not tell its age. */
  private boolean isOlder(ModelVersion version, DropModel drop) {
    if (drop.olderThan().isEmpty()) {
      return true;
    }
    Duration age = Duration.ofMillis(Math.round(drop.olderThan().getAsDouble() * 1000));
    return version
        .stored()
        .flatMap(number -> state.outside().models().created(version.model(), number))
        .filter(created -> created.isBefore(Instant.now().minus(age)))
        .isPresent();
  }

  private void refuseServed(ModelVersion version, Span place) {
    List<String> endpoints = state.overlay().models().endpoints(version);
    if (!endpoints.isEmpty()) {
      throw served(version, endpoints.get(0), place);
    }
  }

  private static WeftException served(ModelVersion version, String endpoint, Span place) {
    return ErrorCode.MODEL_IN_USE.failure(
        place,
        "the endpoint '"
            + endpoint
            + "' answers with "
            + version
            + "; write UNSERVE "
            + endpoint
            + " first");
  }
}
