package dev.weft.engine.spi;

import dev.weft.grammar.ErrorCode;
import org.apache.arrow.memory.OutOfMemoryException;

/** That a JVM had no memory left, on its heap or beside it, said as what to do about it. */
public final class OutOfMemory {

  private static final int DEEPEST = 50;

  private OutOfMemory() {}

  /** Whether that is what a failure comes from. */
  public static boolean in(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
      if (isOne(cause)) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  /** Spark may keep of a task's failure no more than its text. */
  private static boolean isOne(Throwable cause) {
    return cause instanceof OutOfMemoryError
        || cause instanceof OutOfMemoryException
        || String.valueOf(cause.getMessage()).contains(OutOfMemoryException.class.getName())
        || String.valueOf(cause.getMessage()).contains(OutOfMemoryError.class.getName());
  }

  /** How much this JVM may take, such as {@code 3072 MB}. */
  public static String limit() {
    return (Runtime.getRuntime().maxMemory() >> 20) + " MB";
  }

  /** The failure of a task. */
  public static RemoteFailure failure() {
    return new RemoteFailure(ErrorCode.OUT_OF_MEMORY, limit());
  }
}
