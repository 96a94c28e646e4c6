package dev.weft.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.planner.spi.ModelSignature.Feature;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
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
          case NUMBER -> number(node, WHOLE.contains(feature.type().toLowerCase(Locale.ROOT)));
          case BOOLEAN -> node.isBoolean() ? Optional.of(node.booleanValue()) : Optional.empty();
          case CATEGORY -> node.isTextual() ? Optional.of(node.textValue()) : Optional.empty();
          case DATETIME -> node.isNumber() ? number(node, false) : time(node.asText());
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

  /** Seconds since 1970; a time without offset is one of this machine, as in Spark. */
  private static Optional<Object> time(String text) {
    String iso = text.trim().replace(' ', 'T');
    try {
      if (!iso.contains("T")) {
        return Optional.of((double) LocalDate.parse(iso).atStartOfDay().toEpochSecond(zone(iso)));
      }
      boolean offset = iso.matches(".*(Z|[+-]\\d\\d:?\\d\\d)$");
      OffsetDateTime time =
          offset
              ? OffsetDateTime.parse(iso)
              : LocalDateTime.parse(iso).atZone(ZoneId.systemDefault()).toOffsetDateTime();
      return Optional.of(time.toEpochSecond() + time.getNano() / 1e9);
    } catch (DateTimeException notTime) {
      return Optional.empty();
    }
  }

  private static ZoneOffset zone(String date) {
    return ZoneId.systemDefault().getRules().getOffset(LocalDate.parse(date).atStartOfDay());
  }

  private static String wanted(Feature feature) {
    return switch (feature.kind()) {
      case NUMBER ->
          WHOLE.contains(feature.type().toLowerCase(Locale.ROOT)) ? "a whole number" : "a number";
      case BOOLEAN -> "true or false";
      case CATEGORY -> "a text";
      case DATETIME -> "a date or time such as \"2001-01-14 14:10:00\"";
    };
  }

  private static String given(JsonNode node) {
    String text = node.toString();
    return text.length() > 40 ? text.substring(0, 40) + "…" : text;
  }
}
