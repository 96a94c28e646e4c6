package dev.weft.ml;

import dev.weft.engine.spi.ArrowSink.Sent;
import dev.weft.engine.spi.ModelBackend.Metric;
import dev.weft.engine.spi.ModelBackend.Trained;
import dev.weft.engine.spi.OnnxFiles.Taken;
import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Span;
import dev.weft.ml.wire.Feature;
import dev.weft.ml.wire.FeatureKind;
import dev.weft.ml.wire.Imported;
import dev.weft.ml.wire.Receipt;
import dev.weft.ml.wire.Signature;
import dev.weft.ml.wire.Task;
import dev.weft.ml.wire.Value;
import dev.weft.planner.spi.Column;
import dev.weft.planner.spi.ModelSignature;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Between our values and messages. */
final class Messages {

  private static final Value NOTHING = Value.getDefaultInstance();

  private Messages() {}

  static Signature toWire(ModelSignature signature, Span span) {
    if (!signature.task().labelled() && signature.task() != ModelSignature.Task.CLUSTERING) {
      throw ErrorCode.NOT_AVAILABLE.failure(
          span,
          "learning of " + signature.task().name().toLowerCase(Locale.ROOT) + " on Ray",
          "use an algorithm that runs in Spark");
    }
    Signature.Builder builder =
        Signature.newBuilder()
            .setAlgorithm(signature.algorithm())
            .setTask(Task.valueOf(signature.task().name()));
    signature.label().ifPresent(label -> builder.setLabel(label.name()).setLabelType(label.type()));
    for (ModelSignature.Feature feature : signature.features()) {
      builder.addFeatures(
          Feature.newBuilder()
              .setName(feature.name())
              .setType(feature.type())
              .setKind(FeatureKind.valueOf(feature.kind().name())));
    }
    return builder.build();
  }

  static Receipt toWire(Sent sent) {
    return Receipt.newBuilder()
        .setPartition(sent.partition())
        .setAttempt(sent.attempt())
        .setRows(sent.rows())
        .setBatches(sent.batches())
        .build();
  }

  static Value toWire(@Nullable Object value) {
    Value.Builder builder = Value.newBuilder();
    if (value instanceof Boolean flag) {
      return builder.setFlag(flag).build();
    }
    if (value instanceof Long || value instanceof Integer || value instanceof Short) {
      return builder.setInteger(((Number) value).longValue()).build();
    }
    if (value instanceof Number number) {
      return builder.setNumber(number.doubleValue()).build();
    }
    return value == null ? builder.build() : builder.setText(value.toString()).build();
  }

  static Trained fromWire(dev.weft.ml.wire.Trained trained, ModelSignature signature) {
    return new Trained(
        trained.getRows(),
        trained.getHeldOut(),
        trained.getDropped(),
        trained.getMetricsList().stream().map(Messages::fromWire).toList(),
        parameters(trained.getParametersMap()),
        List.copyOf(trained.getClassesList()),
        List.copyOf(trained.getGuessList()),
        new TreeMap<>(trained.getImportancesMap()),
        new TreeMap<>(trained.getVersionsMap()),
        example(trained.getExampleMap(), signature),
        List.copyOf(trained.getWarningsList()));
  }

  /** A model that was taken in. */
  static Taken fromWire(Imported imported) {
    ModelSignature signature = fromWire(imported.getSignature());
    return new Taken(
        signature,
        List.copyOf(imported.getClassesList()),
        new TreeMap<>(imported.getVersionsMap()),
        example(imported.getExampleMap(), signature));
  }

  private static ModelSignature fromWire(Signature signature) {
    return new ModelSignature(
        signature.getAlgorithm(),
        ModelSignature.Task.valueOf(signature.getTask().name()),
        signature.getFeaturesList().stream().map(Messages::fromWire).toList(),
        Optional.of(signature.getLabel())
            .filter(label -> !label.isEmpty())
            .map(label -> new Column(label, signature.getLabelType(), true)));
  }

  private static ModelSignature.Feature fromWire(Feature feature) {
    return new ModelSignature.Feature(
        feature.getName(),
        feature.getType(),
        ModelSignature.FeatureKind.valueOf(feature.getKind().name()));
  }

  private static Metric fromWire(dev.weft.ml.wire.Metric metric) {
    return new Metric(metric.getData(), metric.getName(), metric.getValue(), metric.getBaseline());
  }

  private static Map<String, Object> parameters(Map<String, Value> values) {
    Map<String, Object> found = new TreeMap<>();
    values.forEach(
        (name, value) -> {
          Object plain = fromWire(value);
          if (plain != null) {
            found.put(name, plain);
          }
        });
    return found;
  }

  /** In the order of the features; nulls stay, since the model has seen them. */
  private static Map<String, Object> example(Map<String, Value> values, ModelSignature signature) {
    Map<String, @Nullable Object> found = new LinkedHashMap<>();
    for (ModelSignature.Feature feature : signature.features()) {
      found.put(feature.name(), fromWire(values.getOrDefault(feature.name(), NOTHING)));
    }
    return nullsIn(found);
  }

  /** The port's type says nothing of nulls among the values. */
  @SuppressWarnings({"NullAway", "unchecked"})
  private static Map<String, Object> nullsIn(Map<String, @Nullable Object> map) {
    return (Map<String, Object>) (Map<String, ?>) map;
  }

  private static @Nullable Object fromWire(Value value) {
    return switch (value.getValueCase()) {
      case NUMBER -> value.getNumber();
      case INTEGER -> value.getInteger();
      case FLAG -> value.getFlag();
      case TEXT -> value.getText();
      case VALUE_NOT_SET -> null;
    };
  }
}
