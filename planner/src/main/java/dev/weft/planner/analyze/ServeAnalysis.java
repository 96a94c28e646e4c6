package dev.weft.planner.analyze;

import dev.weft.grammar.Diagnostic;
import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Nearest;
import dev.weft.grammar.WeftException;
import dev.weft.grammar.ast.Literal;
import dev.weft.grammar.ast.Name;
import dev.weft.grammar.ast.Option;
import dev.weft.grammar.ast.Serve;
import dev.weft.grammar.ast.Unserve;
import dev.weft.planner.plan.ModelVersion;
import dev.weft.planner.plan.PlannedModel;
import dev.weft.planner.plan.StatementPlan;
import dev.weft.planner.plan.StatementPlan.ServePlan;
import dev.weft.planner.plan.StatementPlan.UnservePlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** SERVE and UNSERVE: a model under an endpoint's name. */
final class ServeAnalysis {

  private static final List<String> OPTIONS = List.of("replicas");
  private static final String NAME = "[A-Za-z0-9_.-]+";

  private final ScriptState state;

  ServeAnalysis(ScriptState state) {
    this.state = state;
  }

  StatementPlan plan(Serve serve) {
    List<Diagnostic> errors = new ArrayList<>();
    Map<String, Object> options = options(serve.options(), errors);
    Name endpoint = serve.endpoint();
    if (!endpoint.text().matches(NAME)) {
      errors.add(
          ErrorCode.INVALID_CLAUSE.at(
              endpoint.span(),
              "an endpoint's name is part of a URL; use letters, digits, '_', '-' and '.'"));
    }
    PlannedModel model =
        state.model(
            serve.model().model().text(),
            serve.model().version().map(Name::text),
            serve.model().span());
    if (!errors.isEmpty()) {
      throw new WeftException(errors);
    }
    state.overlay().models().serves(endpoint.text(), Optional.of(served(model)));
    return new ServePlan(serve.span(), model, endpoint.text(), options);
  }

  private static ModelVersion served(PlannedModel model) {
    return model
        .version()
        .map(number -> ModelVersion.of(model.name(), number))
        .orElseGet(() -> ModelVersion.of(model));
  }

  private static Map<String, Object> options(List<Option> options, List<Diagnostic> errors) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Option option : options) {
      String name = option.key().text();
      if (OPTIONS.stream().noneMatch(name::equalsIgnoreCase)) {
        errors.add(
            ErrorCode.OPTION_NOT_FOUND.at(
                option.key().span(), "SERVE", name, Nearest.hintOrList(name, OPTIONS)));
      } else if (option.value() instanceof Literal.Whole n && n.value().signum() > 0) {
        values.put("replicas", n.value().longValue());
      } else {
        errors.add(
            ErrorCode.OPTION_VALUE.at(
                option.value().span(),
                name,
                "a whole number from 1",
                Options.written(option.value())));
      }
    }
    return values;
  }

  StatementPlan plan(Unserve unserve) {
    String name = unserve.endpoint().text();
    List<String> endpoints = state.overlay().models().endpoints();
    if (!endpoints.contains(name)) {
      throw ErrorCode.ENDPOINT_NOT_FOUND.failure(
          unserve.endpoint().span(), name, Nearest.hintOrList(name, endpoints));
    }
    state.overlay().models().serves(name, Optional.empty());
    return new UnservePlan(unserve.span(), name);
  }
}
