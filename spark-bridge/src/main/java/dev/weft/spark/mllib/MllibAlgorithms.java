package dev.weft.spark.mllib;

import dev.weft.planner.AlgorithmDeclaration;
import dev.weft.planner.AlgorithmDeclaration.OptionDeclaration;
import dev.weft.planner.AlgorithmDeclarations;
import dev.weft.planner.spi.ModelSignature.Task;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.spark.ml.Predictor;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.RandomForestClassifier;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.regression.LinearRegression;
import org.apache.spark.ml.regression.RandomForestRegressor;

/** The algorithms declared here, and MLlib's estimators for them. */
final class MllibAlgorithms {

  static final List<AlgorithmDeclaration> DECLARED =
      List.of(read("random_forest"), read("logistic_regression"), read("linear_regression"));

  private MllibAlgorithms() {}

  private static AlgorithmDeclaration read(String name) {
    InputStream file =
        MllibAlgorithms.class.getResourceAsStream("/dev/weft/spark/algorithms/" + name + ".json");
    return AlgorithmDeclarations.read(Objects.requireNonNull(file));
  }

  static AlgorithmDeclaration declared(String name) {
    return DECLARED.stream().filter(d -> d.name().equals(name)).findFirst().orElseThrow();
  }

  static Predictor<?, ?, ?> estimator(String name, Task task) {
    return switch (name) {
      case "random_forest" ->
          task == Task.CLASSIFICATION ? new RandomForestClassifier() : new RandomForestRegressor();
      case "logistic_regression" -> new LogisticRegression();
      case "linear_regression" -> new LinearRegression();
      default -> throw new IllegalArgumentException("no MLlib algorithm " + name);
    };
  }

  /** The user's options as MLlib's parameters, with the seed where there is one. */
  static ParamMap parameters(Predictor<?, ?, ?> estimator, Map<String, Object> options, long seed) {
    ParamMap parameters = new ParamMap();
    options.forEach(
        (name, value) -> {
          if (!name.equals("task")) {
            put(parameters, estimator.getParam(camel(name)), value);
          }
        });
    if (estimator.hasParam("seed")) {
      put(parameters, estimator.getParam("seed"), seed);
    }
    return parameters;
  }

  /** Every declared option with the value that training used. */
  static Map<String, Object> effective(
      AlgorithmDeclaration algorithm, Predictor<?, ?, ?> estimator, ParamMap set) {
    ParamMap all = estimator.extractParamMap(set);
    Map<String, Object> values = new TreeMap<>();
    for (OptionDeclaration option : algorithm.options()) {
      Param<Object> param = estimator.getParam(camel(option.name()));
      if (all.contains(param)) {
        values.put(option.name(), all.apply(param));
      }
    }
    return values;
  }

  @SuppressWarnings("unchecked")
  private static void put(ParamMap map, Param<?> param, Object value) {
    Param<Object> any = (Param<Object>) param;
    if (any instanceof IntParam) {
      map.put(any, Math.toIntExact(((Number) value).longValue()));
    } else if (any instanceof LongParam) {
      map.put(any, ((Number) value).longValue());
    } else if (any instanceof DoubleParam) {
      map.put(any, ((Number) value).doubleValue());
    } else {
      map.put(any, value);
    }
  }

  /** {@code num_trees} is MLlib's {@code numTrees}. */
  static String camel(String name) {
    String[] parts = name.split("_");
    StringBuilder camel = new StringBuilder(parts[0]);
    for (int i = 1; i < parts.length; i++) {
      camel.append(parts[i].substring(0, 1).toUpperCase(Locale.ROOT)).append(parts[i].substring(1));
    }
    return camel.toString();
  }
}
