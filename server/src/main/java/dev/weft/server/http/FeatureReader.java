package dev.weft.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.planner.spi.ModelSignature.Feature;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One JSON value as the value of a feature; null is legal for every kind. */
final class FeatureReader {

  private static final Set<String> WHOLE = Set.of("tinyint", "smallint", "int", "bigint");

  private FeatureReader() {}

  /** The value as predictors take it: Double, Boolean, String or null. */
  static @Nullable Object read(JsonNode node, Feature feature, int row) {
    if (node.isNull()) {
      return null;
    }
    Optional<Object> value =
        switch (feature.kind()) {
          case NUMBER -> number(node, WHOLE.contains(type(feature)));
          case BOOLEAN -> node.isBoolean() ? Optional.of(node.booleanValue()) : Optional.empty();
          case CATEGORY -> node.isTextual() ? Optional.of(node.textValue()) : Optional.empty();
          case DATETIME -> TimeReader.seconds(node, type(feature));
        };
    return value.orElseThrow(
        () ->
            new HttpFailure(
                Problem.WRONG_TYPE,
                "row %d: the field '%s' takes %s, not %s"
                    .formatted(row, feature.name(), wanted(feature), given(node)),
                row,
                Optional.of(feature.name())));
  }

  private static Optional<Object> number(JsonNode node, boolean whole) {
    double value = node.isNumber() ? node.doubleValue() : Double.NaN;
    boolean legal = Double.isFinite(value) && (!whole || value == Math.rint(value));
    return legal ? Optional.of(value) : Optional.empty();
  }

  private static String wanted(Feature feature) {
    return switch (feature.kind()) {
      case NUMBER -> WHOLE.contains(type(feature)) ? "a whole number" : "a number";
      case BOOLEAN -> "true or false";
      case CATEGORY -> "a text";
      case DATETIME -> TimeReader.wanted(type(feature));
    };
  }

  private static String type(Feature feature) {
    return feature.type().toLowerCase(Locale.ROOT);
  }

  private static String given(JsonNode node) {
    String text = node.toString();
    return text.length() > 40 ? text.substring(0, 40) + "…" : text;
  }
}
