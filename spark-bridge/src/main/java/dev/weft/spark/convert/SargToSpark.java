package dev.weft.spark.convert;

import com.google.common.collect.Range;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUnknownAs;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.util.Sarg;
import org.apache.spark.sql.catalyst.expressions.Expression;

/** SEARCH, Calcite's sets of points and ranges: IN where they are points. */
final class SargToSpark {

  private final ExpressionToSpark expressions;
  private final RexBuilder builder;

  SargToSpark(ExpressionToSpark expressions) {
    this.expressions = expressions;
    this.builder = ExpressionToSpark.BUILDER;
  }

  Expression convert(RexCall search) {
    RexNode operand = search.getOperands().get(0);
    RexLiteral literal = (RexLiteral) search.getOperands().get(1);
    Sarg<?> sarg = literal.getValueAs(Sarg.class);
    if (sarg == null || sarg.nullAs != RexUnknownAs.UNKNOWN) {
      return expressions.convert(RexUtil.expandSearch(builder, null, search));
    }
    if (sarg.isPoints() && sarg.pointCount > 1) {
      return Catalyst.in(expressions.convert(operand), points(sarg, literal));
    }
    if (sarg.isComplementedPoints() && sarg.pointCount != 1) {
      Sarg<?> inverse = sarg.negate();
      return Catalyst.call(
          "not", Catalyst.in(expressions.convert(operand), points(inverse, literal)));
    }
    return expressions.convert(RexUtil.expandSearch(builder, null, search));
  }

  private List<Expression> points(Sarg<?> sarg, RexLiteral literal) {
    List<Expression> points = new ArrayList<>();
    for (Range<?> range : sarg.rangeSet.asRanges()) {
      RexNode point = builder.makeLiteral(range.lowerEndpoint(), literal.getType(), true, false);
      points.add(expressions.convert(point));
    }
    return points;
  }
}
