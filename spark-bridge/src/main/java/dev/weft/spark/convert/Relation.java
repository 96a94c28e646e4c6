package dev.weft.spark.convert;

import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * A converted node: a plan not analysed yet, and the names of its columns by position.
 *
 * @param columns unique in the whole query, so that a reference by name is one by position and
 *     Spark's analyser has to run only once, at the end
 */
record Relation(LogicalPlan plan, List<String> columns) {

  Relation {
    columns = List.copyOf(columns);
  }

  /** The same columns over another plan. */
  Relation over(LogicalPlan other) {
    return new Relation(other, columns);
  }

  /** A reference to a column. */
  Expression column(int position) {
    return Catalyst.attribute(columns.get(position));
  }
}
