package dev.weft.planner.query;

import dev.weft.grammar.antlr.WeftParser.ExpressionContext;
import dev.weft.grammar.antlr.WeftParser.GroupClauseContext;
import dev.weft.grammar.antlr.WeftParser.GroupItemContext;
import dev.weft.grammar.antlr.WeftParser.GroupingKeyContext;
import dev.weft.grammar.antlr.WeftParser.GroupingListContext;
import dev.weft.grammar.antlr.WeftParser.GroupingSetContext;
import dev.weft.grammar.antlr.WeftParser.GroupingSetsContext;
import dev.weft.grammar.antlr.WeftParser.RollupOrCubeContext;
import dev.weft.grammar.antlr.WeftParser.SelectItemContext;
import dev.weft.planner.NotRepresentable;
import dev.weft.planner.validate.CallIn;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** GROUP BY: keys, ALL, ROLLUP, CUBE and GROUPING SETS. */
final class GroupToSql extends StrictVisitor {

  private final Translation translation;

  GroupToSql(Translation translation) {
    this.translation = translation;
  }

  @Nullable SqlNodeList keys(@Nullable GroupClauseContext tree, List<SelectItemContext> items) {
    if (tree == null) {
      return null;
    }
    GroupingSets.check(tree);
    SqlParserPos place = translation.positions().of(tree);
    if (tree.trailingSets() != null) {
      List<SqlNode> sets = tree.trailingSets().groupItem().stream().map(this::visit).toList();
      return SqlNodeList.of(SqlStdOperatorTable.GROUPING_SETS.createCall(place, sets));
    }
    if (tree.groupAll != null) {
      return all(items, place);
    }
    List<SqlNode> keys = new ArrayList<>();
    for (GroupItemContext item : tree.groupItem()) {
      if (item instanceof GroupingListContext list && list.expression().size() > 1) {
        list.expression().forEach(key -> keys.add(expression(key)));
      } else {
        keys.add(visit(item));
      }
    }
    if (tree.trailing != null) {
      SqlOperator operator = operator(tree.ROLLUP() != null);
      return SqlNodeList.of(operator.createCall(new SqlNodeList(keys, place)));
    }
    return new SqlNodeList(keys, place);
  }

  /** Every item that holds no aggregate is a key. */
  private SqlNodeList all(List<SelectItemContext> items, SqlParserPos place) {
    if (translation.tables().hasColumn("all") || translation.from().mayName("all")) {
      throw new NotRepresentable("GROUP BY ALL where a column may be called all");
    }
    List<SqlNode> keys = new ArrayList<>();
    for (SelectItemContext item : items) {
      SqlNode key = expression(item.expression());
      if (key instanceof SqlIdentifier name && name.isStar()) {
        throw new NotRepresentable("GROUP BY ALL with *");
      }
      if (!aggregates(key, true)) {
        keys.add(key);
      }
    }
    return new SqlNodeList(keys, place);
  }

  /** Whether a node aggregates; {@code inside} says whether its subqueries count. */
  static boolean aggregates(SqlNode node, boolean inside) {
    return CallIn.any(
        node,
        call -> call.getOperator() instanceof SqlAggFunction,
        call -> call.getKind() == SqlKind.OVER || (!inside && call.isA(SqlKind.QUERY)));
  }

  @Override
  public SqlNode visitGroupingKey(GroupingKeyContext tree) {
    return expression(tree.expression());
  }

  @Override
  public SqlNode visitGroupingList(GroupingListContext tree) {
    SqlParserPos place = translation.positions().of(tree);
    List<SqlNode> keys = tree.expression().stream().map(this::expression).toList();
    return together(keys, place);
  }

  @Override
  public SqlNode visitRollupOrCube(RollupOrCubeContext tree) {
    List<SqlNode> sets = tree.groupingSet().stream().map(this::set).toList();
    return operator(tree.ROLLUP() != null).createCall(translation.positions().of(tree), sets);
  }

  @Override
  public SqlNode visitGroupingSets(GroupingSetsContext tree) {
    List<SqlNode> sets = new ArrayList<>();
    for (GroupItemContext item : tree.groupItem()) {
      sets.add(visit(item));
    }
    return SqlStdOperatorTable.GROUPING_SETS.createCall(translation.positions().of(tree), sets);
  }

  private SqlNode set(GroupingSetContext tree) {
    List<SqlNode> keys = tree.expression().stream().map(this::expression).toList();
    return together(keys, translation.positions().of(tree));
  }

  /** Keys that stand in one pair of brackets; none is the grand total. */
  private static SqlNode together(List<SqlNode> keys, SqlParserPos place) {
    if (keys.isEmpty()) {
      return new SqlNodeList(place);
    }
    return keys.size() == 1 ? keys.get(0) : SqlStdOperatorTable.ROW.createCall(place, keys);
  }

  private static SqlOperator operator(boolean rollup) {
    return rollup ? SqlStdOperatorTable.ROLLUP : SqlStdOperatorTable.CUBE;
  }

  private SqlNode expression(ExpressionContext tree) {
    return translation.expressions().visit(tree);
  }
}
