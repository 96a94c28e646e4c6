package dev.weft.spark.python;

import dev.weft.spark.convert.Catalyst;
import dev.weft.spark.operator.ArrowCall;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.util.ArrowUtils;
import scala.collection.immutable.Seq;

/**
 * What users' code does, in the logical and in the physical plan.
 *
 * @param inputs what it reads, in order
 * @param outputs what it makes
 */
record PythonPart(PythonFunction function, Seq<Expression> inputs, Seq<Attribute> outputs)
    implements ArrowCall {

  @Override
  public List<Object> parts() {
    return List.of(function, inputs, outputs);
  }

  /** Its own columns alone. */
  @Override
  public Seq<Attribute> output(Seq<Attribute> input) {
    return outputs;
  }

  @Override
  public String describe() {
    String names =
        Catalyst.list(outputs).stream().map(Object::toString).collect(Collectors.joining(", "));
    return function.describe() + " [" + names + "]";
  }

  /** The inputs as expressions over a row of these. */
  List<Expression> bound(Seq<Attribute> row) {
    List<Attribute> attributes = Catalyst.list(row);
    return Catalyst.list(inputs).stream().map(input -> Catalyst.bound(input, attributes)).toList();
  }

  Schema inputSchema() {
    return schema(function.columns(), Catalyst.list(inputs));
  }

  Schema outputSchema() {
    return schema(function.outputs(), Catalyst.list(outputs));
  }

  private static Schema schema(List<String> names, List<? extends Expression> columns) {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      Expression column = columns.get(i);
      fields.add(
          ArrowUtils.toArrowField(
              names.get(i), column.dataType(), column.nullable(), "UTC", false));
    }
    return new Schema(fields);
  }
}
