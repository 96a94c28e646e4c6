package dev.weft.planner.query;

import dev.weft.grammar.antlr.WeftParser.CallArgumentContext;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Calls whose first argument is a word for a unit of time and no column. */
final class UnitCalls {

  private static final Set<String> FUNCTIONS =
      Set.of("timestampadd", "dateadd", "date_add", "timestampdiff", "datediff", "date_diff");
  private static final Set<String> UNITS =
      Set.of(
          "year",
          "quarter",
          "month",
          "week",
          "day",
          "dayofyear",
          "hour",
          "minute",
          "second",
          "millisecond",
          "microsecond");

  private UnitCalls() {}

  static boolean is(String function, List<CallArgumentContext> arguments) {
    return FUNCTIONS.contains(function)
        && arguments.size() == 3
        && UNITS.contains(arguments.get(0).getText().toLowerCase(Locale.ROOT));
  }
}
