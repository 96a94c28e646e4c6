package dev.weft.planner.query;

import dev.weft.grammar.antlr.WeftParser.JoinCriteriaContext;
import dev.weft.grammar.antlr.WeftParser.JoinStepContext;
import dev.weft.grammar.antlr.WeftParser.JoinTypeContext;
import dev.weft.grammar.antlr.WeftParser.QueryContext;
import dev.weft.planner.NotRepresentable;
import java.util.List;
import org.antlr.v4.runtime.tree.ParseTree;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Joins; semi and anti joins become EXISTS, which Spark joins again. */
final class JoinToSql {

  private final Translation translation;
  private final RelationToSql relations;

  JoinToSql(Translation translation, RelationToSql relations) {
    this.translation = translation;
    this.relations = relations;
  }

  SqlNode step(SqlNode left, JoinStepContext tree, List<SqlNode> conditions) {
    if (tree.pivotClause() != null) {
      throw new NotRepresentable("PIVOT behind a semi or anti join");
    }
    JoinTypeContext type = tree.joinType();
    SqlNode right = relations.visit(tree.relationPrimary());
    boolean shares =
        tree.NATURAL() != null
            || tree.joinCriteria() != null && tree.joinCriteria().USING() != null;
    if (tree.LATERAL() != null && shares) {
      throw new NotRepresentable("LATERAL with USING");
    }
    if (tree.LATERAL() != null) {
      right = FromToSql.lateral(right);
    }
    if (type.SEMI() != null || type.ANTI() != null) {
      conditions.add(exists(tree, right));
      return left;
    }
    if (!conditions.isEmpty() && (type.RIGHT() != null || type.FULL() != null)) {
      throw new NotRepresentable("an outer join behind a semi or anti join");
    }
    return joined(left, right, tree);
  }

  private SqlNode exists(JoinStepContext tree, SqlNode right) {
    JoinCriteriaContext criteria = tree.joinCriteria();
    if (criteria == null || criteria.ON() == null) {
      throw new NotRepresentable("a semi or anti join without ON");
    }
    if (holdsQuery(criteria.expression())) {
      throw new NotRepresentable("a semi or anti join with a subquery in its condition");
    }
    SqlParserPos place = translation.positions().of(tree);
    SqlNode condition = translation.expressions().visit(criteria.expression());
    SqlNodeList one = SqlNodeList.of(SparkNumber.whole(1, place, translation.types()));
    SqlSelect rows = QueryToSql.star(right, place);
    rows.setSelectList(one);
    rows.setWhere(condition);
    SqlNode exists = SqlStdOperatorTable.EXISTS.createCall(place, rows);
    boolean anti = tree.joinType().ANTI() != null;
    return anti ? SqlStdOperatorTable.NOT.createCall(place, exists) : exists;
  }

  private static boolean holdsQuery(ParseTree tree) {
    if (tree instanceof QueryContext) {
      return true;
    }
    for (int i = 0; i < tree.getChildCount(); i++) {
      if (holdsQuery(tree.getChild(i))) {
        return true;
      }
    }
    return false;
  }

  private SqlNode joined(SqlNode left, SqlNode right, JoinStepContext tree) {
    SqlParserPos place = translation.positions().of(tree);
    JoinType type = type(tree.joinType());
    JoinCriteriaContext criteria = tree.joinCriteria();
    boolean shares = tree.NATURAL() != null || criteria != null && criteria.USING() != null;
    if (shares && mayLackLeft(left)) {
      throw new NotRepresentable("USING behind a right or full join with USING");
    }
    if (tree.NATURAL() != null) {
      return new SqlJoin(
          place,
          left,
          SqlLiteral.createBoolean(true, place),
          type.symbol(place),
          right,
          JoinConditionType.NONE.symbol(place),
          null);
    }
    if (criteria == null) {
      return unconditional(left, right, type, place);
    }
    if (criteria.USING() != null) {
      SqlNodeList columns = translation.expressions().names(criteria.columnNames().name());
      return join(left, right, type, JoinConditionType.USING, columns, place);
    }
    SqlNode on = translation.expressions().visit(criteria.expression());
    JoinType conditional = type == JoinType.CROSS ? JoinType.INNER : type;
    return join(left, right, conditional, JoinConditionType.ON, on, place);
  }

  /** Calcite would compare with the left side's column alone, which may be null. */
  private static boolean mayLackLeft(SqlNode node) {
    if (!(node instanceof SqlJoin join)) {
      return false;
    }
    boolean outer = join.getJoinType() == JoinType.FULL || join.getJoinType() == JoinType.RIGHT;
    boolean shares = join.isNatural() || join.getConditionType() == JoinConditionType.USING;
    return outer && shares || mayLackLeft(join.getLeft());
  }

  /** A join without condition joins every row with every row. */
  private static SqlNode unconditional(
      SqlNode left, SqlNode right, JoinType type, SqlParserPos place) {
    if (type == JoinType.INNER || type == JoinType.CROSS) {
      return join(left, right, JoinType.CROSS, JoinConditionType.NONE, null, place);
    }
    SqlNode always = SqlLiteral.createBoolean(true, place);
    return join(left, right, type, JoinConditionType.ON, always, place);
  }

  static SqlNode join(
      SqlNode left,
      SqlNode right,
      JoinType type,
      JoinConditionType conditionType,
      @Nullable SqlNode condition,
      SqlParserPos place) {
    return new SqlJoin(
        place,
        left,
        SqlLiteral.createBoolean(false, place),
        type.symbol(place),
        right,
        conditionType.symbol(place),
        condition);
  }

  private static JoinType type(JoinTypeContext tree) {
    if (tree.LEFT() != null) {
      return JoinType.LEFT;
    }
    if (tree.RIGHT() != null) {
      return JoinType.RIGHT;
    }
    if (tree.FULL() != null) {
      return JoinType.FULL;
    }
    return tree.CROSS() != null ? JoinType.CROSS : JoinType.INNER;
  }
}
