package dev.weft.planner;

import java.util.List;

/** The settings that {@code SET weft.key = value} knows. */
public final class Settings {

  /** {@code 'weft'} or {@code 'spark'}: who plans relational statements. */
  public static final String PLANNER = "planner";

  /** How many rows of a result are shown; all when it is not set. */
  public static final String MAX_ROWS = "max_rows";

  /** A {@link TimeLimit}: how long each statement may take; unlimited when it is not set. */
  public static final String TIMEOUT = "timeout";

  private Settings() {}

  /** The keys, without {@code weft.}. */
  public static List<String> keys() {
    return List.of(PLANNER, MAX_ROWS, TIMEOUT);
  }
}
