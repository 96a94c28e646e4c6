package dev.weft.spark.mllib;

import dev.weft.engine.spi.ModelBackend.ModelFiles;
import dev.weft.engine.spi.Run;
import dev.weft.spark.predict.PredictLayout;
import dev.weft.spark.predict.RowAnswers;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.InternalRow;
import scala.collection.Iterator;
import scala.reflect.ClassTag$;

/** Answers of an MLlib model, computed in the task itself. */
public final class MllibAnswers implements RowAnswers {

  private static final long serialVersionUID = 1L;

  private final Broadcast<RowModel> model;
  private final PredictLayout layout;

  private MllibAnswers(Broadcast<RowModel> model, PredictLayout layout) {
    this.model = model;
    this.layout = layout;
  }

  /** Loads a model and makes it known to the executors. */
  public static RowAnswers of(
      ModelFiles files, PredictLayout layout, SparkContext context, Run run) {
    RowModel model = RowModels.load(files, run);
    return new MllibAnswers(
        context.broadcast(model, ClassTag$.MODULE$.apply(RowModel.class)), layout);
  }

  @Override
  public Iterator<InternalRow> answer(Iterator<InternalRow> rows, TaskContext task) {
    return new ScoredRows(rows, model.value(), layout);
  }
}
