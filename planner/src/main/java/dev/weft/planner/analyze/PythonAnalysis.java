package dev.weft.planner.analyze;

import dev.weft.grammar.Diagnostic;
import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Nearest;
import dev.weft.grammar.Span;
import dev.weft.grammar.WeftException;
import dev.weft.grammar.ast.Code;
import dev.weft.grammar.ast.Name;
import dev.weft.grammar.ast.Python;
import dev.weft.planner.FollowUp;
import dev.weft.planner.NotRepresentable;
import dev.weft.planner.plan.PythonOptions;
import dev.weft.planner.plan.PythonProgram;
import dev.weft.planner.plan.PythonResult;
import dev.weft.planner.plan.StatementPlan;
import dev.weft.planner.plan.StatementPlan.PythonPlan;
import dev.weft.planner.plan.StatementPlan.QueryPlan;
import dev.weft.planner.rel.PythonRows;
import dev.weft.planner.rel.RemoteRows;
import dev.weft.planner.spi.Column;
import dev.weft.planner.types.SparkTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;

/**
 * PYTHON: a relation where batches are enough and the columns are known, else a step of its own.
 */
final class PythonAnalysis {

  private final ScriptState state;

  PythonAnalysis(ScriptState state) {
    this.state = state;
  }

  StatementPlan plan(Python python) {
    List<Diagnostic> errors = new ArrayList<>();
    PythonNames.check(python, errors);
    PythonOptions options = new PythonOptionValues(errors).of(python.options());
    Optional<RelDataType> type = python.schema().flatMap(schema -> type(schema, errors));
    python.setup().ifPresent(code -> syntax(code, errors));
    syntax(python.code(), errors);
    if (python.per() != Python.Per.TABLE && python.inputs().size() > 1) {
      errors.add(
          ErrorCode.INVALID_CLAUSE.at(
              python.inputs().get(1).span(),
              "PER "
                  + python.per()
                  + " reads one table; join the two in a query before, or leave PER out"));
    }
    List<RelNode> inputs = inputs(python, errors);
    if (!errors.isEmpty()) {
      throw new WeftException(errors);
    }
    List<String> names = python.inputs().stream().map(PythonNames::of).toList();
    String output = python.result().text();
    PythonProgram program =
        new PythonProgram(python.code(), python.setup(), python.per(), names, output, options);
    return planned(python, program, inputs, type);
  }

  private StatementPlan planned(
      Python python, PythonProgram program, List<RelNode> inputs, Optional<RelDataType> type) {
    String name = python.result().text();
    if (python.per() != Python.Per.TABLE && type.isPresent()) {
      RelNode input = inputs.get(0);
      RelNode rows =
          new PythonRows(state.cluster(), input.getTraitSet(), input, program, type.get());
      state.overlay().define(name, rows);
      return new QueryPlan(python.span(), Optional.of(name), false, rows);
    }
    PythonResult result = new PythonResult();
    Optional<RelNode> rows =
        type.map(
            row ->
                new RemoteRows(
                    state.cluster(),
                    state.cluster().traitSetOf(Convention.NONE),
                    name,
                    result,
                    row));
    rows.ifPresent(known -> state.overlay().define(name, known));
    return new PythonPlan(python.span(), name, program, inputs, inputs, result, rows);
  }

  private List<RelNode> inputs(Python python, List<Diagnostic> errors) {
    List<RelNode> inputs = new ArrayList<>();
    Optional<FollowUp> unknown = Optional.empty();
    for (Name input : python.inputs()) {
      try {
        List<String> name = List.of(input.text().split("\\."));
        RelNode rows = state.queries().table(name, input.span(), state);
        representable(rows.getRowType(), input.span(), errors);
        inputs.add(rows);
      } catch (FollowUp follows) {
        unknown = Optional.of(follows);
      } catch (WeftException wrong) {
        errors.addAll(wrong.diagnostics());
      }
    }
    if (errors.isEmpty() && unknown.isPresent()) {
      throw unknown.get();
    }
    return inputs;
  }

  /** The row type of SCHEMA. */
  private Optional<RelDataType> type(Span schema, List<Diagnostic> errors) {
    try {
      List<Column> columns = SparkTypes.columns(schema.text(), state.cluster().getTypeFactory());
      Optional<String> twice = RepeatedNames.first(columns.stream().map(Column::name).toList());
      if (twice.isPresent()) {
        errors.add(wrong(schema, "two columns are called '" + twice.get() + "'"));
        return Optional.empty();
      }
      RelDataType row = SparkTypes.row(columns, state.cluster().getTypeFactory());
      representable(row, schema, errors);
      return Optional.of(row);
    } catch (NotRepresentable unknown) {
      String reason = unknown.reason();
      String word = reason.substring(reason.lastIndexOf(' ') + 1);
      errors.add(wrong(schema, reason + Nearest.hint(word, SparkTypes.NAMES)));
    } catch (IllegalArgumentException unreadable) {
      errors.add(wrong(schema, String.valueOf(unreadable.getMessage())));
    }
    return Optional.empty();
  }

  private static Diagnostic wrong(Span schema, String what) {
    return ErrorCode.OPTION_VALUE.at(schema, "SCHEMA", "columns such as a int, b string", what);
  }

  /** Arrow has no form for some types of Spark's. */
  private static void representable(RelDataType row, Span place, List<Diagnostic> errors) {
    for (Column column : SparkTypes.columns(row)) {
      if (column.type().matches(".*(variant|collate|geography|geometry).*")) {
        errors.add(
            ErrorCode.TYPE_MISMATCH.at(
                place,
                "the column '"
                    + column.name()
                    + "' is "
                    + column.type()
                    + ", which Python code cannot have; cast it in a query before"));
      }
    }
  }

  private void syntax(Code code, List<Diagnostic> errors) {
    state
        .outside()
        .python()
        .check(code.text(), code.line())
        .ifPresent(
            problem ->
                errors.add(
                    ErrorCode.PYTHON_SYNTAX.at(code.place(problem.line()), problem.message())));
  }
}
