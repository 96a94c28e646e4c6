package dev.weft.planner.query;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Columns that hold structs: {@code s.field} is read by Calcite as a column of table s, and means
 * the field of column s where there is no such table.
 */
final class StructNames {

  private static final Pattern NO_TABLE = Pattern.compile("Table '([^'.]*)[^']*' not found.*");

  private StructNames() {}

  /** The name that an error shows to be no table; it may be a struct. */
  static Optional<String> missing(RuntimeException wrong) {
    Matcher missing = NO_TABLE.matcher(Verdict.sentence(wrong));
    return missing.matches()
        ? Optional.of(missing.group(1).toLowerCase(Locale.ROOT))
        : Optional.empty();
  }
}
