package dev.weft.planner.analyze;

import dev.weft.grammar.Diagnostic;
import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Nearest;
import dev.weft.grammar.Quotes;
import dev.weft.grammar.Span;
import dev.weft.grammar.WeftException;
import dev.weft.grammar.ast.Code;
import dev.weft.grammar.ast.CreateFunction;
import dev.weft.planner.NotRepresentable;
import dev.weft.planner.plan.PythonUdf;
import dev.weft.planner.plan.StatementPlan.CreateFunctionPlan;
import dev.weft.planner.spi.Column;
import dev.weft.planner.types.SparkTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.calcite.rel.type.RelDataTypeFactory;

/** CREATE FUNCTION … LANGUAGE PYTHON: types and code are right before anything runs. */
final class CreateFunctionAnalysis {

  private final ScriptState state;

  CreateFunctionAnalysis(ScriptState state) {
    this.state = state;
  }

  CreateFunctionPlan plan(CreateFunction create) {
    List<Diagnostic> errors = new ArrayList<>();
    RelDataTypeFactory types = state.cluster().getTypeFactory();
    List<Column> parameters = columns(create.parameters(), types, errors);
    if (parameters.isEmpty() && errors.isEmpty()) {
      errors.add(
          ErrorCode.INVALID_CLAUSE.at(
              create.name().span(),
              "a Python function gets a column for each parameter; give it at least one"));
    }
    refuseTwice("parameters", create.parameters(), parameters, errors);
    String returns = create.table() ? rows(create, types, errors) : value(create, types, errors);
    if (create.replace() && create.ifNotExists()) {
      errors.add(
          ErrorCode.INVALID_CLAUSE.at(
              create.name().span(), "OR REPLACE and IF NOT EXISTS exclude each other"));
    }
    Code code = create.code();
    state
        .outside()
        .python()
        .check(code.text(), code.line())
        .ifPresent(
            problem ->
                errors.add(
                    ErrorCode.PYTHON_SYNTAX.at(code.place(problem.line()), problem.message())));
    if (!errors.isEmpty()) {
      throw new WeftException(errors);
    }
    String name = create.name().text();
    PythonUdf function =
        new PythonUdf(
            name.substring(name.lastIndexOf('.') + 1),
            parameters,
            returns,
            create.table(),
            code.text(),
            code.span().source().name(),
            code.line());
    return new CreateFunctionPlan(
        create.span(),
        create.name().span(),
        name,
        function,
        create.replace(),
        create.temporary(),
        create.ifNotExists());
  }

  private static List<Column> columns(
      Span text, RelDataTypeFactory types, List<Diagnostic> errors) {
    return text.text().isBlank()
        ? List.of()
        : read(text, errors, List.of(), () -> SparkTypes.columns(text.text(), types));
  }

  private static void refuseTwice(
      String what, Span place, List<Column> columns, List<Diagnostic> errors) {
    RepeatedNames.first(columns.stream().map(Column::name).toList())
        .ifPresent(
            twice ->
                errors.add(
                    ErrorCode.INVALID_CLAUSE.at(
                        place, "two " + what + " are called '" + twice + "'")));
  }

  private static String value(
      CreateFunction create, RelDataTypeFactory types, List<Diagnostic> errors) {
    return read(
        create.returns(),
        errors,
        "string",
        () -> SparkTypes.text(SparkTypes.parse(create.returns().text(), types)));
  }

  /** The rows that a table function gives for one row, as a type. */
  private static String rows(
      CreateFunction create, RelDataTypeFactory types, List<Diagnostic> errors) {
    List<Column> columns = columns(create.returns(), types, errors);
    if (columns.isEmpty() && errors.isEmpty()) {
      errors.add(
          ErrorCode.INVALID_CLAUSE.at(
              create.returns(), "a table has columns; give it at least one"));
    }
    refuseTwice("columns", create.returns(), columns, errors);
    return columns.stream()
        .map(column -> Quotes.quoted(column.name()) + ": " + column.type())
        .collect(Collectors.joining(", ", "array<struct<", ">>"));
  }

  private static <T> T read(Span place, List<Diagnostic> errors, T otherwise, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (NotRepresentable unknown) {
      String reason = unknown.reason();
      String word = reason.substring(reason.lastIndexOf(' ') + 1);
      errors.add(wrong(place, reason + Nearest.hint(word, SparkTypes.NAMES)));
    } catch (IllegalArgumentException unreadable) {
      errors.add(wrong(place, String.valueOf(unreadable.getMessage())));
    }
    return otherwise;
  }

  private static Diagnostic wrong(Span place, String what) {
    return ErrorCode.OPTION_VALUE.at(place, "CREATE FUNCTION", "types such as a double", what);
  }
}
