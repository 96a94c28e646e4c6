package dev.weft.planner.analyze;

import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Nearest;
import dev.weft.grammar.Source;
import dev.weft.grammar.Span;
import dev.weft.grammar.ast.DeclareParam;
import dev.weft.grammar.ast.Literal;
import dev.weft.planner.param.ParamType;
import dev.weft.planner.param.ParamValue;
import dev.weft.planner.plan.StatementPlan;
import dev.weft.planner.plan.StatementPlan.DeclareParamPlan;
import dev.weft.planner.types.SparkTypes;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** DECLARE PARAM: a name whose value the command line may give. */
final class DeclareParamAnalysis {

  private static final Source COMMAND_LINE = new Source("--param", "");

  private final ScriptState state;

  DeclareParamAnalysis(ScriptState state) {
    this.state = state;
  }

  StatementPlan plan(DeclareParam declare) {
    String name = declare.name().text();
    ParamType type = type(declare);
    // What reads it is not wrong where only its value is missing.
    state.parameters().declare(new ParamValue(name, type.ddl(), Optional.empty()));
    state.declares(name);
    Optional<String> standard = standard(declare, type);
    Optional<String> given = given(name);
    if (given.isEmpty() && declare.value().isEmpty()) {
      throw ErrorCode.PARAMETER_MISSING.failure(declare.name().span(), name, name);
    }
    Optional<String> text =
        given.isEmpty() ? standard : Optional.of(cast(declare, type, given.get()));
    ParamValue value = new ParamValue(name, type.ddl(), text);
    state.parameters().declare(value);
    return new DeclareParamPlan(declare.span(), value);
  }

  private ParamType type(DeclareParam declare) {
    String written = declare.type().text();
    return ParamType.of(written, state.cluster().getTypeFactory())
        .orElseThrow(
            () ->
                ErrorCode.TYPE_MISMATCH.failure(
                    declare.type(),
                    "a parameter is "
                        + ParamType.KINDS
                        + ", not "
                        + written
                        + Nearest.hint(written, SparkTypes.NAMES)));
  }

  private static Optional<String> standard(DeclareParam declare, ParamType type) {
    Optional<Literal> literal = declare.value().filter(value -> !(value instanceof Literal.Null));
    if (literal.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> value = type.read(Options.text(literal.get()));
    if (value.isEmpty()) {
      throw ErrorCode.TYPE_MISMATCH.failure(
          literal.get().span(),
          "the parameter '%s' takes %s, not %s"
              .formatted(declare.name().text(), type.wanted(), Options.written(literal.get())));
    }
    return value;
  }

  private static String cast(DeclareParam declare, ParamType type, String given) {
    String name = declare.name().text();
    return type.read(given)
        .orElseThrow(
            () ->
                ErrorCode.PARAMETER_VALUE.failure(
                    declare.name().span(), name, type.wanted(), given));
  }

  private Optional<String> given(String name) {
    return state.context().params().values().entrySet().stream()
        .filter(entry -> entry.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** Reports what the command line gives and nothing declares. */
  static void unknown(ScriptState state) {
    if (!state.context().params().strict()) {
      return;
    }
    Set<String> declared = new TreeSet<>(state.declared());
    state.context().params().declared().values().forEach(value -> declared.add(value.name()));
    for (String given : new TreeSet<>(state.context().params().values().keySet())) {
      if (declared.stream().noneMatch(given::equalsIgnoreCase)) {
        String hint = declared.isEmpty() ? "; leave it out" : Nearest.hintOrList(given, declared);
        Span nowhere = new Span(COMMAND_LINE, 0, 0);
        state.errors().add(ErrorCode.PARAMETER_UNKNOWN.at(nowhere, given, hint));
      }
    }
  }
}
