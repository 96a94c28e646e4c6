package dev.weft.planner.plan;

import dev.weft.grammar.ast.Code;
import dev.weft.grammar.ast.Python.Per;
import java.util.List;
import java.util.Optional;

/**
 * A user's code with the names that it reads and assigns.
 *
 * @param setup runs once in each actor, before the code
 * @param inputs the names of the tables it reads
 * @param output the name it has to assign
 */
public record PythonProgram(
    Code code,
    Optional<Code> setup,
    Per per,
    List<String> inputs,
    String output,
    PythonOptions options) {

  /** Copies the list. */
  public PythonProgram {
    inputs = List.copyOf(inputs);
  }

  /** As EXPLAIN names it. */
  public String describe() {
    String how =
        switch (per) {
          case TABLE -> "";
          case BATCH -> "per batch of " + options.batchRows() + " ";
          case PARTITION -> "per partition ";
        };
    return "Python " + how + "at " + code.span().place();
  }
}
