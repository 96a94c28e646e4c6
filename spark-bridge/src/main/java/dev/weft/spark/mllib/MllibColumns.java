package dev.weft.spark.mllib;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import dev.weft.engine.spi.TrainingData;
import dev.weft.planner.spi.ModelSignature;
import dev.weft.planner.spi.ModelSignature.FeatureKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * The names of columns inside a pipeline: MLlib takes a dot in a name for a field of a struct, so
 * the user's names do not go in.
 */
final class MllibColumns {

  static final String LABEL = "label";
  static final String LABEL_TEXT = "label_text";
  static final String LABEL_INDEX = "label_index";
  static final String FEATURES = "features";
  static final String WORDS = "words";
  static final String COUNTS = "counts";
  static final String ANSWER = "prediction";

  /** As the planner names them. */
  static final String WEIGHT = "__weft_weight";

  static final String GROUP = "__weft_group";
  static final String TIME = "__weft_time";

  private static final String COPY = "copy";

  private MllibColumns() {}

  static String feature(int position) {
    return "f" + position;
  }

  /** Features, the label and its text, what splits and weighs, and the order. */
  static Dataset<Row> renamed(Dataset<Row> rows, ModelSignature signature) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < signature.features().size(); i++) {
      names.add(feature(i));
    }
    signature.label().ifPresent(label -> names.add(LABEL));
    List<String> given = Arrays.asList(rows.columns());
    names.addAll(given.subList(names.size(), given.size()));
    Dataset<Row> renamed = filled(rows.toDF(names.toArray(String[]::new)), signature);
    return signature.label().isEmpty()
        ? renamed
        : renamed.withColumn(LABEL_TEXT, col(LABEL).cast("string"));
  }

  /** A text that is null has no words, an array that is null no elements. */
  private static Dataset<Row> filled(Dataset<Row> rows, ModelSignature signature) {
    Dataset<Row> filled = rows;
    for (int i = 0; i < signature.features().size(); i++) {
      FeatureKind kind = signature.features().get(i).kind();
      Column column = col(feature(i));
      if (kind == FeatureKind.TEXT) {
        filled = filled.withColumn(feature(i), coalesce(column, lit("")));
      } else if (kind == FeatureKind.TEXTS) {
        Column words = transform(column, word -> coalesce(word, lit("")));
        filled = filled.withColumn(feature(i), coalesce(words, array().cast("array<string>")));
      }
    }
    return filled;
  }

  /**
   * Equal rows have one hash. Only the first of them keeps it as its order, each further one draws
   * its own from the hash and its number: were they to stay together, a row's copies would all be
   * held out or all be learnt from. The runtime on Ray draws the same.
   */
  static Dataset<Row> drawn(Dataset<Row> rows) {
    Column order = col(TrainingData.ORDER);
    Column copy =
        row_number()
            .over(Window.partitionBy(order).orderBy(MllibColumns.order(rows)))
            .cast("bigint");
    return rows.withColumn(COPY, copy)
        .withColumn(
            TrainingData.ORDER, when(col(COPY).gt(1), xxhash64(order, col(COPY))).otherwise(order))
        .drop(COPY);
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

  static boolean has(Dataset<Row> rows, String column) {
    return Arrays.asList(rows.columns()).contains(column);
  }
}
