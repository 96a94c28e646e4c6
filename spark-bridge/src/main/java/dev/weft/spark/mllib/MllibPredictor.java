package dev.weft.spark.mllib;

import dev.weft.engine.spi.RowPredictor;
import dev.weft.planner.PredictionColumns;
import dev.weft.planner.spi.Column;
import dev.weft.planner.spi.ModelSignature;
import dev.weft.planner.spi.ModelSignature.Task;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers for single rows, in this thread. */
final class MllibPredictor implements RowPredictor {

  private final Scorer scorer;
  private final ModelSignature signature;
  private final List<Column> columns;
  private final List<Object> classes;

  MllibPredictor(Scorer scorer, ModelSignature signature) {
    this.scorer = scorer;
    this.signature = signature;
    this.columns = PredictionColumns.of(signature);
    this.classes =
        ClassValues.of(scorer.classes(), signature.label().map(Column::type).orElse("string"));
  }

  @Override
  public List<Map<String, Object>> predict(List<Map<String, Object>> rows) {
    List<Map<String, Object>> answers = new ArrayList<>();
    for (Map<String, Object> row : rows) {
      answers.add(answer(features(row)));
    }
    return answers;
  }

  private @Nullable Object[] features(Map<String, Object> row) {
    return signature.features().stream().map(f -> row.get(f.name())).toArray();
  }

  private Map<String, Object> answer(@Nullable Object[] features) {
    Map<String, Object> answer = new LinkedHashMap<>();
    if (signature.task() != Task.CLASSIFICATION) {
      answer.put(columns.get(0).name(), scorer.value(features));
      return answer;
    }
    double[] probabilities = scorer.probabilities(features);
    int predicted = ClassValues.likeliest(probabilities);
    Map<Object, Double> all = new LinkedHashMap<>();
    for (int i = 0; i < probabilities.length; i++) {
      all.put(classes.get(i), probabilities[i]);
    }
    answer.put(columns.get(0).name(), classes.get(predicted));
    answer.put(columns.get(1).name(), probabilities[ClassValues.shown(probabilities, predicted)]);
    answer.put(columns.get(2).name(), all);
    return answer;
  }

  @Override
  public void close() {}
}
