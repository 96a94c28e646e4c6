package dev.weft.planner.function;

import java.util.Set;

/** The functions that Spark lets stand without brackets, in lower case. */
public final class BareFunctions {

  public static final Set<String> NAMES =
      Set.of(
          "current_date",
          "current_timestamp",
          "current_time",
          "current_user",
          "localtimestamp",
          "session_user",
          "user");

  private BareFunctions() {}
}
