package dev.weft.spark.predict;

import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.catalyst.InternalRow;

/** The closure that Spark ships to its tasks. */
final class TaskAnswers implements FlatMapFunction<Iterator<InternalRow>, InternalRow> {

  private static final long serialVersionUID = 1L;

  private final RowAnswers answers;

  TaskAnswers(RowAnswers answers) {
    this.answers = answers;
  }

  @Override
  public Iterator<InternalRow> call(Iterator<InternalRow> rows) {
    return answers.answer(rows, TaskContext.get());
  }
}
