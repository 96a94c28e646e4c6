package dev.weft.spark.python;

import dev.weft.engine.spi.PythonCalls;
import dev.weft.engine.spi.PythonCalls.Argument;
import dev.weft.engine.spi.PythonCalls.Call;
import dev.weft.engine.spi.PythonCalls.Input;
import dev.weft.planner.plan.PythonUdf;
import dev.weft.spark.convert.Catalyst;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.PythonUDF;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.util.ArrowUtils;

/**
 * The Python calls of one node: their trees down to what Spark computes, which comes as columns.
 */
final class CallsOfNode {

  private final List<PythonUdf> functions = new ArrayList<>();
  private final List<Expression> inputs = new ArrayList<>();
  private final List<Call> calls = new ArrayList<>();
  private final List<Field> output = new ArrayList<>();

  CallsOfNode(List<PythonUDF> roots) {
    for (PythonUDF root : roots) {
      calls.add(call(root));
      output.add(field("r" + output.size(), root.dataType()));
    }
  }

  /** Whether these are calls of our functions. */
  static boolean areOurs(List<PythonUDF> roots) {
    return roots.stream().allMatch(root -> root.func() instanceof PythonFunctionExpression.Text);
  }

  static CallBinder binder(List<PythonUDF> roots) {
    return ((PythonFunctionExpression.Text) roots.get(0).func()).binder();
  }

  /** What Spark computes for them, a column each. */
  List<Expression> inputs() {
    return inputs;
  }

  List<String> names() {
    return java.util.stream.IntStream.range(0, inputs.size()).mapToObj(i -> "c" + i).toList();
  }

  PythonCalls calls() {
    return new PythonCalls(functions, calls, new Schema(output));
  }

  private Call call(PythonUDF udf) {
    PythonUdf function = ((PythonFunctionExpression.Text) udf.func()).function();
    if (!functions.contains(function)) {
      functions.add(function);
    }
    List<Argument> arguments = new ArrayList<>();
    for (Expression child : Catalyst.list(udf.children())) {
      arguments.add(child instanceof PythonUDF inner ? call(inner) : input(child));
    }
    Schema type = new Schema(List.of(field("r", udf.dataType())));
    return new Call(functions.indexOf(function), arguments, type);
  }

  private Input input(Expression value) {
    for (int i = 0; i < inputs.size(); i++) {
      if (inputs.get(i).semanticEquals(value)) {
        return new Input(i);
      }
    }
    inputs.add(value);
    return new Input(inputs.size() - 1);
  }

  private static Field field(String name, DataType type) {
    return ArrowUtils.toArrowField(name, type, true, "UTC", false);
  }
}
