package dev.weft.planner.query;

import dev.weft.grammar.antlr.WeftParser.AliasNameContext;
import dev.weft.grammar.antlr.WeftParser.ExpressionContext;
import dev.weft.grammar.antlr.WeftParser.FromClauseContext;
import dev.weft.grammar.antlr.WeftParser.JoinStepContext;
import dev.weft.grammar.antlr.WeftParser.NameContext;
import dev.weft.grammar.antlr.WeftParser.NamedQueryContext;
import dev.weft.grammar.antlr.WeftParser.QualifiedNameContext;
import dev.weft.grammar.antlr.WeftParser.RelationContext;
import dev.weft.grammar.antlr.WeftParser.TableAliasContext;
import dev.weft.grammar.antlr.WeftParser.ValuesClauseContext;
import dev.weft.planner.NotRepresentable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/** FROM: relations and joins. */
final class FromToSql {

  private final Translation translation;
  private final RelationToSql relations;
  private final JoinToSql joins;

  /** The clause of the SELECT being translated. */
  private @Nullable FromClauseContext reading;

  FromToSql(Translation translation) {
    this.translation = translation;
    this.relations = new RelationToSql(translation);
    this.joins = new JoinToSql(translation, relations);
  }

  /**
   * What FROM gives a SELECT.
   *
   * @param relation null without FROM
   * @param conditions what semi and anti joins ask of the rows, for WHERE
   */
  record Read(@Nullable SqlNode relation, List<SqlNode> conditions) {}

  Read read(@Nullable FromClauseContext tree) {
    List<SqlNode> conditions = new ArrayList<>();
    reading = tree;
    if (tree == null) {
      return new Read(null, conditions);
    }
    SqlNode relation = null;
    for (RelationContext each : tree.relation()) {
      SqlNode next = relation(each, conditions);
      SqlParserPos place = translation.positions().of(each);
      relation = relation == null ? next : comma(relation, next, place);
    }
    reading = tree;
    return new Read(relation, conditions);
  }

  private static SqlNode comma(SqlNode left, SqlNode right, SqlParserPos place) {
    return JoinToSql.join(left, right, JoinType.COMMA, JoinConditionType.NONE, null, place);
  }

  private SqlNode relation(RelationContext tree, List<SqlNode> conditions) {
    SqlNode relation = relations.visit(tree.relationPrimary());
    if (tree.LATERAL() != null) {
      relation = lateral(relation);
    }
    for (JoinStepContext step : tree.joinStep()) {
      if (step.pivotClause() != null && conditions.isEmpty()) {
        relation = translation.clauses().pivot(relation, step.pivotClause());
        continue;
      }
      relation = joins.step(relation, step, conditions);
    }
    return relation;
  }

  /** A subquery that may read the relations before it. */
  static SqlNode lateral(SqlNode relation) {
    boolean known =
        relation instanceof SqlBasicCall call
            && (call.operand(0).isA(SqlKind.QUERY)
                || call.operand(0).getKind() == SqlKind.COLLECTION_TABLE);
    if (!known || !(relation instanceof SqlBasicCall as)) {
      throw new NotRepresentable("LATERAL of what is no subquery");
    }
    SqlNode query =
        SqlStdOperatorTable.LATERAL.createCall(as.getParserPosition(), as.<SqlNode>operand(0));
    List<SqlNode> operands = new ArrayList<>(as.getOperandList());
    operands.set(0, query);
    return SqlStdOperatorTable.AS.createCall(as.getParserPosition(), operands);
  }

  /** A relation in brackets, joins included. */
  SqlNode bracketed(RelationContext tree) {
    List<SqlNode> conditions = new ArrayList<>();
    SqlNode relation = relation(tree, conditions);
    if (!conditions.isEmpty()) {
      throw new NotRepresentable("a semi or anti join in brackets");
    }
    return relation;
  }

  /** A table by name, under its alias or its own last name. */
  SqlNode table(QualifiedNameContext tree, @Nullable TableAliasContext alias) {
    List<String> name = NameText.parts(tree);
    SqlParserPos place = translation.positions().of(tree);
    Optional<String> with = name.size() == 1 ? declared(name.get(0)) : Optional.empty();
    SqlIdentifier table =
        with.isPresent()
            ? new SqlIdentifier(with.get(), place)
            : translation.tables().table(name, translation.positions().span(tree), place);
    return aliased(table, alias, name.get(name.size() - 1), place);
  }

  SqlNode aliased(
      SqlNode relation, @Nullable TableAliasContext tree, String otherwise, SqlParserPos place) {
    List<SqlNode> operands = new ArrayList<>();
    operands.add(relation);
    operands.add(
        tree == null
            ? new SqlIdentifier(otherwise, place)
            : translation.expressions().identifier(tree.aliasName()));
    if (tree != null && tree.columnNames() != null) {
      translation.expressions().names(tree.columnNames().name()).forEach(operands::add);
    }
    return SqlStdOperatorTable.AS.createCall(place, operands);
  }

  /** VALUES as a relation, its columns named as Spark names them. */
  SqlNode values(ValuesClauseContext tree) {
    SqlParserPos place = translation.positions().of(tree);
    List<SqlNode> rows = new ArrayList<>();
    for (ExpressionContext row : tree.expression()) {
      SqlNode value = translation.expressions().visit(row);
      refuseComputed(value);
      boolean many = value instanceof SqlCall call && call.getKind() == SqlKind.ROW;
      rows.add(many ? value : SqlStdOperatorTable.ROW.createCall(place, value));
    }
    SqlNode values = SqlStdOperatorTable.VALUES.createCall(place, rows);
    TableAliasContext alias = tree.tableAlias();
    if (alias != null && alias.columnNames() != null) {
      return aliased(values, alias, "", place);
    }
    List<SqlNode> operands = new ArrayList<>();
    operands.add(values);
    operands.add(
        alias == null
            ? new SqlIdentifier("#values", place)
            : translation.expressions().identifier(alias.aliasName()));
    for (int i = 1; i <= ((SqlCall) rows.get(0)).operandCount(); i++) {
      operands.add(new SqlIdentifier("col" + i, place));
    }
    return SqlStdOperatorTable.AS.createCall(place, operands);
  }

  /** Spark computes an inline table while it plans. */
  private static void refuseComputed(SqlNode value) {
    value.accept(
        new SqlBasicVisitor<@Nullable Void>() {
          @Override
          public @Nullable Void visit(SqlCall call) {
            if (call.getOperator() instanceof SqlAggFunction
                || !call.getOperator().isDeterministic()) {
              throw new NotRepresentable("an inline table with " + call.getOperator().getName());
            }
            return super.visit(call);
          }
        });
  }

  /** The WITH items visible here, outermost first. */
  List<NamedQueryContext> visible() {
    List<NamedQueryContext> items = new ArrayList<>();
    translation.withs().descendingIterator().forEachRemaining(w -> items.addAll(w.items()));
    return items;
  }

  /** Whether a query that FROM may read gives a column a name. */
  boolean mayName(String name) {
    return reading != null && names(reading, name)
        || visible().stream().anyMatch(item -> names(item, name));
  }

  private static boolean names(ParseTree tree, String name) {
    if (tree instanceof NameContext || tree instanceof AliasNameContext) {
      return name.equalsIgnoreCase(NameText.of((ParserRuleContext) tree));
    }
    for (int i = 0; i < tree.getChildCount(); i++) {
      if (names(tree.getChild(i), name)) {
        return true;
      }
    }
    return false;
  }

  private Optional<String> declared(String name) {
    return translation.withs().stream().flatMap(with -> with.declared(name).stream()).findFirst();
  }

  static SqlNodeList none() {
    return SqlNodeList.EMPTY;
  }

  static SqlLiteral no(SqlParserPos place) {
    return SqlLiteral.createBoolean(false, place);
  }

  static boolean isJoin(SqlNode node) {
    return node instanceof SqlJoin;
  }
}
