package dev.weft.repl.terminal;

import dev.weft.engine.Names;
import dev.weft.planner.spi.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The tables a statement reads, by the alias or name they have in it. */
final class TablesInScope {

  private static final Set<String> INTRODUCE = Set.of("FROM", "JOIN", "TABLE", "TRAIN", "SAVE");
  private static final Set<String> CLAUSES =
      Set.of(
          "WHERE",
          "GROUP",
          "ORDER",
          "HAVING",
          "LIMIT",
          "JOIN",
          "LEFT",
          "RIGHT",
          "INNER",
          "FULL",
          "CROSS",
          "ON",
          "USING",
          "UNION",
          "AS",
          "LABEL",
          "SPLIT",
          "SEED",
          "FEATURES",
          "NATURAL");

  private final Map<String, List<Column>> columns = new LinkedHashMap<>();
  private final Map<String, List<Column>> known = new LinkedHashMap<>();

  TablesInScope(Names names, List<String> words) {
    names.tables().forEach((name, list) -> known.put(name.toUpperCase(Locale.ROOT), list));
    for (int i = 0; i + 1 < words.size(); i++) {
      boolean table = INTRODUCE.contains(words.get(i)) || isListed(words, i);
      List<Column> found = table ? known.get(words.get(i + 1).toUpperCase(Locale.ROOT)) : null;
      if (found != null) {
        columns.put(words.get(i + 1).toUpperCase(Locale.ROOT), found);
        columns.put(alias(words, i + 2, words.get(i + 1)), found);
      }
    }
  }

  /** The columns of an alias or a table. */
  List<Column> of(String qualifier) {
    String key = qualifier.toUpperCase(Locale.ROOT);
    return columns.getOrDefault(key, known.getOrDefault(key, List.of()));
  }

  /** The columns of all tables read, or of all there are when none is read yet. */
  List<Column> all() {
    Map<String, List<Column>> from = columns.isEmpty() ? known : columns;
    List<Column> all = new ArrayList<>();
    Set<String> seen = new java.util.HashSet<>();
    for (List<Column> list : from.values()) {
      list.stream().filter(column -> seen.add(column.name())).forEach(all::add);
    }
    return all;
  }

  /** {@code FROM a, b}: a comma after a table or its alias goes on with the next table. */
  private static boolean isListed(List<String> words, int comma) {
    if (!words.get(comma).equals(",")) {
      return false;
    }
    for (int i = comma - 1; i >= 0; i--) {
      String word = words.get(i);
      if (word.equals("FROM")) {
        return true;
      }
      if (word.equals("(") || word.equals(")") || CLAUSES.contains(word) && !word.equals("AS")) {
        return false;
      }
    }
    return false;
  }

  private static String alias(List<String> words, int at, String table) {
    int next = at < words.size() && words.get(at).equals("AS") ? at + 1 : at;
    boolean named =
        next < words.size()
            && !CLAUSES.contains(words.get(next))
            && Character.isLetter(words.get(next).charAt(0));
    return (named ? words.get(next) : table).toUpperCase(Locale.ROOT);
  }
}
