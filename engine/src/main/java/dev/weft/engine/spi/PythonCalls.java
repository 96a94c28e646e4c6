package dev.weft.engine.spi;

import dev.weft.planner.plan.PythonUdf;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Calls of Python functions over the columns of a batch.
 *
 * @param functions each once
 * @param calls one for each column of the output
 * @param output a column for each call
 */
public record PythonCalls(List<PythonUdf> functions, List<Call> calls, Schema output) {

  /** Copies the lists. */
  public PythonCalls {
    functions = List.copyOf(functions);
    calls = List.copyOf(calls);
  }

  /** What a function is given. */
  public sealed interface Argument permits Input, Call {}

  /** A column of the batch. */
  public record Input(int column) implements Argument {}

  /**
   * A call, also inside another one's arguments.
   *
   * @param function its place among the functions
   * @param type the Arrow type of what it has to give, as a schema of one column
   */
  public record Call(int function, List<Argument> arguments, Schema type) implements Argument {
    /** Copies the list. */
    public Call {
      arguments = List.copyOf(arguments);
    }
  }
}
