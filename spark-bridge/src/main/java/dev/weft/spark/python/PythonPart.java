package dev.weft.spark.python;

import dev.weft.spark.convert.Catalyst;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.catalyst.expressions.AttributeSet$;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.util.ArrowUtils;
import scala.collection.immutable.Seq;

/**
 * What users' code does, in the logical and in the physical plan.
 *
 * @param inputs what it reads, in order
 * @param outputs what it makes
 */
record PythonPart(PythonFunction function, Seq<Expression> inputs, Seq<Attribute> outputs) {

  /** The parts that Spark sees as a node's own, before the child. */
  static final int SIZE = 3;

  Object part(int index) {
    return switch (index) {
      case 0 -> function;
      case 1 -> inputs;
      case 2 -> outputs;
      default -> throw new IndexOutOfBoundsException(index);
    };
  }

  AttributeSet produced() {
    return AttributeSet$.MODULE$.apply(Catalyst.<Expression>seq(Catalyst.list(outputs)));
  }

  String describe() {
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
