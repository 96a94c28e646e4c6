package dev.weft.planner.estimate;

import java.util.EnumSet;
import java.util.Set;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;

/** Conditions that cannot fail, whatever rows they are asked: under ANSI, casts and sums can. */
public final class Harmless {

  private static final Set<SqlKind> KINDS =
      EnumSet.of(
          SqlKind.AND,
          SqlKind.OR,
          SqlKind.NOT,
          SqlKind.EQUALS,
          SqlKind.NOT_EQUALS,
          SqlKind.LESS_THAN,
          SqlKind.LESS_THAN_OR_EQUAL,
          SqlKind.GREATER_THAN,
          SqlKind.GREATER_THAN_OR_EQUAL,
          SqlKind.IN,
          SqlKind.IS_NULL,
          SqlKind.IS_NOT_NULL,
          SqlKind.IS_TRUE,
          SqlKind.IS_FALSE);

  private Harmless() {}

  /** Whether it only compares fields with fields and constants. */
  public static boolean is(RexNode condition) {
    if (condition instanceof RexInputRef || condition instanceof RexLiteral) {
      return true;
    }
    if (!(condition instanceof RexCall call)) {
      return false;
    }
    boolean known = KINDS.contains(Comparison.kind(call)) || widens(call) || isConstant(call);
    return known && call.getOperands().stream().allMatch(Harmless::is);
  }

  /** A sum or difference of constants fails for every row or for none. */
  private static boolean isConstant(RexCall call) {
    SqlKind kind = Comparison.kind(call);
    boolean sum = kind == SqlKind.PLUS || kind == SqlKind.MINUS || kind == SqlKind.TIMES;
    return sum && call.getOperands().stream().allMatch(RexLiteral.class::isInstance);
  }

  private static boolean widens(RexCall call) {
    return call.getKind() == SqlKind.CAST && widens(call.getOperands().get(0), call);
  }

  private static boolean widens(RexNode from, RexNode to) {
    SqlTypeName source = from.getType().getSqlTypeName();
    SqlTypeName target = to.getType().getSqlTypeName();
    boolean whole = SqlTypeName.INT_TYPES.contains(source);
    if (source == target) {
      return from.getType().getPrecision() <= to.getType().getPrecision()
          && from.getType().getScale() <= to.getType().getScale();
    }
    return whole
            && SqlTypeName.INT_TYPES.contains(target)
            && SqlTypeName.INT_TYPES.indexOf(source) < SqlTypeName.INT_TYPES.indexOf(target)
        || whole && target == SqlTypeName.DOUBLE;
  }
}
