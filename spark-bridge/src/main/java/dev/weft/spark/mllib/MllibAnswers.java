package dev.weft.spark.mllib;

import dev.weft.spark.predict.PredictLayout;
import dev.weft.spark.predict.RowAnswers;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.InternalRow;
import scala.collection.Iterator;

/** Answers of an MLlib model, computed in the task itself. */
final class MllibAnswers implements RowAnswers {

  private static final long serialVersionUID = 1L;

  private final Broadcast<RowModel> model;
  private final PredictLayout layout;

  /** Answers of a model that the executors know. */
  MllibAnswers(Broadcast<RowModel> model, PredictLayout layout) {
    this.model = model;
    this.layout = layout;
  }

  @Override
  public Iterator<InternalRow> answer(Iterator<InternalRow> rows, TaskContext task) {
    return new ScoredRows(rows, model.value(), layout);
  }
}
