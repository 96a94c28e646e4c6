package dev.weft.planner.analyze;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Names that stand twice in a list; case makes no difference, as in Spark. */
final class RepeatedNames {

  private RepeatedNames() {}

  static Optional<String> first(List<String> names) {
    Set<String> seen = new HashSet<>();
    return names.stream().filter(name -> !seen.add(name.toLowerCase(Locale.ROOT))).findFirst();
  }
}
