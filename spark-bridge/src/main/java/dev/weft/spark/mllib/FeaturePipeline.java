package dev.weft.spark.mllib;

import static org.apache.spark.ml.functions.array_to_vector;
import static org.apache.spark.sql.functions.array_repeat;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.nanvl;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.transform;

import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Span;
import dev.weft.planner.spi.ModelSignature;
import dev.weft.planner.spi.ModelSignature.FeatureKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.Imputer;
import org.apache.spark.ml.feature.OneHotEncoder;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.feature.StringIndexerModel;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.feature.VectorSizeHint;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The stages that make a vector of a row: categories become one slot each, with one more for those
 * never seen and for nulls; a number that is null becomes the median; an array of numbers has one
 * place for each.
 */
final class FeaturePipeline implements FeatureStages {

  /** Beyond the commonest, categories count as never seen. */
  private static final int MAX_CATEGORIES = 1000;

  private static final String TEXT = "_text";
  private static final String INDEX = "_index";
  private static final String SLOTS = "_slots";
  private static final String FILLED = "_filled";

  private final ModelSignature signature;
  private final Dataset<Row> train;
  private final Row present;
  private final Map<String, Integer> widths;

  FeaturePipeline(ModelSignature signature, Dataset<Row> train, Span place) {
    this.signature = signature;
    this.train = train;
    List<Column> counts = new ArrayList<>();
    for (int i = 0; i < signature.features().size(); i++) {
      counts.add(count(col(MllibColumns.feature(i))));
    }
    this.present = train.select(counts.toArray(Column[]::new)).head();
    this.widths = widths(place);
  }

  /** The name of a feature's number among its values. */
  static String index(String feature) {
    return feature + INDEX;
  }

  private Map<String, Integer> widths(Span place) {
    Map<String, Integer> found = new LinkedHashMap<>();
    for (String name : features(FeatureKind.NUMBERS)) {
      Column width = size(col(name));
      Row bounds = train.filter(col(name).isNotNull()).agg(min(width), max(width)).head();
      if (bounds.getInt(0) != bounds.getInt(1) || bounds.getInt(0) == 0) {
        String feature = signature.features().get(Integer.parseInt(name.substring(1))).name();
        throw ErrorCode.TRAINING_DATA.failure(
            place,
            "the arrays of '%s' have from %d to %d numbers; a model needs the same number, from 1, in every row"
                .formatted(feature, bounds.getInt(0), bounds.getInt(1)));
      }
      found.put(name, bounds.getInt(0));
    }
    return found;
  }

  @Override
  public Dataset<Row> rows(Dataset<Row> rows) {
    Dataset<Row> all = rows;
    for (Map.Entry<String, Integer> array : widths.entrySet()) {
      Column numbers =
          transform(col(array.getKey()), number -> coalesce(nanvl(number, lit(0.0)), lit(0.0)));
      Column filled = coalesce(numbers, array_repeat(lit(0.0), array.getValue()));
      all = all.withColumn(array.getKey(), array_to_vector(filled));
    }
    return all;
  }

  @Override
  public List<PipelineStage> stages() {
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
          new OneHotEncoder("slots")
              .setInputCols(with(texts, INDEX))
              .setOutputCols(with(texts, SLOTS))
              .setDropLast(false));
      inputs.addAll(List.of(with(texts, SLOTS)));
    }
    List<String> numbers = new ArrayList<>(features(FeatureKind.NUMBER));
    numbers.addAll(features(FeatureKind.DATETIME));
    if (!numbers.isEmpty()) {
      stages.add(
          new Imputer("filled")
              .setInputCols(numbers.toArray(String[]::new))
              .setOutputCols(with(numbers, FILLED))
              .setStrategy("median"));
      inputs.addAll(List.of(with(numbers, FILLED)));
    }
    widths.forEach(
        (name, width) ->
            stages.add(
                new VectorSizeHint("size_" + name)
                    .setInputCol(name)
                    .setSize(width)
                    .setHandleInvalid("error")));
    inputs.addAll(widths.keySet());
    stages.add(
        new VectorAssembler("vector")
            .setInputCols(inputs.toArray(String[]::new))
            .setOutputCol(MllibColumns.FEATURES));
    return stages;
  }

  @Override
  public List<String> empty() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < signature.features().size(); i++) {
      if (present.getLong(i) == 0) {
        names.add(signature.features().get(i).name());
      }
    }
    return names;
  }

  static StringIndexerModel labelIndexer(List<String> classes) {
    return new StringIndexerModel("label", classes.toArray(String[]::new))
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
    return new SQLTransformer("text").setStatement(select + " FROM __THIS__");
  }

  private StringIndexerModel indexer(List<String> texts, List<String> booleans) {
    Dataset<Row> rows = train;
    for (String name : booleans) {
      rows = rows.withColumn(name + TEXT, col(name).cast("string"));
    }
    StringIndexerModel all =
        new StringIndexer("index")
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
    return new StringIndexerModel("index", labels)
        .setInputCols(texts.toArray(String[]::new))
        .setOutputCols(with(texts, INDEX))
        .setHandleInvalid("keep");
  }

  private static String[] with(List<String> names, String suffix) {
    return names.stream().map(name -> name + suffix).toArray(String[]::new);
  }
}
