package dev.weft.spark.mllib;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.row_number;

import dev.weft.engine.spi.TrainingData;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** The folds of a cross-validation: pairs of rows to train and to test on. */
final class Folds {

  private static final String FOLD = "fold";
  private static final String FIRST = "first";

  private Folds() {}

  /** By time each fold learns from what was before it; groups stay whole. */
  static List<TrainingSplit> of(Dataset<Row> rows, long count, int folds, String method) {
    boolean time = method.equals("time");
    Dataset<Row> numbered = numbered(rows, count, folds, method);
    List<TrainingSplit> splits = new ArrayList<>();
    for (int i = 0; i < folds; i++) {
      int test = time ? i + 1 : i;
      Column learnt = time ? col(FOLD).lt(test) : col(FOLD).notEqual(test);
      splits.add(
          new TrainingSplit(
              PreparedRows.again(numbered.filter(learnt).drop(FOLD), count),
              PreparedRows.again(numbered.filter(col(FOLD).equalTo(test)).drop(FOLD), count)));
    }
    return splits;
  }

  private static Dataset<Row> numbered(Dataset<Row> rows, long count, int folds, String method) {
    Column order = col(TrainingData.ORDER);
    Column place = row_number().over(Window.orderBy(order)).minus(1);
    return switch (method) {
      case "time" -> {
        Column time = coalesce(col(MllibColumns.TIME), lit(Double.NEGATIVE_INFINITY));
        Column late = row_number().over(Window.orderBy(time, order)).minus(1);
        yield rows.withColumn(FOLD, part(late, count, folds + 1));
      }
      case "stratified" -> {
        Column label = row_number().over(Window.orderBy(col(MllibColumns.LABEL_TEXT), order));
        yield rows.withColumn(FOLD, label.minus(1).mod(folds));
      }
      case "grouped" -> grouped(rows, folds);
      default -> rows.withColumn(FOLD, part(place, count, folds));
    };
  }

  private static Column part(Column place, long count, int parts) {
    return floor(place.multiply(parts).divide(count));
  }

  /** Groups from large to small, to the folds in turn. */
  private static Dataset<Row> grouped(Dataset<Row> rows, int folds) {
    Dataset<Row> placed =
        rows.withColumn(
            FIRST, min(TrainingData.ORDER).over(Window.partitionBy(MllibColumns.GROUP)));
    Column turn =
        row_number().over(Window.orderBy(count(lit(1)).desc(), col(FIRST))).minus(1).mod(folds);
    Dataset<Row> turns = placed.groupBy(FIRST).agg(turn.as(FOLD));
    return placed.join(turns, FIRST).drop(FIRST);
  }
}
