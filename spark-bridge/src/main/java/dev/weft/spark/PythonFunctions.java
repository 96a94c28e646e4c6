package dev.weft.spark;

import dev.weft.engine.spi.ArrowExchange;
import dev.weft.engine.spi.ArrowMap;
import dev.weft.engine.spi.Predictors;
import dev.weft.engine.spi.PythonCalls;
import dev.weft.engine.spi.Run;
import dev.weft.planner.plan.PythonProgram;
import dev.weft.planner.rel.PythonRows;
import dev.weft.spark.python.PythonFunction;
import dev.weft.spark.run.RunRegistry;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;

/** Makes users' code ready when a query with it runs. */
final class PythonFunctions {

  private final Predictors runtimes;
  private final RunRegistry runs;

  PythonFunctions(Predictors runtimes, RunRegistry runs) {
    this.runtimes = runtimes;
    this.runs = runs;
  }

  /** Calls of Python functions, made ready. */
  ArrowExchange calls(PythonCalls calls, String runId) {
    return runtimes.python().calls(calls, run(runId));
  }

  private Run run(String id) {
    return runs.find(id)
        .orElseThrow(() -> new IllegalStateException("Python outside a run: " + id));
  }

  PythonFunction of(PythonRows rows) {
    return new Function(
        rows.program(),
        rows.getInput().getRowType().getFieldNames(),
        rows.getRowType().getFieldNames());
  }

  private final class Function implements PythonFunction {

    private final PythonProgram program;
    private final List<String> columns;
    private final List<String> outputs;

    Function(PythonProgram program, List<String> columns, List<String> outputs) {
      this.program = program;
      this.columns = List.copyOf(columns);
      this.outputs = List.copyOf(outputs);
    }

    @Override
    public String describe() {
      return program.describe();
    }

    @Override
    public List<String> columns() {
      return columns;
    }

    @Override
    public List<String> outputs() {
      return outputs;
    }

    @Override
    public ArrowMap bind(Schema output, String runId) {
      return runtimes.python().map(program, output, run(runId));
    }

    @Override
    public boolean equals(@org.jspecify.annotations.Nullable Object other) {
      return other instanceof Function that && program.equals(that.program);
    }

    @Override
    public int hashCode() {
      return program.hashCode();
    }
  }
}
