package dev.weft.planner.query;

import dev.weft.grammar.Quotes;
import dev.weft.grammar.antlr.WeftParser.DistributionContext;
import dev.weft.grammar.antlr.WeftParser.HintContext;
import dev.weft.grammar.antlr.WeftParser.NamedQueryContext;
import dev.weft.grammar.antlr.WeftParser.OrderAndLimitContext;
import dev.weft.grammar.antlr.WeftParser.PipeStepContext;
import dev.weft.grammar.antlr.WeftParser.PivotClauseContext;
import dev.weft.grammar.antlr.WeftParser.SampleContext;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.ParserRuleContext;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * PIVOT, UNPIVOT, TABLESAMPLE, SORT BY and its like, and hints about partitions: the rows they are
 * about are planned, they themselves keep Spark's words.
 */
final class ClauseToSql {

  private final Translation translation;

  ClauseToSql(Translation translation) {
    this.translation = translation;
  }

  /** A relation of FROM, turned. */
  SqlNode pivot(SqlNode rows, PivotClauseContext tree) {
    String all = text(tree);
    String clause =
        tree.tableAlias() == null
            ? all
            : all.substring(0, all.length() - text(tree.tableAlias()).length());
    SqlNode turned = clause(rows, "", clause, tree);
    SqlParserPos place = translation.positions().of(tree);
    return translation.from().aliased(turned, tree.tableAlias(), "#turned" + place, place);
  }

  /** A part of a relation, which has no alias yet. */
  SqlNode sampled(SqlNode rows, SampleContext tree) {
    SqlNode bare =
        rows instanceof SqlBasicCall as && as.getKind() == SqlKind.AS ? as.operand(0) : rows;
    return clause(bare, "", text(tree), tree);
  }

  /** The rows of a query in the order of all their columns. */
  SqlNode sortedByAll(SqlNode query, OrderAndLimitContext tree) {
    String direction =
        (tree.direction() == null ? "" : " " + text(tree.direction()))
            + (tree.nullOrder() == null ? "" : " " + text(tree.nullOrder()));
    return behind(query, "ORDER BY ALL" + direction, tree);
  }

  /** So many rows of a query as Spark computes. */
  SqlNode limited(SqlNode query, OrderAndLimitContext tree) {
    String limit = tree.limit == null ? "" : "LIMIT " + text(tree.limit);
    String offset = tree.offset == null ? "" : " OFFSET " + text(tree.offset);
    return behind(query, limit + offset, tree);
  }

  /** Rows behind a step of a pipe. */
  SqlNode piped(SqlNode rows, PipeStepContext tree) {
    return clause(rows, "", text(tree), tree);
  }

  private SqlNode behind(SqlNode query, String clause, ParserRuleContext tree) {
    SqlParserPos place = translation.positions().of(tree);
    return QueryToSql.star(clause(named(query, place), "", clause, tree), place);
  }

  /** A relation of FROM that a hint names. */
  SqlNode hintedRelation(SqlNode rows, String hint, ParserRuleContext tree) {
    return clause(rows, "/*+ " + hint + "(" + Clauses.INPUT + ") */", "", tree);
  }

  /** The rows of a query, sorted or spread. */
  SqlNode distributed(SqlNode query, List<DistributionContext> trees) {
    String clause = trees.stream().map(this::text).collect(Collectors.joining(" "));
    ParserRuleContext first = trees.get(0);
    SqlParserPos place = translation.positions().of(first);
    return QueryToSql.star(clause(named(query, place), "", clause, first), place);
  }

  /** The rows of a SELECT with hints about all of it. */
  SqlNode hinted(SqlNode query, List<HintContext> trees) {
    String hints = trees.stream().map(this::text).collect(Collectors.joining(" "));
    ParserRuleContext first = trees.get(0);
    SqlParserPos place = translation.positions().of(first);
    return QueryToSql.star(clause(named(query, place), hints, "", first), place);
  }

  private String text(ParserRuleContext tree) {
    return translation.positions().span(tree).text();
  }

  private static SqlNode named(SqlNode query, SqlParserPos place) {
    return SqlStdOperatorTable.AS.createCall(place, query, new SqlIdentifier("#rows", place));
  }

  private SqlIdentifier clause(SqlNode rows, String hints, String clause, ParserRuleContext tree) {
    SqlParserPos place = translation.positions().of(tree);
    boolean bare = !(rows instanceof SqlBasicCall as && as.getKind() == SqlKind.AS);
    SqlNode from = bare && !FromToSql.isJoin(rows) ? named(rows, place) : rows;
    SqlNode query = alone(() -> QueryToSql.star(from, place), place);
    String text = "SELECT " + hints + " * FROM " + Clauses.INPUT + alias(rows) + " " + clause;
    return translation.tables().clause(hints + clause, text, query, place);
  }

  /** The clause may name its relation. */
  private static String alias(SqlNode rows) {
    if (rows instanceof SqlBasicCall as && as.getKind() == SqlKind.AS) {
      String name = as.<SqlIdentifier>operand(1).getSimple();
      return name.startsWith("#") ? "" : " AS " + Quotes.quoted(name);
    }
    return "";
  }

  /** A query of its own, with the WITH items that it may read. */
  private SqlNode alone(Supplier<SqlNode> query, SqlParserPos place) {
    List<NamedQueryContext> items = translation.from().visible();
    Deque<WithScope> around = new ArrayDeque<>(translation.withs());
    translation.withs().clear();
    try {
      return translation.queries().with(items, query::get, place);
    } finally {
      translation.withs().addAll(around);
    }
  }
}
