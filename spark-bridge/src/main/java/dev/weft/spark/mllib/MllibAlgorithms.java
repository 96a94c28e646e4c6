package dev.weft.spark.mllib;

import dev.weft.planner.AlgorithmDeclaration;
import dev.weft.planner.AlgorithmDeclaration.OptionDeclaration;
import dev.weft.planner.AlgorithmDeclarations;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.Params;

/** The algorithms declared here, and their options as MLlib's parameters. */
final class MllibAlgorithms {

  private static final List<OptionDeclaration> COMMON =
      AlgorithmDeclarations.options(file("common_options"));

  static final List<AlgorithmDeclaration> DECLARED =
      Estimators.NAMES.stream()
          .map(name -> AlgorithmDeclarations.read(file(name), COMMON))
          .toList();

  private MllibAlgorithms() {}

  private static InputStream file(String name) {
    return Objects.requireNonNull(
        MllibAlgorithms.class.getResourceAsStream("/dev/weft/spark/algorithms/" + name + ".json"));
  }

  static AlgorithmDeclaration declared(String name) {
    return DECLARED.stream().filter(d -> d.name().equals(name)).findFirst().orElseThrow();
  }

  /** The user's options as parameters of the stages that have them, with the seed. */
  static ParamMap parameters(
      AlgorithmDeclaration algorithm,
      List<Estimator<?>> stages,
      Map<String, Object> options,
      long seed) {
    ParamMap parameters = new ParamMap();
    for (OptionDeclaration option : algorithm.options()) {
      Object value = options.get(option.name());
      if (value != null) {
        param(stages, option).ifPresent(found -> put(parameters, found.param(), value));
      }
    }
    for (Estimator<?> stage : stages) {
      if (stage.hasParam("seed")) {
        put(parameters, stage.getParam("seed"), seed);
      }
    }
    return parameters;
  }

  /** Every option with the value that training used; the common ones where they were set. */
  static Map<String, Object> effective(
      AlgorithmDeclaration algorithm,
      List<Estimator<?>> stages,
      ParamMap set,
      Map<String, Object> options) {
    Map<String, Object> values = new TreeMap<>();
    for (OptionDeclaration option : algorithm.options()) {
      param(stages, option)
          .map(found -> found.owner().extractParamMap(set).get(found.param()))
          .filter(scala.Option::isDefined)
          .ifPresent(value -> values.put(option.name(), value.get()));
    }
    CommonOptions.NAMES.forEach(
        name -> Optional.ofNullable(options.get(name)).ifPresent(v -> values.put(name, v)));
    return values;
  }

  /** MLlib's parameter for an option: by its name in camel case, or else by an alias. */
  private static Optional<Found> param(List<Estimator<?>> stages, OptionDeclaration option) {
    if (CommonOptions.NAMES.contains(option.name())) {
      return Optional.empty();
    }
    List<String> names =
        Stream.concat(Stream.of(camel(option.name())), option.aliases().stream()).toList();
    return stages.stream()
        .flatMap(
            stage ->
                names.stream()
                    .filter(stage::hasParam)
                    .map(name -> new Found(stage, stage.getParam(name))))
        .findFirst();
  }

  private record Found(Params owner, Param<Object> param) {}

  @SuppressWarnings("unchecked")
  static void put(ParamMap map, Param<?> param, Object value) {
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
