package dev.weft.planner.plan;

import java.util.Optional;

/** Where the engine puts the handle to the rows that Python code has made. */
public final class PythonResult {

  private volatile Optional<Object> handle = Optional.empty();

  /** Called once, when the code has run. */
  public void fill(Object rows) {
    handle = Optional.of(rows);
  }

  /** The engine's own handle; throws IllegalStateException when it is asked too early. */
  public Object handle() {
    return handle.orElseThrow(() -> new IllegalStateException("the Python code has not run yet"));
  }
}
