package dev.weft.planner.analyze;

import dev.weft.grammar.Diagnostic;
import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Nearest;
import dev.weft.grammar.Span;
import dev.weft.grammar.ast.Option;
import dev.weft.planner.AlgorithmDeclaration;
import dev.weft.planner.AlgorithmDeclaration.OptionDeclaration;
import dev.weft.planner.AlgorithmDeclaration.OptionType;
import dev.weft.planner.spi.ModelSignature.Task;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The options of a TRAIN, checked against what the algorithm declares. */
final class AlgorithmOptions {

  static final String TASK = "task";

  private final AlgorithmDeclaration algorithm;
  private final List<String> columns;
  private final ScriptState state;
  private final List<Diagnostic> errors;
  private final Map<String, Object> values = new LinkedHashMap<>();
  private final Map<String, Span> places = new LinkedHashMap<>();
  private Optional<Task> task = Optional.empty();

  AlgorithmOptions(
      AlgorithmDeclaration algorithm,
      List<String> columns,
      ScriptState state,
      List<Diagnostic> errors) {
    this.algorithm = algorithm;
    this.columns = columns;
    this.state = state;
    this.errors = errors;
  }

  AlgorithmOptions check(List<Option> options) {
    Set<String> seen = new HashSet<>();
    for (Option option : options) {
      String name = name(option);
      if (!seen.add(name.toLowerCase(Locale.ROOT))) {
        errors.add(
            ErrorCode.INVALID_CLAUSE.at(
                option.span(), "the option '" + name + "' is given twice; keep one"));
      } else if (name.equalsIgnoreCase(TASK)) {
        task(option);
      } else {
        declared(name).ifPresentOrElse(known -> value(known, option), () -> unknown(name, option));
      }
    }
    return this;
  }

  /** What the user set, under canonical names. */
  Map<String, Object> values() {
    return values;
  }

  /** The columns that options name, each with its place. */
  Map<String, Span> columns() {
    return places;
  }

  /** The task that the user asks for. */
  Optional<Task> task() {
    return task;
  }

  /** Byzer numbers its parameter sets. */
  private static String name(Option option) {
    return option.key().text().replaceFirst("(?i)^fitParam\\.\\d+\\.", "");
  }

  private Optional<OptionDeclaration> declared(String name) {
    return algorithm.options().stream()
        .filter(
            option ->
                option.name().equalsIgnoreCase(name)
                    || option.aliases().stream().anyMatch(name::equalsIgnoreCase))
        .findFirst();
  }

  private void task(Option option) {
    String written = Options.text(option.value());
    List<String> known =
        algorithm.tasks().stream().map(t -> t.name().toLowerCase(Locale.ROOT)).toList();
    if (known.contains(written.toLowerCase(Locale.ROOT))) {
      task = Optional.of(Task.valueOf(written.toUpperCase(Locale.ROOT)));
      return;
    }
    errors.add(
        ErrorCode.OPTION_VALUE.at(
            option.value().span(),
            TASK,
            "one of " + String.join(", ", known),
            Options.written(option.value())));
  }

  private void value(OptionDeclaration known, Option option) {
    OptionValue.of(known, option.value(), state.isByzer(option.key().span()))
        .ifPresentOrElse(
            value -> {
              if (known.type() == OptionType.COLUMN) {
                column(known, value.toString(), option);
              } else {
                values.put(known.name(), value);
              }
            },
            () ->
                errors.add(
                    ErrorCode.OPTION_VALUE.at(
                        option.value().span(),
                        known.name(),
                        OptionValue.wanted(known),
                        Options.written(option.value()))));
  }

  /** Kept in the spelling of the input. */
  private void column(OptionDeclaration known, String written, Option option) {
    Span place = option.value().span();
    columns.stream()
        .filter(written::equalsIgnoreCase)
        .findFirst()
        .ifPresentOrElse(
            column -> {
              values.put(known.name(), column);
              places.put(column, place);
            },
            () ->
                errors.add(
                    ErrorCode.COLUMN_NOT_FOUND.at(
                        place, written, Nearest.hintOrList(written, columns))));
  }

  private void unknown(String name, Option option) {
    if (columns.stream().anyMatch(name::equalsIgnoreCase)) {
      errors.add(ErrorCode.FILTER_IN_OPTIONS.at(option.key().span(), algorithm.name(), name, ""));
      return;
    }
    List<String> names = new ArrayList<>();
    for (OptionDeclaration declared : algorithm.options()) {
      names.add(declared.name());
    }
    names.add(TASK);
    Diagnostic wrong =
        ErrorCode.OPTION_NOT_FOUND.at(
            option.key().span(),
            "the algorithm " + algorithm.name(),
            name,
            Nearest.hintOrList(name, names));
    (state.isByzer(option.key().span()) ? state.warnings() : errors).add(wrong);
  }
}
