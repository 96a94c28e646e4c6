package dev.weft.spark.mllib;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;

import dev.weft.planner.spi.ModelSignature;
import dev.weft.planner.spi.ModelSignature.FeatureKind;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.Imputer;
import org.apache.spark.ml.feature.OneHotEncoder;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.feature.StringIndexerModel;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The stages that make a vector of a row: categories become one slot each, with one more for those
 * never seen and for nulls; a number that is null becomes the median.
 */
final class FeaturePipeline {

  /** Beyond the commonest, categories count as never seen. */
  private static final int MAX_CATEGORIES = 1000;

  private static final String TEXT = "_text";
  private static final String INDEX = "_index";
  private static final String SLOTS = "_slots";
  private static final String FILLED = "_filled";

  private final ModelSignature signature;
  private final Dataset<Row> train;
  private final Row present;

  FeaturePipeline(ModelSignature signature, Dataset<Row> train) {
    this.signature = signature;
    this.train = train;
    List<Column> counts = new ArrayList<>();
    for (int i = 0; i < signature.features().size(); i++) {
      counts.add(count(col(MllibColumns.feature(i))));
    }
    this.present = train.select(counts.toArray(Column[]::new)).head();
  }

  List<PipelineStage> stages() {
    List<PipelineStage> stages = new ArrayList<>();
    List<String> inputs = new ArrayList<>();
    List<String> booleans = features(FeatureKind.BOOLEAN);
    List<String> texts = new ArrayList<>(features(FeatureKind.CATEGORY));
    if (!booleans.isEmpty()) {
      SQLTransformer asText = booleansAsText(booleans);
      stages.add(asText);
      booleans.forEach(name -> texts.add(name + TEXT));
    }
    if (!texts.isEmpty()) {
      stages.add(indexer(texts, booleans));
      stages.add(
          new OneHotEncoder()
              .setInputCols(with(texts, INDEX))
              .setOutputCols(with(texts, SLOTS))
              .setDropLast(false));
      inputs.addAll(List.of(with(texts, SLOTS)));
    }
    List<String> numbers = new ArrayList<>(features(FeatureKind.NUMBER));
    numbers.addAll(features(FeatureKind.DATETIME));
    if (!numbers.isEmpty()) {
      stages.add(
          new Imputer()
              .setInputCols(numbers.toArray(String[]::new))
              .setOutputCols(with(numbers, FILLED))
              .setStrategy("median"));
      inputs.addAll(List.of(with(numbers, FILLED)));
    }
    stages.add(
        new VectorAssembler()
            .setInputCols(inputs.toArray(String[]::new))
            .setOutputCol(MllibColumns.FEATURES));
    return stages;
  }

  /** Names of features that have no value in any training row. */
  List<String> empty() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < signature.features().size(); i++) {
      if (present.getLong(i) == 0) {
        names.add(signature.features().get(i).name());
      }
    }
    return names;
  }

  static StringIndexerModel labelIndexer(List<String> classes) {
    return new StringIndexerModel(classes.toArray(String[]::new))
        .setInputCol(MllibColumns.LABEL_TEXT)
        .setOutputCol(MllibColumns.LABEL_INDEX)
        .setHandleInvalid("skip");
  }

  /** Features of a kind; one without any value tells nothing and is left out. */
  private List<String> features(FeatureKind kind) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < signature.features().size(); i++) {
      if (signature.features().get(i).kind() == kind && present.getLong(i) > 0) {
        names.add(MllibColumns.feature(i));
      }
    }
    return names;
  }

  private static SQLTransformer booleansAsText(List<String> booleans) {
    StringBuilder select = new StringBuilder("SELECT *");
    for (String name : booleans) {
      select.append(", CAST(").append(name).append(" AS STRING) AS ").append(name).append(TEXT);
    }
    return new SQLTransformer().setStatement(select + " FROM __THIS__");
  }

  private StringIndexerModel indexer(List<String> texts, List<String> booleans) {
    Dataset<Row> rows = train;
    for (String name : booleans) {
      rows = rows.withColumn(name + TEXT, col(name).cast("string"));
    }
    StringIndexerModel all =
        new StringIndexer()
            .setInputCols(texts.toArray(String[]::new))
            .setOutputCols(with(texts, INDEX))
            .setHandleInvalid("keep")
            .fit(rows);
    String[][] labels = all.labelsArray();
    for (int i = 0; i < labels.length; i++) {
      if (labels[i].length > MAX_CATEGORIES) {
        labels[i] = java.util.Arrays.copyOf(labels[i], MAX_CATEGORIES);
      }
    }
    return new StringIndexerModel(labels)
        .setInputCols(texts.toArray(String[]::new))
        .setOutputCols(with(texts, INDEX))
        .setHandleInvalid("keep");
  }

  private static String[] with(List<String> names, String suffix) {
    return names.stream().map(name -> name + suffix).toArray(String[]::new);
  }
}
