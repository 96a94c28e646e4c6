package dev.weft.planner.estimate;

import dev.weft.planner.function.SparkOperator;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;

/** What a call says, whether it is Calcite's operator or Spark's function of that name. */
public final class Comparison {

  private Comparison() {}

  static SqlKind kind(RexNode expression) {
    if (!(expression instanceof RexCall call)
        || !(call.getOperator() instanceof SparkOperator function)) {
      return expression.getKind();
    }
    return switch (function.sparkName()) {
      case "=", "==" -> SqlKind.EQUALS;
      case "<" -> SqlKind.LESS_THAN;
      case "<=" -> SqlKind.LESS_THAN_OR_EQUAL;
      case ">" -> SqlKind.GREATER_THAN;
      case ">=" -> SqlKind.GREATER_THAN_OR_EQUAL;
      case "in" -> SqlKind.IN;
      case "not" -> SqlKind.NOT;
      case "like" -> SqlKind.LIKE;
      case "isnull" -> SqlKind.IS_NULL;
      case "isnotnull" -> SqlKind.IS_NOT_NULL;
      case "+" -> SqlKind.PLUS;
      case "-" -> SqlKind.MINUS;
      case "*" -> SqlKind.TIMES;
      default -> call.getKind();
    };
  }

  static List<RexNode> operands(RexNode call) {
    return ((RexCall) call).getOperands();
  }

  /** The two fields that a condition says are equal. */
  public static Optional<Fields> fields(RexNode condition) {
    if (kind(condition) != SqlKind.EQUALS) {
      return Optional.empty();
    }
    int left = field(operands(condition).get(0));
    int right = field(operands(condition).get(1));
    return left >= 0 && right >= 0 ? Optional.of(new Fields(left, right)) : Optional.empty();
  }

  /** A field, through casts, which keep most values apart; negative for anything else. */
  static int field(RexNode expression) {
    if (expression instanceof RexInputRef reference) {
      return reference.getIndex();
    }
    return expression.getKind() == SqlKind.CAST ? field(operands(expression).get(0)) : -1;
  }

  /** Two fields by their numbers. */
  public record Fields(int left, int right) {}
}
