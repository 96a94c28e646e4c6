package dev.weft.spark.mllib;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Span;
import dev.weft.grammar.WeftException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** One weight for each row, from its column and its class. */
final class RowWeights {

  private static final int SHOWN = 20;

  private final List<String> classes;
  private final Span place;

  RowWeights(List<String> classes, Span place) {
    this.classes = classes;
    this.place = place;
  }

  /** The rows with the weights in {@link MllibColumns#WEIGHT}, where there are any. */
  Dataset<Row> on(Dataset<Row> train, String classWeight) {
    if (MllibColumns.has(train, MllibColumns.WEIGHT)) {
      check(train);
    }
    if (classWeight.isEmpty()) {
      return train;
    }
    Column weight = lit(1.0);
    double[] weights = ofClasses(train, classWeight);
    for (int i = 0; i < weights.length; i++) {
      Column is = col(MllibColumns.LABEL_TEXT).equalTo(classes.get(i));
      weight = when(is, weights[i]).otherwise(weight);
    }
    return train.withColumn(
        MllibColumns.WEIGHT,
        MllibColumns.has(train, MllibColumns.WEIGHT)
            ? weight.multiply(col(MllibColumns.WEIGHT))
            : weight);
  }

  private void check(Dataset<Row> train) {
    Column weight = col(MllibColumns.WEIGHT);
    Column good = weight.geq(0).and(weight.lt(Double.POSITIVE_INFINITY));
    Row found =
        train
            .agg(
                count_if(org.apache.spark.sql.functions.coalesce(good, lit(false)).equalTo(false)),
                sum(weight))
            .head();
    if (found.getLong(0) > 0) {
      throw wrong(
          "the weight_column has "
              + found.getLong(0)
              + " values that are null, negative or not finite");
    }
    if (found.getDouble(1) <= 0) {
      throw wrong("the weight_column is 0 in all rows");
    }
  }

  private double[] ofClasses(Dataset<Row> train, String text) {
    double[] weights = new double[classes.size()];
    Arrays.fill(weights, 1);
    if (text.equals("balanced")) {
      List<Row> counts = train.groupBy(MllibColumns.LABEL_TEXT).count().collectAsList();
      long rows = counts.stream().mapToLong(row -> row.getLong(1)).sum();
      for (Row row : counts) {
        weights[classes.indexOf(row.getString(0))] =
            (double) rows / (classes.size() * row.getLong(1));
      }
      return weights;
    }
    for (String part : text.split(",", -1)) {
      int colon = part.lastIndexOf(':');
      int known = colon < 0 ? -1 : classes.indexOf(part.substring(0, colon).strip());
      if (known < 0) {
        throw wrong(
            "class_weight has '%s'; write balanced, or label: weight for some of the labels %s"
                .formatted(
                    part.strip(), classes.stream().limit(SHOWN).collect(Collectors.joining(", "))));
      }
      weights[known] = number(part.substring(colon + 1).strip(), classes.get(known));
    }
    if (Arrays.stream(weights).sum() <= 0) {
      throw wrong("class_weight takes numbers from 0, and not 0 for all labels");
    }
    return weights;
  }

  private double number(String text, String label) {
    double weight;
    try {
      weight = Double.parseDouble(text);
    } catch (NumberFormatException none) {
      throw wrong("class_weight has no number for '" + label + "'");
    }
    if (!(weight >= 0 && Double.isFinite(weight))) {
      throw wrong("class_weight takes numbers from 0, and not 0 for all labels");
    }
    return weight;
  }

  private WeftException wrong(String why) {
    return ErrorCode.TRAINING_DATA.failure(place, why);
  }
}
