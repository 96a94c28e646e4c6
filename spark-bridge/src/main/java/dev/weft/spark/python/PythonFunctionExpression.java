package dev.weft.spark.python;

import dev.weft.planner.plan.PythonUdf;
import dev.weft.planner.spi.Column;
import dev.weft.spark.convert.Catalyst;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.python.PythonBroadcast;
import org.apache.spark.api.python.PythonEvalType;
import org.apache.spark.api.python.PythonFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.PythonUDF;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.util.CollectionAccumulator;
import scala.collection.immutable.Seq;
import scala.runtime.AbstractFunction1;

/**
 * Makes a call of a Python function an expression: Spark's own for Python, so that its rules take
 * calls out of expressions, joins and groups and gather those of a node; how they run is ours.
 */
public final class PythonFunctionExpression extends AbstractFunction1<Seq<Expression>, Expression> {

  private final PythonUdf function;
  private final CallBinder binder;

  public PythonFunctionExpression(PythonUdf function, CallBinder binder) {
    this.function = function;
    this.binder = binder;
  }

  @Override
  public Expression apply(Seq<Expression> given) {
    List<Expression> arguments = Catalyst.list(given);
    List<Column> parameters = function.parameters();
    if (arguments.size() != parameters.size()) {
      throw new IllegalArgumentException(
          "%s takes %d %s, not %d"
              .formatted(
                  function.name(),
                  parameters.size(),
                  parameters.size() == 1 ? "argument" : "arguments",
                  arguments.size()));
    }
    List<Expression> cast = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      cast.add(argument(arguments.get(i), parameters.get(i)));
    }
    return new PythonUDF(
        function.name(),
        new Text(function, binder),
        DataType.fromDDL(function.returns()),
        Catalyst.seq(cast),
        PythonEvalType.SQL_SCALAR_ARROW_UDF(),
        true,
        NamedExpression.newExprId());
  }

  private Expression argument(Expression given, Column parameter) {
    DataType wanted = DataType.fromDDL(parameter.type());
    if (!Cast.canANSIStoreAssign(given.dataType(), wanted)) {
      throw new IllegalArgumentException(
          "%s takes %s for '%s', not %s; cast it"
              .formatted(
                  function.name(),
                  wanted.catalogString(),
                  parameter.name(),
                  given.dataType().catalogString()));
    }
    boolean same = DataType.equalsIgnoreNullability(given.dataType(), wanted);
    return same ? given : Catalyst.cast(given, wanted);
  }

  /** What Spark carries along with a call; nothing of it is for Spark's own workers. */
  record Text(PythonUdf function, CallBinder binder) implements PythonFunction {

    @Override
    public Seq<Object> command() {
      return Catalyst.seq(List.of());
    }

    @Override
    public Map<String, String> envVars() {
      return Map.of();
    }

    @Override
    public List<String> pythonIncludes() {
      return List.of();
    }

    @Override
    public String pythonExec() {
      return "";
    }

    @Override
    public String pythonVer() {
      return "";
    }

    @Override
    public List<Broadcast<PythonBroadcast>> broadcastVars() {
      return List.of();
    }

    @Override
    @SuppressWarnings("NullAway") // Spark's workers would report to it; ours are not Spark's.
    public CollectionAccumulator<byte[]> accumulator() {
      return null;
    }
  }
}
