package dev.weft.planner.query;

import dev.weft.grammar.antlr.WeftParser.AliasNameContext;
import dev.weft.grammar.antlr.WeftParser.ExpressionContext;
import dev.weft.grammar.antlr.WeftParser.FromClauseContext;
import dev.weft.grammar.antlr.WeftParser.JoinStepContext;
import dev.weft.grammar.antlr.WeftParser.NameContext;
import dev.weft.grammar.antlr.WeftParser.NamedQueryContext;
import dev.weft.grammar.antlr.WeftParser.QualifiedNameContext;
import dev.weft.grammar.antlr.WeftParser.RelationContext;
import dev.weft.grammar.antlr.WeftParser.RowValueContext;
import dev.weft.grammar.antlr.WeftParser.TableAliasContext;
import dev.weft.grammar.antlr.WeftParser.ValuesClauseContext;
import dev.weft.planner.NotRepresentable;
import dev.weft.planner.name.NameText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
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

  /** The tables read under names of several parts, without an alias. */
  private final Set<List<String>> schemas = new HashSet<>();

  private JoinHints hinting = JoinHints.NONE;

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
    return read(tree, JoinHints.NONE);
  }

  /** What FROM gives under hints about the joins of its relations. */
  Read read(@Nullable FromClauseContext tree, JoinHints hints) {
    JoinHints around = hinting;
    hinting = hints;
    try {
      return relations(tree);
    } finally {
      hinting = around;
    }
  }

  private Read relations(@Nullable FromClauseContext tree) {
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
    SqlNode relation = hinted(relations.visit(tree.relationPrimary()), tree.relationPrimary());
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

  /** A relation joined with another or turned. */
  SqlNode step(SqlNode relation, JoinStepContext tree, List<SqlNode> conditions) {
    return joins.step(relation, tree, conditions);
  }

  /** A relation with the hints that name it. */
  SqlNode hinted(SqlNode relation, ParserRuleContext tree) {
    if (!(relation instanceof SqlBasicCall as) || as.getKind() != SqlKind.AS) {
      return relation;
    }
    SqlIdentifier alias = as.operand(1);
    List<String> names = hinting.of(alias.getSimple());
    if (names.isEmpty()) {
      return relation;
    }
    SqlNode rows = relation;
    for (String hint : names) {
      rows =
          SqlStdOperatorTable.AS.createCall(
              alias.getParserPosition(),
              translation.clauses().hintedRelation(rows, hint, tree),
              alias);
    }
    return rows;
  }

  /** A subquery that may read the relations before it. */
  static SqlNode lateral(SqlNode relation) {
    if (relation instanceof SqlBasicCall as && as.operand(0) instanceof SqlIdentifier) {
      // A function of constants, which reads nothing beside it.
      return relation;
    }
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
    if (alias == null && name.size() > 1) {
      schemas.add(lower(name));
    }
    return aliased(table, alias, name.get(name.size() - 1), place);
  }

  /** How many parts of a name are its table's catalog and schema, which the plan does not name. */
  int schemaParts(List<String> name) {
    return schemas.contains(lower(name)) ? name.size() - 1 : 0;
  }

  private static List<String> lower(List<String> name) {
    return name.stream().map(part -> part.toLowerCase(Locale.ROOT)).toList();
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
      SqlNode value = row(row);
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

  /** A row of VALUES, whose columns are not named by the row. */
  private SqlNode row(ExpressionContext tree) {
    ParseTree node = tree;
    while (node.getChildCount() == 1) {
      node = node.getChild(0);
    }
    if (!(node instanceof RowValueContext row)) {
      return translation.expressions().visit(tree);
    }
    List<SqlNode> fields =
        row.namedField().stream()
            .map(f -> translation.expressions().visit(f.expression()))
            .toList();
    return SqlStdOperatorTable.ROW.createCall(translation.positions().of(tree), fields);
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
