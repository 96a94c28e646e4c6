package dev.weft.planner.estimate;

import com.google.common.collect.BoundType;
import com.google.common.collect.Range;
import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.Sarg;

/**
 * The rows that a condition lets through. Conditions are taken as independent, values as evenly
 * spread; each narrows its field for the next, so that two ends of a range count as one range.
 */
final class Selectivity {

  /** Of a condition about which nothing is known. */
  private static final double SOME = 1.0 / 3;

  /** Of an equation with a value of nobody knows how many. */
  private static final double ONE_OF_UNKNOWN = 0.1;

  private Selectivity() {}

  static Estimate filter(Estimate input, RexNode condition) {
    Estimate left = input;
    for (RexNode part : RelOptUtil.conjunctions(condition)) {
      left = part(left, part);
    }
    return left;
  }

  private static Estimate part(Estimate input, RexNode condition) {
    if (condition.isAlwaysTrue()) {
      return input;
    }
    if (!(condition instanceof RexCall call) || condition instanceof RexSubQuery) {
      return input.withRows(input.rows() * SOME);
    }
    return switch (Comparison.kind(call)) {
      case EQUALS -> equality(input, call.getOperands().get(0), call.getOperands().get(1));
      case LESS_THAN, LESS_THAN_OR_EQUAL -> below(input, call.getOperands(), true);
      case GREATER_THAN, GREATER_THAN_OR_EQUAL -> below(input, call.getOperands(), false);
      case IN -> points(input, call.getOperands().get(0), call.getOperands().size() - 1);
      case SEARCH -> search(input, call);
      case OR -> either(input, call.getOperands());
      case NOT, NOT_EQUALS, NOT_IN -> rest(input, call);
      case IS_NULL -> nulls(input, call.getOperands().get(0), false);
      case IS_NOT_NULL -> nulls(input, call.getOperands().get(0), true);
      case LIKE -> input.withRows(input.rows() * ONE_OF_UNKNOWN);
      default -> input.withRows(input.rows() * SOME);
    };
  }

  private static Estimate equality(Estimate input, RexNode left, RexNode right) {
    int first = Comparison.field(left);
    int second = Comparison.field(right);
    if (first >= 0 && second >= 0) {
      double most = Math.max(input.distinct(first), input.distinct(second));
      return input.withRows(input.rows() / most);
    }
    return points(input, first < 0 && second >= 0 ? right : left, 1);
  }

  /** A field, or something computed of fields, that has one of so many values. */
  private static Estimate points(Estimate input, RexNode operand, int count) {
    int field = Comparison.field(operand);
    if (field < 0 || input.fields().get(field).distinct().isEmpty()) {
      return input.withRows(input.rows() * Math.min(SOME, count * ONE_OF_UNKNOWN));
    }
    FieldEstimate known = input.fields().get(field);
    double share = Math.min(1, count / known.distinct().orElse(1)) * (1 - known.nulls());
    double kept = Math.min(count, known.distinct().orElse(1));
    return input.with(field, known.points(kept)).withRows(input.rows() * share);
  }

  private static Estimate below(Estimate input, List<RexNode> operands, boolean less) {
    boolean turned = Comparison.field(operands.get(0)) < 0;
    int field = Comparison.field(operands.get(turned ? 1 : 0));
    OptionalDouble value = Constants.value(operands.get(turned ? 0 : 1));
    if (field < 0 || value.isEmpty()) {
      return input.withRows(input.rows() * SOME);
    }
    double at = value.getAsDouble();
    return less != turned
        ? range(input, field, Double.NEGATIVE_INFINITY, at)
        : range(input, field, at, Double.POSITIVE_INFINITY);
  }

  private static Estimate range(Estimate input, int field, double from, double to) {
    FieldEstimate known = input.fields().get(field);
    if (!known.isBounded()) {
      return input.withRows(input.rows() * SOME);
    }
    double low = known.low().getAsDouble();
    double high = known.high().getAsDouble();
    double start = Math.max(low, from);
    double end = Math.min(high, to);
    // One value more than the difference: the bounds are values themselves.
    double step = (high - low) / Math.max(1, known.distinct().orElse(Double.MAX_VALUE) - 1);
    double share = end < start ? 0 : Math.min(1, (end - start + step) / (high - low + step));
    double kept = Double.isNaN(share) ? 1 : share;
    return input
        .with(field, known.between(Math.min(start, high), Math.max(end, low), kept))
        .withRows(input.rows() * kept * (1 - known.nulls()));
  }

  private static Estimate search(Estimate input, RexCall call) {
    RexNode operand = call.getOperands().get(0);
    Sarg<?> sarg = ((RexLiteral) call.getOperands().get(1)).getValueAs(Sarg.class);
    if (sarg == null) {
      return input.withRows(input.rows() * SOME);
    }
    if (sarg.isPoints()) {
      return points(input, operand, sarg.pointCount);
    }
    if (sarg.isComplementedPoints()) {
      double out = input.rows() - points(input, operand, sarg.negate().pointCount).rows();
      return input.withRows(out);
    }
    double rows = 0;
    Estimate last = input;
    for (Range<?> range : sarg.rangeSet.asRanges()) {
      double from =
          range.hasLowerBound() ? number(range.lowerEndpoint()) : Double.NEGATIVE_INFINITY;
      double to = range.hasUpperBound() ? number(range.upperEndpoint()) : Double.POSITIVE_INFINITY;
      boolean known = Comparison.field(operand) >= 0 && !Double.isNaN(from) && !Double.isNaN(to);
      boolean point = from == to && range.lowerBoundType() == BoundType.CLOSED;
      last =
          !known
              ? input.withRows(input.rows() * SOME)
              : point
                  ? points(input, operand, 1)
                  : range(input, Comparison.field(operand), from, to);
      rows += last.rows();
    }
    return sarg.rangeSet.asRanges().size() == 1
        ? last
        : input.withRows(Math.min(rows, input.rows()));
  }

  private static double number(Comparable<?> value) {
    if (value instanceof BigDecimal decimal) {
      return decimal.doubleValue();
    }
    return value instanceof DateString date ? date.getDaysSinceEpoch() : Double.NaN;
  }

  /** Parts of OR may let the same rows through. */
  private static Estimate either(Estimate input, List<RexNode> parts) {
    double out = 1;
    for (RexNode part : parts) {
      out *= 1 - share(input, part);
    }
    return input.withRows(input.rows() * (1 - out));
  }

  private static Estimate rest(Estimate input, RexCall call) {
    double inside =
        switch (Comparison.kind(call)) {
          case NOT -> share(input, call.getOperands().get(0));
          case NOT_EQUALS ->
              equality(input, call.getOperands().get(0), call.getOperands().get(1)).rows()
                  / input.rows();
          default ->
              points(input, call.getOperands().get(0), call.getOperands().size() - 1).rows()
                  / input.rows();
        };
    return input.withRows(input.rows() * (1 - inside));
  }

  private static double share(Estimate input, RexNode condition) {
    return filter(input, condition).rows() / input.rows();
  }

  private static Estimate nulls(Estimate input, RexNode operand, boolean not) {
    int field = Comparison.field(operand);
    if (field < 0) {
      return input.withRows(input.rows() * (not ? 1 : ONE_OF_UNKNOWN));
    }
    FieldEstimate known = input.fields().get(field);
    return not
        ? input.with(field, known.notNull()).withRows(input.rows() * (1 - known.nulls()))
        : input.withRows(input.rows() * known.nulls());
  }
}
