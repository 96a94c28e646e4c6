package dev.weft.spark.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.rel.RelFieldCollation.NullDirection;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexWindow;
import org.apache.calcite.rex.RexWindowBound;
import org.apache.calcite.sql.SqlKind;
import org.apache.spark.sql.catalyst.expressions.CurrentRow$;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.FrameType;
import org.apache.spark.sql.catalyst.expressions.RangeFrame$;
import org.apache.spark.sql.catalyst.expressions.RowFrame$;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.expressions.UnboundedFollowing$;
import org.apache.spark.sql.catalyst.expressions.UnboundedPreceding$;
import org.apache.spark.sql.catalyst.expressions.UnspecifiedFrame$;
import org.apache.spark.sql.catalyst.expressions.WindowFrame;

/** Window functions. */
final class WindowToSpark {

  /** Functions whose frame Spark sets itself and lets nobody else set. */
  private static final Set<String> FRAMELESS =
      Set.of(
          "rank", "dense_rank", "row_number", "ntile", "percent_rank", "cume_dist", "lag", "lead");

  private final ExpressionToSpark expressions;

  WindowToSpark(ExpressionToSpark expressions) {
    this.expressions = expressions;
  }

  Expression convert(RexOver over) {
    RexWindow window = over.getWindow();
    List<Expression> partitions = window.partitionKeys.stream().map(expressions::convert).toList();
    List<SortOrder> orders = window.orderKeys.stream().map(this::order).toList();
    return Catalyst.window(function(over), partitions, orders, frame(over, window));
  }

  private Expression function(RexOver over) {
    List<Expression> arguments = new ArrayList<>(expressions.convert(over.getOperands()));
    arguments.addAll(AggregateToSpark.constants(over.getAggOperator()));
    if (over.getAggOperator().getKind() == SqlKind.SUM0) {
      throw new UnsupportedOperationException("window function " + over);
    }
    String name = FunctionNames.of(over.getAggOperator(), arguments.size());
    List<Expression> counted =
        arguments.isEmpty() && name.equals("count") ? List.of(AggregateToSpark.ONE) : arguments;
    return AggregateToSpark.call(name, counted, over.isDistinct(), over.ignoreNulls());
  }

  private SortOrder order(RexFieldCollation field) {
    boolean descending = field.right.contains(SqlKind.DESCENDING);
    NullDirection nulls = NullDirection.UNSPECIFIED;
    if (field.right.contains(SqlKind.NULLS_FIRST)) {
      nulls = NullDirection.FIRST;
    } else if (field.right.contains(SqlKind.NULLS_LAST)) {
      nulls = NullDirection.LAST;
    }
    return SortToSpark.order(expressions.convert(field.left), descending, nulls);
  }

  private WindowFrame frame(RexOver over, RexWindow window) {
    String name = over.getAggOperator().getName().toLowerCase(Locale.ROOT);
    if (FRAMELESS.contains(name) || isWhole(window)) {
      return UnspecifiedFrame$.MODULE$;
    }
    FrameType type = window.isRows() ? RowFrame$.MODULE$ : RangeFrame$.MODULE$;
    return Catalyst.frame(type, bound(window.getLowerBound()), bound(window.getUpperBound()));
  }

  /** All rows of a partition: what Spark takes where nothing is said, as some functions demand. */
  private static boolean isWhole(RexWindow window) {
    return window.orderKeys.isEmpty()
        && window.getLowerBound().isUnbounded()
        && window.getUpperBound().isUnbounded();
  }

  private Expression bound(RexWindowBound bound) {
    if (bound.isCurrentRow()) {
      return CurrentRow$.MODULE$;
    }
    if (bound.isUnbounded()) {
      return bound.isPreceding() ? UnboundedPreceding$.MODULE$ : UnboundedFollowing$.MODULE$;
    }
    RexNode distance = bound.getOffset();
    if (distance == null) {
      throw new UnsupportedOperationException("window bound " + bound);
    }
    Expression value = expressions.convert(distance);
    return bound.isPreceding() ? Catalyst.call("negative", value) : value;
  }
}
