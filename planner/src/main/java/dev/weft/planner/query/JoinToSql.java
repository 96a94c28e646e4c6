package dev.weft.planner.query;

import dev.weft.grammar.antlr.WeftParser.JoinCriteriaContext;
import dev.weft.grammar.antlr.WeftParser.JoinStepContext;
import dev.weft.grammar.antlr.WeftParser.JoinTypeContext;
import dev.weft.grammar.antlr.WeftParser.NameContext;
import dev.weft.grammar.antlr.WeftParser.QueryContext;
import dev.weft.grammar.antlr.WeftParser.SelectItemContext;
import dev.weft.planner.NotRepresentable;
import dev.weft.planner.name.NameText;
import dev.weft.planner.validate.SparkNumber;
import java.util.List;
import java.util.stream.IntStream;
import org.antlr.v4.runtime.tree.ParseTree;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
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
    if (tree.LATERAL() == null) {
      right = translation.from().hinted(right, tree.relationPrimary());
    }
    boolean shares =
        tree.NATURAL() != null
            || tree.joinCriteria() != null && tree.joinCriteria().USING() != null;
    if (tree.LATERAL() != null && shares) {
      throw new NotRepresentable("LATERAL with USING");
    }
    if (tree.LATERAL() != null
        && type.LEFT() != null
        && tree.joinCriteria() != null
        && generates(tree.relationPrimary())) {
      throw new NotRepresentable("an outer LATERAL of a generator with a condition");
    }
    if (tree.LATERAL() != null) {
      right = FromToSql.lateral(right);
    }
    if (type.SEMI() != null || type.ANTI() != null) {
      if (tree.NATURAL() != null) {
        throw new NotRepresentable("a natural semi or anti join");
      }
      conditions.add(exists(tree, left, right));
      return left;
    }
    if (!conditions.isEmpty() && (type.RIGHT() != null || type.FULL() != null)) {
      throw new NotRepresentable("an outer join behind a semi or anti join");
    }
    return joined(left, right, tree);
  }

  /** Whether a generator stands in a SELECT list. */
  private boolean generates(ParseTree tree) {
    if (tree instanceof SelectItemContext item && translation.generators().call(item).isPresent()) {
      return true;
    }
    return IntStream.range(0, tree.getChildCount()).anyMatch(i -> generates(tree.getChild(i)));
  }

  private SqlNode exists(JoinStepContext tree, SqlNode left, SqlNode right) {
    JoinCriteriaContext criteria = tree.joinCriteria();
    SqlParserPos place = translation.positions().of(tree);
    SqlNode condition = criteria == null ? null : condition(criteria, left, right, place);
    SqlNodeList one = SqlNodeList.of(SparkNumber.whole(1, place, translation.types()));
    SqlSelect rows = QueryToSql.star(right, place);
    rows.setSelectList(one);
    if (condition != null) {
      rows.setWhere(condition);
    }
    SqlNode exists = SqlStdOperatorTable.EXISTS.createCall(place, rows);
    boolean anti = tree.joinType().ANTI() != null;
    return anti ? SqlStdOperatorTable.NOT.createCall(place, exists) : exists;
  }

  private SqlNode condition(
      JoinCriteriaContext tree, SqlNode left, SqlNode right, SqlParserPos place) {
    if (tree.USING() != null) {
      return tree.columnNames().name().stream()
          .map(name -> equal(name, left, right, place))
          .reduce((a, b) -> SqlStdOperatorTable.AND.createCall(place, a, b))
          .orElseThrow();
    }
    if (holdsQuery(tree.expression())) {
      throw new NotRepresentable("a semi or anti join with a subquery in its condition");
    }
    return translation.expressions().visit(tree.expression());
  }

  private SqlNode equal(NameContext name, SqlNode left, SqlNode right, SqlParserPos place) {
    return translation.call("=", place, column(left, name), column(right, name));
  }

  private SqlNode column(SqlNode relation, NameContext name) {
    if (relation instanceof SqlBasicCall as && as.getKind() == SqlKind.AS) {
      String alias = as.<SqlIdentifier>operand(1).getSimple();
      SqlParserPos place = translation.positions().of(name);
      return new SqlIdentifier(List.of(alias, NameText.of(name)), place);
    }
    throw new NotRepresentable("a semi or anti join with USING behind another join");
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
