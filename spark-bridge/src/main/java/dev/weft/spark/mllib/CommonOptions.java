package dev.weft.spark.mllib;

import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Span;
import dev.weft.grammar.WeftException;
import dev.weft.planner.spi.ModelSignature.Task;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The options that all algorithms have, here as on Ray.
 *
 * @param method how rows are split: random, stratified, time or grouped
 * @param classWeight {@code balanced}, or weights by label; empty for none
 * @param folds of a cross-validation; 0 for none
 */
record CommonOptions(String method, String classWeight, int folds, OptionalDouble threshold) {

  /** Their names; the rest are an algorithm's own. */
  static final List<String> NAMES =
      List.of(
          "split_method",
          "group_column",
          "time_column",
          "weight_column",
          "class_weight",
          "cv_folds",
          "threshold");

  static CommonOptions of(Map<String, Object> options) {
    String implied = options.containsKey("group_column") ? "grouped" : "random";
    implied = options.containsKey("time_column") ? "time" : implied;
    Object threshold = options.get("threshold");
    return new CommonOptions(
        options.getOrDefault("split_method", implied).toString(),
        options.getOrDefault("class_weight", "").toString(),
        ((Number) options.getOrDefault("cv_folds", 0L)).intValue(),
        threshold == null
            ? OptionalDouble.empty()
            : OptionalDouble.of(((Number) threshold).doubleValue()));
  }

  /** Says what does not go with the task. */
  void check(Task task, Span place) {
    boolean classification = task == Task.CLASSIFICATION;
    if (!classification && !classWeight.isEmpty()) {
      throw wrong(place, "class_weight is for classification; leave it out, or use weight_column");
    }
    if (!classification && method.equals("stratified")) {
      throw wrong(place, "split_method 'stratified' is for classification; write 'random'");
    }
    if (!classification && threshold.isPresent()) {
      throw wrong(place, "threshold is for a label with two values; leave it out");
    }
    if (folds == 1) {
      throw wrong(
          place, "cv_folds is 1, and cross-validation takes at least 2; leave it out for none");
    }
  }

  /** Says what does not go with the label's values. */
  void checkClasses(List<String> classes, Span place) {
    if (threshold.isPresent() && classes.size() != 2) {
      throw wrong(place, "threshold is for a label with two values; leave it out");
    }
  }

  private static WeftException wrong(Span place, String why) {
    return ErrorCode.TRAINING_DATA.failure(place, why);
  }
}
