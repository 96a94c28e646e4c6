package dev.weft.spark.run;

import dev.weft.spark.convert.Catalyst;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.objects.StaticInvoke;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.execution.ColumnarRule;
import org.apache.spark.sql.execution.FilterExec;
import org.apache.spark.sql.execution.GenerateExec;
import org.apache.spark.sql.execution.RangeExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.types.AbstractDataType;
import org.apache.spark.sql.types.DataTypes;
import scala.Option;
import scala.runtime.AbstractFunction1;

/**
 * Lets a cancelled task end between rows. What reads files or a shuffle asks for every row, but
 * RANGE only once for a thousand, each of which may become millions in a join, and EXPLODE never.
 */
public final class Interruptible extends ColumnarRule {

  @Override
  public Rule<SparkPlan> postColumnarTransitions() {
    return new Rule<>() {
      @Override
      public SparkPlan apply(SparkPlan plan) {
        return asking(plan);
      }
    };
  }

  private static SparkPlan asking(SparkPlan plan) {
    SparkPlan inside =
        plan.mapChildren(
            new AbstractFunction1<>() {
              @Override
              public SparkPlan apply(SparkPlan child) {
                return asking(child);
              }
            });
    if (inside instanceof RangeExec) {
      return new FilterExec(call("at", Catalyst.list(inside.output())), inside);
    }
    return inside instanceof GenerateExec ? new FilterExec(call("now", List.of()), inside) : inside;
  }

  private static Expression call(String method, List<? extends Expression> arguments) {
    return new StaticInvoke(
        Alive.class,
        DataTypes.BooleanType,
        method,
        Catalyst.seq(arguments),
        Catalyst.seq(List.<AbstractDataType>of()),
        true,
        false,
        false,
        Option.empty());
  }
}
