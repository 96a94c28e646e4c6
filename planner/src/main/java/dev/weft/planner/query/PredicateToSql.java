package dev.weft.planner.query;

import dev.weft.grammar.Quotes;
import dev.weft.grammar.antlr.WeftParser;
import dev.weft.grammar.antlr.WeftParser.BetweenContext;
import dev.weft.grammar.antlr.WeftParser.DistinctFromContext;
import dev.weft.grammar.antlr.WeftParser.ExpressionContext;
import dev.weft.grammar.antlr.WeftParser.InListContext;
import dev.weft.grammar.antlr.WeftParser.InQueryContext;
import dev.weft.grammar.antlr.WeftParser.IsTestContext;
import dev.weft.grammar.antlr.WeftParser.LikeContext;
import dev.weft.grammar.antlr.WeftParser.LikeQuantifiedContext;
import dev.weft.planner.NotRepresentable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.NlsString;
import org.jspecify.annotations.Nullable;

/** BETWEEN, IN, LIKE, IS and their like. */
final class PredicateToSql {

  private final Translation translation;

  PredicateToSql(Translation translation) {
    this.translation = translation;
  }

  /** Two comparisons, so that a scan can use each. */
  SqlNode between(BetweenContext tree) {
    SqlParserPos place = place(tree);
    SqlNode low = translation.call(">=", place, visit(tree.comparison()), visit(tree.low));
    SqlNode high = translation.call("<=", place, visit(tree.comparison()), visit(tree.high));
    return not(tree.NOT(), SqlStdOperatorTable.AND.createCall(place, low, high), place);
  }

  SqlNode inQuery(InQueryContext tree) {
    SqlParserPos place = place(tree);
    SqlNode query = translation.queries().query(tree.query());
    SqlNode in = SqlStdOperatorTable.IN.createCall(place, visit(tree.comparison()), query);
    return not(tree.NOT(), in, place);
  }

  SqlNode inList(InListContext tree) {
    SqlParserPos place = place(tree);
    List<SqlNode> operands = new ArrayList<>();
    operands.add(visit(tree.comparison()));
    operands.addAll(translation.expressions().all(tree.expression()));
    SqlNode in = translation.functions().operator("in").createCall(place, operands);
    return not(tree.NOT(), in, place);
  }

  SqlNode like(LikeContext tree) {
    SqlParserPos place = place(tree);
    SqlNode pattern = visit(tree.pattern);
    if (tree.escape != null) {
      pattern = escaped(pattern, Quotes.string(tree.escape.getText()), place);
    }
    SqlNode like = translation.call(operator(tree.operator.getText()), place, text(tree), pattern);
    return not(tree.NOT(), like, place);
  }

  private SqlNode text(LikeContext tree) {
    return visit(tree.comparison());
  }

  /** The same pattern with Spark's own escape character. */
  private static SqlNode escaped(SqlNode pattern, String escape, SqlParserPos place) {
    if (!(pattern instanceof SqlLiteral literal)
        || !(literal.getValue() instanceof NlsString text)
        || escape.length() != 1) {
      throw new NotRepresentable("ESCAPE with a pattern that is no literal");
    }
    StringBuilder own = new StringBuilder();
    for (char c : text.getValue().toCharArray()) {
      own.append(c == escape.charAt(0) ? "\\" : c == '\\' ? "\\\\" : String.valueOf(c));
    }
    return SqlLiteral.createCharString(own.toString(), place);
  }

  private static String operator(String written) {
    String name = written.toLowerCase(Locale.ROOT);
    return name.equals("regexp") ? "rlike" : name;
  }

  SqlNode likeQuantified(LikeQuantifiedContext tree) {
    SqlParserPos place = place(tree);
    boolean any = tree.quantifier.getType() == WeftParser.ANY;
    SqlOperator join = any ? SqlStdOperatorTable.OR : SqlStdOperatorTable.AND;
    String name = operator(tree.operator.getText());
    List<SqlNode> likes = new ArrayList<>();
    for (ExpressionContext pattern : tree.expression()) {
      SqlNode like = translation.call(name, place, visit(tree.comparison()), visit(pattern));
      likes.add(not(tree.NOT(), like, place));
    }
    return likes.stream().reduce((l, r) -> join.createCall(place, l, r)).orElseThrow();
  }

  SqlNode distinctFrom(DistinctFromContext tree) {
    SqlParserPos place = place(tree);
    SqlNode same = translation.call("<=>", place, visit(tree.comparison()), visit(tree.right));
    return tree.NOT() != null ? same : SqlStdOperatorTable.NOT.createCall(place, same);
  }

  SqlNode isTest(IsTestContext tree) {
    boolean not = tree.NOT() != null;
    SqlOperator operator =
        switch (tree.truth.getText().toLowerCase(Locale.ROOT)) {
          case "null", "unknown" ->
              not ? SqlStdOperatorTable.IS_NOT_NULL : SqlStdOperatorTable.IS_NULL;
          case "true" -> not ? SqlStdOperatorTable.IS_NOT_TRUE : SqlStdOperatorTable.IS_TRUE;
          case "false" -> not ? SqlStdOperatorTable.IS_NOT_FALSE : SqlStdOperatorTable.IS_FALSE;
          default -> throw new NotRepresentable("IS " + tree.truth.getText());
        };
    return operator.createCall(place(tree), visit(tree.comparison()));
  }

  private static SqlNode not(@Nullable TerminalNode not, SqlNode condition, SqlParserPos place) {
    return not == null ? condition : SqlStdOperatorTable.NOT.createCall(place, condition);
  }

  private SqlNode visit(ParserRuleContext tree) {
    return translation.expressions().visit(tree);
  }

  private SqlParserPos place(ParserRuleContext tree) {
    return translation.positions().of(tree);
  }
}
