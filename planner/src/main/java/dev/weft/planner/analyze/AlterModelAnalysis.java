package dev.weft.planner.analyze;

import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Nearest;
import dev.weft.grammar.ast.AlterModel;
import dev.weft.grammar.ast.Name;
import dev.weft.grammar.ast.RollbackModel;
import dev.weft.planner.plan.ModelVersion;
import dev.weft.planner.plan.StatementPlan;
import dev.weft.planner.plan.StatementPlan.AlterModelPlan;
import dev.weft.planner.plan.StatementPlan.RollbackModelPlan;
import java.util.List;
import java.util.Optional;

/** ALTER MODEL and ROLLBACK MODEL: which version an alias or the name alone stands for. */
final class AlterModelAnalysis {

  private final ScriptState state;

  AlterModelAnalysis(ScriptState state) {
    this.state = state;
  }

  StatementPlan plan(AlterModel alter) {
    String model = alter.model().text();
    Name alias = alter.alias();
    ModelVersion there = state.version(model, Optional.empty(), alter.model().span());
    Optional<ModelVersion> version = alter.version().map(name -> named(there.model(), name));
    if (version.isPresent()) {
      checkFree(alias);
    } else {
      checkSet(model, alias);
    }
    state.overlay().models().alias(model, alias.text(), version);
    return new AlterModelPlan(alter.span(), model, alias.text(), version);
  }

  private ModelVersion named(String model, Name version) {
    return state.version(model, Optional.of(version.text()), version.span());
  }

  private static void checkFree(Name alias) {
    if (ModelOverlay.isNumber(alias.text()) || alias.text().equalsIgnoreCase(ModelOverlay.LATEST)) {
      throw ErrorCode.NAME_TAKEN.failure(
          alias.span(),
          "an alias cannot be called '"
              + alias.text()
              + "', which stands for a version already; take another name");
    }
  }

  private void checkSet(String model, Name alias) {
    List<String> there = state.overlay().models().aliases(model);
    if (!there.contains(alias.text())) {
      throw ErrorCode.ALIAS_NOT_FOUND.failure(
          alias.span(), model, alias.text(), Nearest.hintOrList(alias.text(), there));
    }
  }

  StatementPlan plan(RollbackModel rollback) {
    String model = rollback.model().text();
    ModelVersion from = state.version(model, Optional.empty(), rollback.model().span());
    ModelVersion to =
        state
            .overlay()
            .models()
            .before(from)
            .orElseThrow(
                () ->
                    ErrorCode.INVALID_CLAUSE.failure(
                        rollback.model().span(),
                        "there is no version before " + from + " to go back to"));
    state.overlay().models().latest(to);
    return new RollbackModelPlan(rollback.span(), from, to);
  }
}
