package dev.weft.planner.query;

import dev.weft.grammar.antlr.WeftParser.GroupClauseContext;
import dev.weft.grammar.antlr.WeftParser.GroupItemContext;
import dev.weft.grammar.antlr.WeftParser.GroupingListContext;
import dev.weft.grammar.antlr.WeftParser.GroupingSetContext;
import dev.weft.grammar.antlr.WeftParser.GroupingSetsContext;
import dev.weft.grammar.antlr.WeftParser.RollupOrCubeContext;
import dev.weft.planner.NotRepresentable;
import dev.weft.planner.validate.CallIn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;

/**
 * Whether a GROUP BY has several sets of keys, and whether something asks which one a row is of.
 */
final class GroupingSets {

  private GroupingSets() {}

  static boolean any(GroupClauseContext tree) {
    return tree.trailing != null
        || tree.trailingSets() != null
        || tree.groupItem().stream()
            .anyMatch(
                item -> item instanceof GroupingSetsContext || item instanceof RollupOrCubeContext);
  }

  /** Refuses the ways for a set to come twice that Calcite drops; Spark gives such rows twice. */
  static void check(GroupClauseContext tree) {
    if (tree.trailingSets() != null) {
      checkSets(tree.trailingSets().groupItem());
    }
    List<String> keys = new ArrayList<>();
    for (GroupItemContext item : tree.groupItem()) {
      if (item instanceof GroupingSetsContext sets) {
        checkSets(sets.groupItem());
      } else if (item instanceof RollupOrCubeContext rollup) {
        checkKeys(rollup);
      } else if (tree.trailing != null) {
        keys.add(item.getText().toLowerCase(Locale.ROOT));
      }
    }
    refuseUnless(Set.copyOf(keys).size() == keys.size());
  }

  private static void checkSets(List<GroupItemContext> items) {
    int totals = 0;
    Map<String, String> computed = new HashMap<>();
    for (GroupItemContext item : items) {
      refuseUnless(!(item instanceof GroupingSetsContext || item instanceof RollupOrCubeContext));
      boolean total = item instanceof GroupingListContext list && list.expression().isEmpty();
      totals += total ? 1 : 0;
      String text = item.getText().toLowerCase(Locale.ROOT);
      String other = computed.putIfAbsent(sorted(text), text);
      // Spark takes a + b and b + a for one key.
      refuseUnless(other == null || other.equals(text) || text.matches("[\\w.,()`]+"));
    }
    refuseUnless(totals < 2);
  }

  private static void checkKeys(RollupOrCubeContext tree) {
    List<String> keys = new ArrayList<>();
    for (GroupingSetContext set : tree.groupingSet()) {
      refuseUnless(!set.expression().isEmpty());
      set.expression().forEach(key -> keys.add(key.getText().toLowerCase(Locale.ROOT)));
    }
    refuseUnless(Set.copyOf(keys).size() == keys.size());
  }

  private static void refuseUnless(boolean kept) {
    if (!kept) {
      throw new NotRepresentable("a grouping set that may come twice");
    }
  }

  private static String sorted(String text) {
    return text.chars()
        .sorted()
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** Whether a node holds grouping(), subqueries aside. */
  static boolean asksFor(SqlNode node) {
    return CallIn.any(
        node, call -> call.getKind() == SqlKind.GROUPING, call -> call.isA(SqlKind.QUERY));
  }
}
