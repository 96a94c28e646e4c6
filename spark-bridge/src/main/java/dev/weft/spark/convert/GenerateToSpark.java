package dev.weft.spark.convert;

import dev.weft.planner.function.SparkOperator;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rex.RexCall;
import org.apache.spark.sql.catalyst.expressions.Expression;

/** Generators: Spark's Generate behind the rows they read. */
final class GenerateToSpark {

  private final ToSpark all;

  GenerateToSpark(ToSpark all) {
    this.all = all;
  }

  /** A generator that reads no rows. */
  Relation alone(TableFunctionScan generator, Scope scope) {
    return behind(new Relation(CatalystPlans.oneRow(), List.of()), generator, scope, false);
  }

  /**
   * The rows of an input, each with what is generated of it.
   *
   * @param scope knows the input's columns by the correlation that the arguments read them through
   * @param outer whether a row stays where nothing is generated
   */
  Relation behind(Relation input, TableFunctionScan generator, Scope scope, boolean outer) {
    RexCall call = (RexCall) generator.getCall();
    SparkOperator function = (SparkOperator) call.getOperator();
    List<Expression> arguments = new ExpressionToSpark(all, scope).convert(call.getOperands());
    List<String> names = new ArrayList<>();
    for (String name : generator.getRowType().getFieldNames()) {
      names.add(all.names().like(name));
    }
    List<String> columns = new ArrayList<>(input.columns());
    columns.addAll(names);
    return new Relation(
        CatalystPlans.generate(function.sparkName(), arguments, outer, names, input.plan()),
        columns);
  }
}
