package dev.weft.engine.spi;

import java.util.List;
import java.util.Map;

/** A model that answers rows given as maps; safe for use by several threads. */
public interface RowPredictor extends AutoCloseable {

  /**
   * Answers in the order of the rows.
   *
   * @param rows feature name to value: Double, Boolean, String, a List of Double or String, a byte
   *     array, or null, as the feature's kind asks
   * @return per row the prediction columns by name: the label's type, Double, Integer, List of
   *     Double, or Map of label or word to Double
   */
  List<Map<String, Object>> predict(List<Map<String, Object>> rows);

  @Override
  void close();
}
