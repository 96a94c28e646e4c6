package dev.weft.planner.query;

import dev.weft.grammar.antlr.WeftParser.JoinCriteriaContext;
import dev.weft.grammar.antlr.WeftParser.JoinStepContext;
import dev.weft.grammar.antlr.WeftParser.JoinTypeContext;
import dev.weft.planner.NotRepresentable;
import java.util.List;
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
      throw new NotRepresentable("PIVOT or UNPIVOT");
    }
    JoinTypeContext type = tree.joinType();
    SqlNode right = relations.visit(tree.relationPrimary());
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

  private SqlNode joined(SqlNode left, SqlNode right, JoinStepContext tree) {
    SqlParserPos place = translation.positions().of(tree);
    JoinType type = type(tree.joinType());
    JoinCriteriaContext criteria = tree.joinCriteria();
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
