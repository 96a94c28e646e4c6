package dev.weft.spark.python;

import dev.weft.engine.spi.ArrowMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.util.TaskCompletionListener;

/** The closure that Spark ships to its tasks. */
final class TaskRows implements FlatMapFunction<Iterator<InternalRow>, InternalRow> {

  private static final long serialVersionUID = 1L;

  private final ArrowMap map;
  private final String schema;
  private final List<Expression> inputs;
  private final List<DataType> outputs;

  TaskRows(ArrowMap map, String schema, List<Expression> inputs, List<DataType> outputs) {
    this.map = map;
    this.schema = schema;
    this.inputs = List.copyOf(inputs);
    this.outputs = List.copyOf(outputs);
  }

  /** A partition without rows calls nothing. */
  @Override
  public Iterator<InternalRow> call(Iterator<InternalRow> rows) {
    if (!rows.hasNext()) {
      return Collections.emptyIterator();
    }
    TaskContext task = TaskContext.get();
    MappedRows mapped = new MappedRows(rows, map, schema(), inputs, outputs, task);
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
