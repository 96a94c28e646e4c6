package dev.weft.spark.run;

import org.apache.spark.TaskContext;

/** Asked by generated code between rows: ends the task when it was cancelled. */
public final class Alive {

  private static final long SOMETIMES = 0x3f;

  private Alive() {}

  /** True, or the task's end. */
  public static boolean now() {
    TaskContext task = TaskContext.get();
    if (task != null) {
      task.killTaskIfInterrupted();
    }
    return true;
  }

  /** The same for a row that costs nothing, looked at every 64 numbers. */
  public static boolean at(long number) {
    return (number & SOMETIMES) != 0 || now();
  }
}
