package dev.weft.planner.spi;

import java.util.Optional;

/** Whether Python can read a user's code; asking runs nothing of it and starts no runtime. */
public interface PythonSyntax {

  /** Where no Python is there yet: what is wrong shows when the code is first used. */
  PythonSyntax NONE = (text, line) -> Optional.empty();

  /**
   * What is wrong with a code, if anything.
   *
   * @param line the script's line that the code begins on
   */
  Optional<Problem> check(String text, int line);

  /**
   * What Python says.
   *
   * @param line the script's line
   */
  record Problem(int line, String message) {}
}
