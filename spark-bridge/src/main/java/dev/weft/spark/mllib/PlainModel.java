package dev.weft.spark.mllib;

import dev.weft.engine.model.Json;
import dev.weft.planner.spi.Column;
import dev.weft.planner.spi.ModelSignature;
import dev.weft.planner.spi.ModelSignature.Feature;
import dev.weft.planner.spi.ModelSignature.FeatureKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.classification.ClassificationModel;
import org.apache.spark.ml.feature.ImputerModel;
import org.apache.spark.ml.feature.StringIndexerModel;
import org.apache.spark.ml.feature.VectorAssembler;

/** A pipeline of MLlib as one file of plain JSON, from which the Python runtime makes ONNX. */
final class PlainModel {

  private static final String FILE = "mllib.json";

  private final Map<String, Map<String, Object>> slots = new HashMap<>();
  private final List<Object> vector = new ArrayList<>();
  private final Map<String, Object> content = new LinkedHashMap<>();

  private PlainModel() {}

  /** Writes a pipeline into a folder. */
  static void write(PipelineModel pipeline, ModelSignature signature, Path folder)
      throws IOException {
    Map<String, Object> content = new PlainModel().of(pipeline, signature);
    Files.writeString(folder.resolve(FILE), Json.line(content));
  }

  private Map<String, Object> of(PipelineModel pipeline, ModelSignature signature) {
    for (Feature feature : signature.features()) {
      if (feature.kind() == FeatureKind.NUMBERS) {
        throw new IllegalStateException(
            "'"
                + feature.name()
                + "' is an array, and a file of ONNX takes one number or text a feature here; write"
                + " FORMAT weft");
      }
    }
    content.put("signature", plain(signature));
    content.put("classes", List.of());
    for (Transformer stage : pipeline.stages()) {
      if (stage instanceof StringIndexerModel indexer) {
        index(indexer, signature);
      } else if (stage instanceof ImputerModel imputer) {
        for (int i = 0; i < imputer.getInputCols().length; i++) {
          String input = imputer.getInputCols()[i];
          slots.put(root(input), slot(input, "fill", imputer.surrogates()[i]));
        }
      } else if (stage instanceof VectorAssembler assembler) {
        for (String input : assembler.getInputCols()) {
          vector.add(Objects.requireNonNull(slots.get(root(input))));
        }
      }
    }
    content.put("slots", vector);
    int classes = ((List<?>) Objects.requireNonNull(content.get("classes"))).size();
    Transformer last = pipeline.stages()[pipeline.stages().length - 1];
    content.put("model", PlainParts.of(last, classes));
    if (last instanceof ClassificationModel<?, ?> classifier) {
      ClassModel.chosen(classifier).ifPresent(value -> content.put("threshold", value));
    }
    return content;
  }

  /** One indexer has the texts of all features, another the labels. */
  private void index(StringIndexerModel indexer, ModelSignature signature) {
    if (!indexer.isSet(indexer.inputCols())) {
      String type = signature.label().map(Column::type).orElse("string");
      content.put("classes", ClassValues.of(List.of(indexer.labelsArray()[0]), type));
      return;
    }
    for (int i = 0; i < indexer.getInputCols().length; i++) {
      String input = indexer.getInputCols()[i];
      slots.put(root(input), slot(input, "texts", indexer.labelsArray()[i]));
    }
  }

  private static Map<String, Object> slot(String column, String kind, Object value) {
    return Map.of("feature", Integer.parseInt(root(column).substring(1)), kind, value);
  }

  /** {@code f3_text_slots} belongs to {@code f3}. */
  private static String root(String column) {
    int end = column.indexOf('_');
    return end < 0 ? column : column.substring(0, end);
  }

  private static Map<String, Object> plain(ModelSignature signature) {
    Optional<Column> label = signature.label();
    List<Map<String, String>> features =
        signature.features().stream()
            .map(
                feature ->
                    Map.of(
                        "name",
                        feature.name(),
                        "type",
                        feature.type(),
                        "kind",
                        feature.kind().name().toLowerCase(Locale.ROOT)))
            .toList();
    return Map.of(
        "algorithm",
        signature.algorithm(),
        "task",
        signature.task().name().toLowerCase(Locale.ROOT),
        "features",
        features,
        "label",
        label.map(Column::name).orElse(""),
        "label_type",
        label.map(Column::type).orElse(""));
  }
}
