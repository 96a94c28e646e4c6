package dev.weft.planner.plan;

import dev.weft.planner.TimeLimit;
import java.util.List;

/**
 * What WHERE says of Python code.
 *
 * @param workers how many actors run it
 * @param batchRows the most rows of a batch
 * @param timeout how long one call may take
 * @param packages pinned packages, {@code name==version}
 */
public record PythonOptions(int workers, int batchRows, TimeLimit timeout, List<String> packages) {

  /** Two actors, batches of 16,384 rows, as long as it takes, nothing to install. */
  public static final PythonOptions USUAL = new PythonOptions(2, 16_384, TimeLimit.NONE, List.of());

  /** Copies the list. */
  public PythonOptions {
    packages = List.copyOf(packages);
  }
}
