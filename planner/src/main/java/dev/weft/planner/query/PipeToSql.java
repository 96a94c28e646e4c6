package dev.weft.planner.query;

import dev.weft.grammar.antlr.WeftParser;
import dev.weft.grammar.antlr.WeftParser.FromQueryContext;
import dev.weft.grammar.antlr.WeftParser.JoinStepContext;
import dev.weft.grammar.antlr.WeftParser.OrderAndLimitContext;
import dev.weft.grammar.antlr.WeftParser.PipeStepContext;
import dev.weft.grammar.antlr.WeftParser.QualifiedNameContext;
import dev.weft.grammar.antlr.WeftParser.QueryContext;
import dev.weft.grammar.antlr.WeftParser.SelectContext;
import dev.weft.grammar.antlr.WeftParser.SingleQueryContext;
import dev.weft.grammar.antlr.WeftParser.TableQueryContext;
import dev.weft.planner.NotRepresentable;
import dev.weft.planner.name.NameText;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.tree.ParseTree;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlStarExclude;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Pipes: each step becomes the clause that it is in an ordinary query. */
final class PipeToSql {

  private final Translation translation;
  private final SelectToSql selects;

  PipeToSql(Translation translation, SelectToSql selects) {
    this.translation = translation;
    this.selects = selects;
  }

  SqlNode query(QueryContext tree, QueryToSql.Body before) {
    Rows rows = start(tree, before);
    for (PipeStepContext step : tree.pipeStep()) {
      rows = step(rows, step, PipeWords.of(step));
    }
    return rows.query();
  }

  /** A table keeps its name for the first steps. */
  private Rows start(QueryContext tree, QueryToSql.Body before) {
    SqlParserPos place = translation.positions().of(tree.queryBody());
    ParseTree body =
        tree.queryBody() instanceof SingleQueryContext single ? single.queryPrimary() : tree;
    boolean alone = tree.orderAndLimit().getText().isEmpty();
    if (alone && body instanceof TableQueryContext table) {
      return Rows.of(translation.from().table(table.qualifiedName(), null), place);
    }
    if (alone && body instanceof FromQueryContext from && from.lateralView().isEmpty()) {
      FromToSql.Read read = translation.from().read(from.fromClause());
      if (read.relation() != null) {
        return new Rows(read.relation(), read.conditions(), place);
      }
    }
    return Rows.behind(before.translate(), "#piped", place);
  }

  private Rows step(Rows rows, PipeStepContext tree, PipeWords words) {
    SqlParserPos place = translation.positions().of(tree);
    return switch (words.word(0)) {
      case "SELECT" -> Rows.behind(select(rows, words, place), "#piped", place);
      case "EXTEND" -> Rows.behind(extend(rows, words, place), "#piped", place);
      case "DROP" -> Rows.behind(drop(rows, words.from(1), place), "#piped", place);
      case "AS" ->
          Rows.behind(rows.query(), NameText.of(words.from(1).read(WeftParser::name)), place);
      case "WHERE" -> rows.where(condition(words));
      case "ORDER", "SORT", "CLUSTER", "DISTRIBUTE", "LIMIT", "OFFSET" ->
          Rows.behind(
              translation
                  .queries()
                  .ordered(rows.query(), one(words.read(WeftParser::orderAndLimit)), place),
              rows.alias(),
              place);
      case "AGGREGATE" -> new PipeAggregate(translation, selects).step(rows, tree, words, place);
      case "UNION", "EXCEPT", "MINUS", "INTERSECT" ->
          Rows.behind(set(rows, words, place), "#piped", place);
      case "PIVOT", "UNPIVOT" ->
          Rows.of(
              translation.clauses().pivot(rows.relationOnly(), words.read(WeftParser::pivotClause)),
              place);
      case "TABLESAMPLE" -> {
        SqlNode part =
            translation.clauses().sampled(rows.relationOnly(), words.read(WeftParser::sample));
        yield Rows.behind(part, rows.alias(), place);
      }
      case "JOIN", "INNER", "LEFT", "RIGHT", "FULL", "CROSS", "NATURAL", "SEMI", "ANTI" ->
          join(rows, words.read(WeftParser::joinStep), place);
      case "SET" ->
          Rows.behind(translation.clauses().piped(rows.relationOnly(), tree), "#piped", place);
      default -> throw new NotRepresentable("the pipe step " + words.word(0));
    };
  }

  /** An order and a limit are steps of their own; Spark refuses them in one. */
  private static OrderAndLimitContext one(OrderAndLimitContext tree) {
    boolean sorts = tree.ORDER() != null || !tree.distribution().isEmpty();
    if (sorts && (tree.LIMIT() != null || tree.OFFSET() != null)) {
      throw new NotRepresentable("an order and a limit in one pipe step");
    }
    return tree;
  }

  private SqlNode condition(PipeWords words) {
    return translation.expressions().visit(words.read(WeftParser::whereClause).expression());
  }

  private SqlSelect select(Rows rows, PipeWords words, SqlParserPos place) {
    SelectContext tree = words.read(WeftParser::select);
    if (tree.fromClause() != null
        || tree.whereClause() != null
        || tree.groupClause() != null
        || tree.havingClause() != null
        || !tree.lateralView().isEmpty()) {
      throw new NotRepresentable("a pipe step with clauses");
    }
    SqlSelect select = selects.piped(tree, rows.relation(), rows.conditions(), place);
    if (GroupToSql.aggregates(select.getSelectList(), false)) {
      throw new NotRepresentable("an aggregate in a pipe step that is not AGGREGATE");
    }
    return select;
  }

  private SqlNode extend(Rows rows, PipeWords words, SqlParserPos place) {
    SqlSelect select = select(rows, words.asSelect(), place);
    List<SqlNode> items = new ArrayList<>();
    items.add(SqlIdentifier.star(place));
    items.addAll(select.getSelectList());
    select.setSelectList(new SqlNodeList(items, place));
    return select;
  }

  private SqlNode drop(Rows rows, PipeWords words, SqlParserPos place) {
    List<SqlNode> columns = new ArrayList<>();
    for (PipeWords part : words.parts()) {
      QualifiedNameContext name = part.read(WeftParser::qualifiedName);
      columns.add(new SqlIdentifier(NameText.parts(name), translation.positions().of(name)));
    }
    SqlSelect select = rows.query();
    SqlNodeList dropped = new SqlNodeList(columns, place);
    select.setSelectList(
        SqlNodeList.of(new SqlStarExclude(place, SqlIdentifier.star(place), dropped)));
    return select;
  }

  private SqlNode set(Rows rows, PipeWords words, SqlParserPos place) {
    boolean all = words.word(1).equals("ALL");
    int from = all || words.word(1).equals("DISTINCT") ? 2 : 1;
    SqlNode other = translation.queries().visit(words.from(from).read(WeftParser::queryPrimary));
    return QueryToSql.operator(words.tokens().get(0).getType(), all)
        .createCall(place, rows.query(), other);
  }

  private Rows join(Rows rows, JoinStepContext tree, SqlParserPos place) {
    List<SqlNode> conditions = new ArrayList<>();
    SqlNode joined = translation.from().step(rows.relationOnly(), tree, conditions);
    return new Rows(joined, conditions, place);
  }

  /** The rows so far: a relation as it may stand in FROM, and conditions on its rows. */
  record Rows(SqlNode relation, List<SqlNode> conditions, SqlParserPos place) {

    Rows {
      conditions = List.copyOf(conditions);
    }

    static Rows of(SqlNode relation, SqlParserPos place) {
      return new Rows(relation, List.of(), place);
    }

    static Rows behind(SqlNode query, String alias, SqlParserPos place) {
      SqlNode named =
          SqlStdOperatorTable.AS.createCall(place, query, new SqlIdentifier(alias, place));
      return of(named, place);
    }

    Rows where(SqlNode condition) {
      List<SqlNode> all = new ArrayList<>(conditions);
      all.add(condition);
      return new Rows(relation, all, place);
    }

    SqlSelect query() {
      SqlSelect query = QueryToSql.star(relation, place);
      conditions.stream()
          .reduce((left, right) -> SqlStdOperatorTable.AND.createCall(place, left, right))
          .ifPresent(query::setWhere);
      return query;
    }

    /** The name by which the next step may call the relation. */
    String alias() {
      return relation instanceof SqlBasicCall as && as.getKind() == SqlKind.AS
          ? as.<SqlIdentifier>operand(1).getSimple()
          : "#piped";
    }

    /** The relation alone, the conditions put below it. */
    SqlNode relationOnly() {
      return conditions.isEmpty() ? relation : behind(query(), alias(), place).relation();
    }
  }
}
