package dev.weft.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.planner.spi.ModelSignature.Feature;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One JSON value as the value of a feature; null is legal for every kind. */
final class FeatureReader {

  private static final Set<String> WHOLE = Set.of("tinyint", "smallint", "int", "bigint");

  private FeatureReader() {}

  /** The value as predictors take it: Double, Boolean, String, a List of them, bytes, or null. */
  static @Nullable Object read(JsonNode node, Feature feature, int row) {
    if (node.isNull()) {
      return null;
    }
    Optional<Object> value =
        switch (feature.kind()) {
          case NUMBER -> number(node, WHOLE.contains(type(feature)));
          case BOOLEAN -> node.isBoolean() ? Optional.of(node.booleanValue()) : Optional.empty();
          case CATEGORY, TEXT ->
              node.isTextual() ? Optional.of(node.textValue()) : Optional.empty();
          case DATETIME -> TimeReader.seconds(node, type(feature));
          case NUMBERS -> list(node, element -> number(element, false));
          case TEXTS ->
              list(
                  node,
                  element ->
                      element.isTextual() ? Optional.of(element.textValue()) : Optional.empty());
          case IMAGE -> ImageReader.file(node);
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

  /** Null elements are legal, as null itself is. */
  private static Optional<Object> list(JsonNode node, Function<JsonNode, Optional<Object>> read) {
    List<@Nullable Object> values = new ArrayList<>();
    for (JsonNode element : node) {
      Optional<Object> value = read.apply(element);
      if (value.isEmpty() && !element.isNull()) {
        return Optional.empty();
      }
      values.add(value.orElse(null));
    }
    return node.isArray() ? Optional.of(values) : Optional.empty();
  }

  private static String wanted(Feature feature) {
    return switch (feature.kind()) {
      case NUMBER -> WHOLE.contains(type(feature)) ? "a whole number" : "a number";
      case BOOLEAN -> "true or false";
      case CATEGORY, TEXT -> "a text";
      case NUMBERS -> "an array of numbers";
      case TEXTS -> "an array of texts";
      case IMAGE -> ImageReader.WANTED;
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
