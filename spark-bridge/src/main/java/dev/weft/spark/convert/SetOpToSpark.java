package dev.weft.spark.convert;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.core.Intersect;
import org.apache.calcite.rel.core.Minus;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Union;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/** UNION, INTERSECT and EXCEPT, by position. */
final class SetOpToSpark {

  private final ToSpark all;

  SetOpToSpark(ToSpark all) {
    this.all = all;
  }

  Relation convert(SetOp operation, Scope scope) {
    List<Relation> inputs =
        operation.getInputs().stream().map(input -> all.relation(input, scope)).toList();
    List<LogicalPlan> plans = inputs.stream().map(Relation::plan).toList();
    return named(plan(operation, plans), inputs.get(0));
  }

  private static LogicalPlan plan(SetOp operation, List<LogicalPlan> plans) {
    if (operation instanceof Union) {
      LogicalPlan union = CatalystPlans.union(plans);
      return operation.all ? union : CatalystPlans.distinct(union);
    }
    LogicalPlan result = plans.get(0);
    for (LogicalPlan next : plans.subList(1, plans.size())) {
      if (operation instanceof Intersect) {
        result = CatalystPlans.intersect(result, next, operation.all);
      } else if (operation instanceof Minus) {
        result = CatalystPlans.except(result, next, operation.all);
      } else {
        throw new UnsupportedOperationException("node " + operation.getRelTypeName());
      }
    }
    return result;
  }

  /** Names of its own, so that an input that is used elsewhere too does not clash. */
  private Relation named(LogicalPlan plan, Relation first) {
    List<NamedExpression> columns = new ArrayList<>();
    List<String> fresh = new ArrayList<>();
    for (int i = 0; i < first.columns().size(); i++) {
      String name = all.names().like("u" + i);
      fresh.add(name);
      columns.add(Catalyst.alias(first.column(i), name));
    }
    return new Relation(CatalystPlans.project(columns, plan), fresh);
  }
}
