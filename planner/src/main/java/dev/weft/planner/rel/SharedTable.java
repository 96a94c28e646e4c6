package dev.weft.planner.rel;

import org.apache.calcite.rel.RelNode;
import org.jspecify.annotations.Nullable;

/**
 * A table that several statements of a script read and that is computed once for all of them. It is
 * told its plan when it is known which columns they use, and closed when the last has ended.
 */
public final class SharedTable {

  private final String name;
  private final int uses;
  private final boolean scanOnly;
  private @Nullable RelNode plan;
  private volatile boolean open = true;

  /**
   * A table to share.
   *
   * @param uses how many statements read it
   * @param scanOnly whether its rows are merely those of files
   */
  public SharedTable(String name, int uses, boolean scanOnly) {
    this.name = name;
    this.uses = uses;
    this.scanOnly = scanOnly;
  }

  public String name() {
    return name;
  }

  public int uses() {
    return uses;
  }

  public boolean scanOnly() {
    return scanOnly;
  }

  /** What computes it: the columns that are used. */
  public RelNode plan() {
    if (plan == null) {
      throw new IllegalStateException("the shared table " + name + " has no plan yet");
    }
    return plan;
  }

  /** Called once, by the planner. */
  public void computedBy(RelNode relation) {
    plan = relation;
  }

  /** Whether its rows are worth keeping: statements that read them may come. */
  public boolean isOpen() {
    return open;
  }

  /** The script has ended; whoever reads the table now computes it for himself. */
  public void close() {
    open = false;
  }
}
