package dev.weft.planner.query;

import dev.weft.grammar.antlr.WeftParser;
import dev.weft.grammar.antlr.WeftParser.ExpressionContext;
import dev.weft.grammar.antlr.WeftParser.FromQueryContext;
import dev.weft.grammar.antlr.WeftParser.NamedParameterContext;
import dev.weft.grammar.antlr.WeftParser.NamedQueryContext;
import dev.weft.grammar.antlr.WeftParser.NestedQueryContext;
import dev.weft.grammar.antlr.WeftParser.OrderAndLimitContext;
import dev.weft.grammar.antlr.WeftParser.QueryContext;
import dev.weft.grammar.antlr.WeftParser.SelectQueryContext;
import dev.weft.grammar.antlr.WeftParser.SetOperationContext;
import dev.weft.grammar.antlr.WeftParser.SingleQueryContext;
import dev.weft.grammar.antlr.WeftParser.TableQueryContext;
import dev.weft.grammar.antlr.WeftParser.TableRelationContext;
import dev.weft.grammar.antlr.WeftParser.TransformQueryContext;
import dev.weft.grammar.antlr.WeftParser.ValuesQueryContext;
import dev.weft.grammar.antlr.WeftParser.WithClauseContext;
import dev.weft.planner.NotRepresentable;
import dev.weft.planner.name.NameText;
import dev.weft.planner.validate.SparkNumber;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.tree.ParseTree;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlStarExclude;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Whole queries: WITH, set operations, ORDER BY and LIMIT around SELECTs. */
final class QueryToSql extends StrictVisitor {

  private final Translation translation;
  private final SelectToSql selects;

  QueryToSql(Translation translation) {
    this.translation = translation;
    this.selects = new SelectToSql(translation);
  }

  SqlNode query(QueryContext tree) {
    WithClauseContext with = tree.withClause();
    if (with == null) {
      return body(tree);
    }
    return with(with.namedQuery(), () -> body(tree), translation.positions().of(tree));
  }

  private SqlNode body(QueryContext tree) {
    return tree.pipeStep().isEmpty()
        ? ordered(tree)
        : new PipeToSql(translation, selects).query(tree, () -> ordered(tree));
  }

  /** A query under the WITH items given, as PREDICT's own input has them. */
  SqlNode with(List<NamedQueryContext> items, Body body, SqlParserPos place) {
    WithScope scope = new WithScope();
    translation.withs().push(scope);
    try {
      List<SqlNode> list = new ArrayList<>();
      for (NamedQueryContext item : items) {
        if (scope.declared(NameText.of(item.name())).isPresent()) {
          throw new NotRepresentable("two WITH items of one name");
        }
        list.add(readsItself(item) ? recursive(item) : item(item));
        scope.add(item);
      }
      SqlNode inner = body.translate();
      return list.isEmpty() ? inner : new SqlWith(place, new SqlNodeList(list, place), inner);
    } finally {
      translation.withs().pop();
    }
  }

  private static boolean readsItself(NamedQueryContext item) {
    boolean recursive = ((WithClauseContext) item.getParent()).RECURSIVE() != null;
    return recursive && reads(item.query(), NameText.of(item.name()));
  }

  private static boolean reads(ParseTree tree, String name) {
    if (tree instanceof TableRelationContext table) {
      List<String> parts = NameText.parts(table.qualifiedName());
      return parts.size() == 1 && name.equalsIgnoreCase(parts.get(0));
    }
    for (int i = 0; i < tree.getChildCount(); i++) {
      if (reads(tree.getChild(i), name)) {
        return true;
      }
    }
    return false;
  }

  /** Spark repeats the item; the query around it is planned. */
  private SqlNode recursive(NamedQueryContext tree) {
    SqlParserPos place = translation.positions().of(tree);
    SqlIdentifier rows = translation.tables().recursive(tree, translation.from().visible(), place);
    return new SqlWithItem(
        place,
        translation.expressions().identifier(tree.name()),
        null,
        star(rows, place),
        SqlLiteral.createBoolean(false, place));
  }

  private SqlNode item(NamedQueryContext tree) {
    SqlParserPos place = translation.positions().of(tree);
    SqlIdentifier name = translation.expressions().identifier(tree.name());
    SqlNodeList columns =
        tree.columnNames() == null
            ? null
            : translation.expressions().names(tree.columnNames().name());
    SqlNode query = query(tree.query());
    if (EarlierItems.isVolatile(query)) {
      // Each place that reads the item would compute other rows.
      throw new NotRepresentable("a WITH item of random rows");
    }
    return new SqlWithItem(place, name, columns, query, SqlLiteral.createBoolean(false, place));
  }

  private SqlNode ordered(QueryContext tree) {
    SqlNode body = visit(tree.queryBody());
    return ordered(body, tree.orderAndLimit(), translation.positions().of(tree));
  }

  /** A query with what may stand behind it. */
  SqlNode ordered(SqlNode query, OrderAndLimitContext order, SqlParserPos place) {
    if (order.limitAll != null
        && translation.from().visible().stream().anyMatch(QueryToSql::readsItself)) {
      // It lifts Spark's limit on the rows of a recursion.
      throw new NotRepresentable("LIMIT ALL of a recursion");
    }
    if (order.WINDOW() != null) {
      throw new NotRepresentable("WINDOW behind ORDER BY");
    }
    SqlNode body =
        order.distribution().isEmpty()
            ? query
            : translation.clauses().distributed(query, order.distribution());
    boolean all = order.orderAll != null && !hasItems(body);
    if (all) {
      body = translation.clauses().sortedByAll(body, order);
    }
    boolean computed = isComputed(order.limit) || isComputed(order.offset);
    SqlNodeList keys = all ? SqlNodeList.EMPTY : keys(order, body);
    SqlNode fetch = computed || order.limit == null ? null : limit(order.limit);
    SqlNode offset = computed || order.offset == null ? null : limit(order.offset);
    SqlNode result =
        keys.isEmpty() && fetch == null && offset == null
            ? body
            : new SqlOrderBy(place, body, keys, offset, fetch);
    return computed ? translation.clauses().limited(result, order) : result;
  }

  /** Whether Spark has to compute how many rows are meant. */
  private static boolean isComputed(@Nullable ExpressionContext tree) {
    ParseTree node = tree;
    while (node != null && node.getChildCount() == 1) {
      node = node.getChild(0);
    }
    return node != null && node.getChildCount() > 0 && !(node instanceof NamedParameterContext);
  }

  private SqlNode limit(ExpressionContext tree) {
    SqlNode limit = translation.expressions().visit(tree);
    if (limit instanceof SparkNumber number && number.bigDecimalValue().signum() >= 0) {
      return limit;
    }
    throw new NotRepresentable("LIMIT or OFFSET of an expression");
  }

  private SqlNodeList keys(OrderAndLimitContext order, SqlNode body) {
    if (order.orderAll == null) {
      return translation.windows().sortItems(order.sortItem());
    }
    SqlSelect select = (SqlSelect) body;
    List<SqlNode> keys = new ArrayList<>();
    for (int i = 1; i <= select.getSelectList().size(); i++) {
      SqlNode ordinal = SparkNumber.whole(i, SqlParserPos.ZERO, translation.types());
      keys.add(translation.windows().directed(ordinal, order.direction(), order.nullOrder()));
    }
    return new SqlNodeList(keys, SqlParserPos.ZERO);
  }

  /** Whether it is known how many columns a query has. */
  private static boolean hasItems(SqlNode query) {
    return query instanceof SqlSelect select
        && select.getSelectList().stream()
            .noneMatch(
                item ->
                    item instanceof SqlStarExclude
                        || item instanceof SqlIdentifier name && name.isStar());
  }

  @Override
  public SqlNode visitSingleQuery(SingleQueryContext tree) {
    return visit(tree.queryPrimary());
  }

  @Override
  public SqlNode visitSetOperation(SetOperationContext tree) {
    boolean all = tree.setQuantifier() != null && tree.setQuantifier().ALL() != null;
    SqlParserPos place = translation.positions().of(tree);
    return operator(tree.operator.getType(), all)
        .createCall(place, visit(tree.left), visit(tree.right));
  }

  /** The set operation of a word. */
  static SqlOperator operator(int token, boolean all) {
    return switch (token) {
      case WeftParser.UNION -> all ? SqlStdOperatorTable.UNION_ALL : SqlStdOperatorTable.UNION;
      case WeftParser.INTERSECT ->
          all ? SqlStdOperatorTable.INTERSECT_ALL : SqlStdOperatorTable.INTERSECT;
      default -> all ? SqlStdOperatorTable.EXCEPT_ALL : SqlStdOperatorTable.EXCEPT;
    };
  }

  @Override
  public SqlNode visitSelectQuery(SelectQueryContext tree) {
    return selects.select(tree.select());
  }

  @Override
  public SqlNode visitTransformQuery(TransformQueryContext tree) {
    throw new NotRepresentable("TRANSFORM");
  }

  @Override
  public SqlNode visitFromQuery(FromQueryContext tree) {
    FromToSql.Read read = translation.from().read(tree.fromClause());
    SqlSelect rows =
        star(
            translation.generators().views(read.relation(), tree.lateralView()),
            translation.positions().of(tree));
    read.conditions().stream()
        .reduce((a, b) -> SqlStdOperatorTable.AND.createCall(rows.getParserPosition(), a, b))
        .ifPresent(rows::setWhere);
    return rows;
  }

  @Override
  public SqlNode visitNestedQuery(NestedQueryContext tree) {
    return query(tree.query());
  }

  @Override
  public SqlNode visitTableQuery(TableQueryContext tree) {
    SqlParserPos place = translation.positions().of(tree);
    return star(translation.from().table(tree.qualifiedName(), null), place);
  }

  @Override
  public SqlNode visitValuesQuery(ValuesQueryContext tree) {
    SqlParserPos place = translation.positions().of(tree);
    return star(translation.from().values(tree.valuesClause()), place);
  }

  /** {@code SELECT * FROM relation}. */
  static SqlSelect star(@Nullable SqlNode relation, SqlParserPos place) {
    SqlNodeList all = new SqlNodeList(List.of(SqlIdentifier.star(place)), place);
    return new SqlSelect(
        place, null, all, relation, null, null, null, null, null, null, null, null, null);
  }

  /** What stands behind the WITH clause. */
  interface Body {
    SqlNode translate();
  }
}
