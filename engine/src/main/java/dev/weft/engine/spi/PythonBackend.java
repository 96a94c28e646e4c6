package dev.weft.engine.spi;

import dev.weft.grammar.ErrorCode;
import dev.weft.planner.plan.PythonProgram;
import dev.weft.planner.spi.Column;
import dev.weft.planner.spi.PythonSyntax;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.Schema;

/** Runs users' Python; nothing starts before the first call that needs it. */
public interface PythonBackend extends PythonSyntax {

  /** Where there is none. */
  PythonBackend NONE =
      new PythonBackend() {
        @Override
        public ArrowMap map(PythonProgram program, Schema output, Run run) {
          throw ErrorCode.PYTHON_MISSING.failure(run.span(), "there is no Python here");
        }

        @Override
        public ArrowExchange calls(PythonCalls calls, Run run) {
          throw ErrorCode.PYTHON_MISSING.failure(run.span(), "there is no Python here");
        }

        @Override
        public Made run(
            PythonProgram program, List<TrainingData> inputs, Optional<Schema> output, Run run) {
          throw ErrorCode.PYTHON_MISSING.failure(run.span(), "there is no Python here");
        }

        @Override
        public Optional<Problem> check(String text, int line) {
          return Optional.empty();
        }
      };

  /** The function that Spark's tasks call for code per batch or partition. */
  ArrowMap map(PythonProgram program, Schema output, Run run);

  /** The function that Spark's tasks call for Python functions in a query. */
  ArrowExchange calls(PythonCalls calls, Run run);

  /**
   * Runs code once over whole tables; what it makes stays where it is.
   *
   * @param output the columns it has to have, where they are declared
   */
  Made run(PythonProgram program, List<TrainingData> inputs, Optional<Schema> output, Run run);

  /** What code has made, with its columns in Spark's words. */
  record Made(List<Column> columns, long rows, ArrowSource source) {
    /** Copies the list. */
    public Made {
      columns = List.copyOf(columns);
    }
  }
}
