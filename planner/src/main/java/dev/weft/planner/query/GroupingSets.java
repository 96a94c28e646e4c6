package dev.weft.planner.query;

import dev.weft.grammar.antlr.WeftParser.ExpressionContext;
import dev.weft.grammar.antlr.WeftParser.GroupClauseContext;
import dev.weft.grammar.antlr.WeftParser.GroupItemContext;
import dev.weft.grammar.antlr.WeftParser.GroupingKeyContext;
import dev.weft.grammar.antlr.WeftParser.GroupingListContext;
import dev.weft.grammar.antlr.WeftParser.GroupingSetContext;
import dev.weft.grammar.antlr.WeftParser.GroupingSetsContext;
import dev.weft.grammar.antlr.WeftParser.RollupOrCubeContext;
import dev.weft.planner.NotRepresentable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether grouping sets are such that Calcite keeps them: it drops a set that comes twice, for
 * which Spark gives rows twice.
 */
final class GroupingSets {

  private GroupingSets() {}

  static boolean any(GroupClauseContext tree) {
    return tree.trailing != null
        || tree.trailingSets() != null
        || tree.groupItem().stream().anyMatch(GroupingSets::isSet);
  }

  private static boolean isSet(GroupItemContext item) {
    return item instanceof GroupingSetsContext || item instanceof RollupOrCubeContext;
  }

  /** Refuses what Calcite would change. */
  static void check(GroupClauseContext tree) {
    if (!any(tree)) {
      return;
    }
    if (tree.trailingSets() != null) {
      distinctSets(tree.trailingSets().groupItem());
      return;
    }
    Set<String> keys = new HashSet<>();
    for (GroupItemContext item : tree.groupItem()) {
      if (item instanceof GroupingSetsContext sets) {
        distinctSets(sets.groupItem());
      }
      List<String> own = keys(item);
      Set<String> distinct = new HashSet<>(own);
      refuseUnless(item instanceof GroupingSetsContext || distinct.size() == own.size());
      distinct.forEach(key -> refuseUnless(keys.add(key)));
    }
  }

  private static void distinctSets(List<GroupItemContext> items) {
    Set<Set<String>> seen = new HashSet<>();
    for (GroupItemContext item : items) {
      refuseUnless(!isSet(item) && seen.add(new TreeSet<>(keys(item))));
    }
  }

  private static void refuseUnless(boolean kept) {
    if (!kept) {
      throw new NotRepresentable("a grouping set that may come twice");
    }
  }

  private static List<String> keys(GroupItemContext item) {
    if (item instanceof GroupingKeyContext key) {
      return List.of(text(key.expression()));
    }
    if (item instanceof GroupingListContext list) {
      return list.expression().stream().map(GroupingSets::text).toList();
    }
    List<String> keys = new ArrayList<>();
    if (item instanceof RollupOrCubeContext rollup) {
      for (GroupingSetContext set : rollup.groupingSet()) {
        refuseUnless(!set.expression().isEmpty());
        set.expression().forEach(key -> keys.add(text(key)));
      }
    }
    if (item instanceof GroupingSetsContext sets) {
      sets.groupItem().forEach(inner -> keys.addAll(keys(inner)));
    }
    return keys;
  }

  /** Two ways to write one computed key would have to be told apart. */
  private static String text(ExpressionContext key) {
    String text = key.getText().toLowerCase(Locale.ROOT).replace("`", "");
    return text.matches("[\\w.]+") ? text.substring(text.lastIndexOf('.') + 1) : sorted(text);
  }

  private static String sorted(String text) {
    return text.chars()
        .sorted()
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
