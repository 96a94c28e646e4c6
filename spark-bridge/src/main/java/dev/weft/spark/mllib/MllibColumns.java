package dev.weft.spark.mllib;

import static org.apache.spark.sql.functions.col;

import dev.weft.engine.spi.TrainingData;
import dev.weft.planner.spi.ModelSignature;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The names of columns inside a pipeline: MLlib takes a dot in a name for a field of a struct, so
 * the user's names do not go in.
 */
final class MllibColumns {

  static final String LABEL = "label";
  static final String LABEL_TEXT = "label_text";
  static final String LABEL_INDEX = "label_index";
  static final String FEATURES = "features";

  private MllibColumns() {}

  static String feature(int position) {
    return "f" + position;
  }

  /** Features, label, its text and the order. */
  static Dataset<Row> renamed(Dataset<Row> rows, ModelSignature signature) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < signature.features().size(); i++) {
      names.add(feature(i));
    }
    names.add(LABEL);
    names.add(TrainingData.ORDER);
    return rows.toDF(names.toArray(String[]::new))
        .withColumn(LABEL_TEXT, col(LABEL).cast("string"));
  }

  static Column[] order(Dataset<Row> rows) {
    List<Column> columns = new ArrayList<>();
    columns.add(col(TrainingData.ORDER));
    for (String name : rows.columns()) {
      if (!name.equals(TrainingData.ORDER)) {
        columns.add(col(name));
      }
    }
    return columns.toArray(Column[]::new);
  }

  /** The labels as text, in the order of their own type. */
  static List<String> labels(Dataset<Row> rows) {
    return rows.select(LABEL, LABEL_TEXT).distinct().orderBy(LABEL).collectAsList().stream()
        .map(row -> row.getString(1))
        .toList();
  }
}
