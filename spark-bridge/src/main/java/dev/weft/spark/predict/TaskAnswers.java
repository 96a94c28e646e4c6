package dev.weft.spark.predict;

import java.io.Serializable;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/** The closure that Spark ships to its tasks. */
final class TaskAnswers extends AbstractFunction1<Iterator<InternalRow>, Iterator<InternalRow>>
    implements Serializable {

  private static final long serialVersionUID = 1L;

  private final RowAnswers answers;

  TaskAnswers(RowAnswers answers) {
    this.answers = answers;
  }

  @Override
  public Iterator<InternalRow> apply(Iterator<InternalRow> rows) {
    return answers.answer(rows, TaskContext.get());
  }
}
