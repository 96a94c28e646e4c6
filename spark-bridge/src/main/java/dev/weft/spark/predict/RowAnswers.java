package dev.weft.spark.predict;

import java.io.Serializable;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;
import scala.collection.Iterator;

/** What a task does with its rows: each is given back once, in order, with the answers appended. */
public interface RowAnswers extends Serializable {

  /** Rows with answers; the rows given back may be reused from call to call. */
  Iterator<InternalRow> answer(Iterator<InternalRow> rows, TaskContext task);
}
