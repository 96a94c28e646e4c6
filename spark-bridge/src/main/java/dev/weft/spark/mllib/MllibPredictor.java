package dev.weft.spark.mllib;

import dev.weft.engine.spi.RowPredictor;
import dev.weft.planner.PredictionColumns;
import dev.weft.planner.spi.Column;
import dev.weft.planner.spi.ModelSignature;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers for single rows, in this thread. */
final class MllibPredictor implements RowPredictor {

  private final RowModel model;
  private final ModelSignature signature;
  private final List<Column> columns;

  MllibPredictor(RowModel model, ModelSignature signature) {
    this.model = model;
    this.signature = signature;
    this.columns = PredictionColumns.of(signature);
  }

  @Override
  public List<Map<String, Object>> predict(List<Map<String, Object>> rows) {
    List<Map<String, Object>> answers = new ArrayList<>();
    for (Map<String, Object> row : rows) {
      answers.add(answer(model.answer(features(row))));
    }
    return answers;
  }

  private @Nullable Object[] features(Map<String, Object> row) {
    return signature.features().stream().map(f -> row.get(f.name())).toArray();
  }

  /** The port's type says nothing of nulls among the values. */
  @SuppressWarnings("NullAway")
  private Map<String, Object> answer(@Nullable Object[] values) {
    Map<String, Object> answer = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      answer.put(columns.get(i).name(), values[i]);
    }
    return answer;
  }

  @Override
  public void close() {}
}
