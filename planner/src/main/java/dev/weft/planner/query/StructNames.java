package dev.weft.planner.query;

import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.rel.RelNode;

/**
 * Columns that hold structs: {@code s.field} is read by Calcite as a column of table s, and means
 * the field of column s where there is no such table.
 */
final class StructNames {

  private static final Pattern NO_TABLE = Pattern.compile("Table '([^'.]*)[^']*' not found.*");

  private StructNames() {}

  /** The names known, and the one that an error shows to be a struct; empty where it shows none. */
  static Optional<Set<String>> with(
      Set<String> known, RuntimeException wrong, Map<String, RelNode> relations) {
    Matcher missing = NO_TABLE.matcher(Verdict.sentence(wrong));
    if (!missing.matches() || !isStruct(missing.group(1), relations.values())) {
      return Optional.empty();
    }
    Set<String> more = new HashSet<>(known);
    return more.add(missing.group(1).toLowerCase(Locale.ROOT))
        ? Optional.of(more)
        : Optional.empty();
  }

  private static boolean isStruct(String name, Collection<RelNode> relations) {
    return relations.stream()
        .flatMap(relation -> relation.getRowType().getFieldList().stream())
        .anyMatch(field -> field.getName().equalsIgnoreCase(name) && field.getType().isStruct());
  }
}
