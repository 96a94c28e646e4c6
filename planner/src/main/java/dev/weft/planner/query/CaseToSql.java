package dev.weft.planner.query;

import dev.weft.grammar.antlr.WeftParser.ExpressionContext;
import dev.weft.grammar.antlr.WeftParser.SearchedCaseContext;
import dev.weft.grammar.antlr.WeftParser.SimpleCaseContext;
import dev.weft.grammar.antlr.WeftParser.WhenBranchContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** CASE in both forms. */
final class CaseToSql {

  private final Translation translation;

  CaseToSql(Translation translation) {
    this.translation = translation;
  }

  SqlNode searched(SearchedCaseContext tree) {
    SqlParserPos place = translation.positions().of(tree);
    return branches(tree.whenBranch(), this::visit, tree.otherwise, place);
  }

  SqlNode simple(SimpleCaseContext tree) {
    SqlParserPos place = translation.positions().of(tree);
    Function<ExpressionContext, SqlNode> equal =
        value -> translation.call("=", place, visit(tree.operand), visit(value));
    return branches(tree.whenBranch(), equal, tree.otherwise, place);
  }

  private SqlNode branches(
      List<WhenBranchContext> trees,
      Function<ExpressionContext, SqlNode> condition,
      @Nullable ExpressionContext otherwise,
      SqlParserPos place) {
    List<SqlNode> conditions = new ArrayList<>();
    List<SqlNode> results = new ArrayList<>();
    for (WhenBranchContext branch : trees) {
      conditions.add(condition.apply(branch.condition));
      results.add(visit(branch.result));
    }
    SqlNode last = otherwise == null ? SqlLiteral.createNull(place) : visit(otherwise);
    return new SqlCase(
        place, null, new SqlNodeList(conditions, place), new SqlNodeList(results, place), last);
  }

  private SqlNode visit(ExpressionContext tree) {
    return translation.expressions().visit(tree);
  }
}
