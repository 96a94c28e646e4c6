package dev.weft.spark.mllib;

import dev.weft.engine.spi.ModelBackend.ModelFiles;
import dev.weft.engine.spi.Run;
import dev.weft.planner.spi.Column;
import dev.weft.planner.spi.ModelSignature.Task;
import dev.weft.spark.predict.PredictLayout;
import dev.weft.spark.predict.RowAnswers;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataType;
import scala.reflect.ClassTag$;

/** Answers of an MLlib model, computed in the task itself. */
public final class MllibAnswers implements RowAnswers {

  private static final long serialVersionUID = 1L;

  private final Broadcast<Scorer> scorer;
  private final PredictLayout layout;
  private final List<Object> classes;
  private final boolean classification;

  private MllibAnswers(
      Broadcast<Scorer> scorer,
      PredictLayout layout,
      List<Object> classes,
      boolean classification) {
    this.scorer = scorer;
    this.layout = layout;
    this.classes = classes;
    this.classification = classification;
  }

  /** Loads a model and makes it known to the executors. */
  public static RowAnswers of(
      ModelFiles files, PredictLayout layout, SparkContext context, Run run) {
    Scorer scorer = Scorer.load(files, run);
    String type = files.signature().label().map(Column::type).orElse("double");
    List<Object> values = new ArrayList<>();
    for (Object value : ClassValues.of(scorer.classes(), type)) {
      values.add(
          CatalystTypeConverters.createToCatalystConverter(DataType.fromDDL(type)).apply(value));
    }
    return new MllibAnswers(
        context.broadcast(scorer, ClassTag$.MODULE$.apply(Scorer.class)),
        layout,
        values,
        files.signature().task() == Task.CLASSIFICATION);
  }

  @Override
  public Iterator<InternalRow> answer(Iterator<InternalRow> rows, TaskContext task) {
    return new ScoredRows(rows, scorer.value(), layout, classes, classification);
  }
}
