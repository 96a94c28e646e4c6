package dev.weft.spark.python;

import dev.weft.engine.spi.ArrowMap;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.util.TaskCompletionListener;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/** The closure that Spark ships to its tasks. */
final class TaskRows extends AbstractFunction1<Iterator<InternalRow>, Iterator<InternalRow>>
    implements Serializable {

  private static final long serialVersionUID = 1L;

  private final ArrowMap map;
  private final String schema;
  private final List<DataType> rows;
  private final List<Expression> inputs;
  private final List<DataType> outputs;

  /**
   * A closure over a map.
   *
   * @param rows types of the rows' columns
   * @param inputs what goes out of a row
   * @param outputs types of what comes back
   */
  TaskRows(
      ArrowMap map,
      String schema,
      List<DataType> rows,
      List<Expression> inputs,
      List<DataType> outputs) {
    this.map = map;
    this.schema = schema;
    this.rows = List.copyOf(rows);
    this.inputs = List.copyOf(inputs);
    this.outputs = List.copyOf(outputs);
  }

  /** A partition without rows calls nothing. */
  @Override
  public Iterator<InternalRow> apply(Iterator<InternalRow> input) {
    if (!input.hasNext()) {
      return input;
    }
    TaskContext task = TaskContext.get();
    MappedRows mapped = new MappedRows(input, map, schema(), rows, inputs, outputs, task);
    task.addTaskCompletionListener((TaskCompletionListener) context -> mapped.close());
    return mapped;
  }

  private Schema schema() {
    try {
      return Schema.fromJSON(schema);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
