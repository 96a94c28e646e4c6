package dev.weft.planner.query;

import dev.weft.grammar.antlr.WeftParser;
import dev.weft.grammar.antlr.WeftParser.BinaryContext;
import dev.weft.grammar.antlr.WeftParser.CompareContext;
import dev.weft.grammar.antlr.WeftParser.NumberContext;
import dev.weft.grammar.antlr.WeftParser.UnaryContext;
import dev.weft.planner.validate.SparkNumber;
import org.antlr.v4.runtime.tree.ParseTree;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Arithmetic, bits, concatenation and comparison, under Spark's names for them. */
final class OperatorToSql {

  private final Translation translation;

  OperatorToSql(Translation translation) {
    this.translation = translation;
  }

  SqlNode compare(CompareContext tree) {
    SqlParserPos place = translation.positions().of(tree);
    if (translation.readings().keepsText(place.getColumnNum())) {
      return translation.expressions().withConstants(tree);
    }
    SqlNode left = visit(tree.left);
    SqlNode right = visit(tree.right);
    String operator = tree.operator.getStart().getText();
    return switch (tree.operator.getStart().getType()) {
      case WeftParser.EQUAL -> translation.call("=", place, left, right);
      case WeftParser.NOT_EQUAL ->
          SqlStdOperatorTable.NOT.createCall(place, translation.call("=", place, left, right));
      case WeftParser.LESS_EQUAL -> translation.call("<=", place, left, right);
      case WeftParser.GREATER_EQUAL -> translation.call(">=", place, left, right);
      default -> translation.call(operator, place, left, right);
    };
  }

  SqlNode unary(UnaryContext tree) {
    SqlParserPos place = translation.positions().of(tree);
    NumberContext literal = number(tree.value());
    if (literal != null && tree.operator.getType() == WeftParser.MINUS) {
      return new LiteralToSql(translation).negative(literal, place);
    }
    SqlNode operand = visit(tree.value());
    return switch (tree.operator.getType()) {
      case WeftParser.MINUS ->
          operand instanceof SparkNumber number && number.bigDecimalValue().signum() > 0
              ? number.negated(place)
              : translation.call("negative", place, operand);
      case WeftParser.PLUS -> translation.call("positive", place, operand);
      default -> translation.call("~", place, operand);
    };
  }

  /** The number that a minus is a part of. */
  private static @Nullable NumberContext number(ParseTree tree) {
    if (tree instanceof NumberContext number) {
      return number;
    }
    return tree.getChildCount() == 1 ? number(tree.getChild(0)) : null;
  }

  SqlNode binary(BinaryContext tree) {
    SqlParserPos place = translation.positions().of(tree);
    if (translation.readings().keepsText(place.getColumnNum())) {
      return translation.expressions().withConstants(tree);
    }
    return translation.call(name(tree), place, visit(tree.left), visit(tree.right));
  }

  private static String name(BinaryContext tree) {
    return switch (tree.operator.getType()) {
      case WeftParser.DIV -> "div";
      case WeftParser.CONCAT -> "concat";
      case WeftParser.SHIFT_LEFT -> "shiftleft";
      case WeftParser.SHIFT_RIGHT -> "shiftright";
      case WeftParser.SHIFT_RIGHT_UNSIGNED -> "shiftrightunsigned";
      default -> tree.operator.getText();
    };
  }

  private SqlNode visit(org.antlr.v4.runtime.ParserRuleContext tree) {
    return translation.expressions().visit(tree);
  }
}
