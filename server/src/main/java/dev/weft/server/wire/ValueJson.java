package dev.weft.server.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parameter values as JSON that keeps their types. */
public final class ValueJson {

  private ValueJson() {}

  /** Writes values in order. */
  public static ArrayNode write(List<?> values) {
    ArrayNode array = Json.object().arrayNode();
    for (Object value : values) {
      array.add(Json.object().put("type", type(value)).put("value", text(value)));
    }
    return array;
  }

  /** Reads values in order; null is one of them. */
  @SuppressWarnings("NullAway")
  public static List<Object> read(JsonNode array) {
    List<Object> values = new ArrayList<>();
    array.forEach(node -> values.add(value(node.path("type").asText(), node.path("value"))));
    return values;
  }

  private static String type(@Nullable Object value) {
    return value == null ? "null" : value instanceof byte[] ? "binary" : value.getClass().getName();
  }

  private static @Nullable String text(@Nullable Object value) {
    if (value instanceof byte[] bytes) {
      return Base64.getEncoder().encodeToString(bytes);
    }
    return value == null ? null : value.toString();
  }

  private static @Nullable Object value(String type, JsonNode node) {
    String text = node.asText();
    return switch (type) {
      case "null" -> null;
      case "binary" -> Base64.getDecoder().decode(text);
      case "java.lang.Boolean" -> Boolean.valueOf(text);
      case "java.lang.Integer" -> Integer.valueOf(text);
      case "java.lang.Long" -> Long.valueOf(text);
      case "java.lang.Double" -> Double.valueOf(text);
      case "java.math.BigDecimal" -> new BigDecimal(text);
      case "java.time.LocalDate" -> LocalDate.parse(text);
      case "java.time.LocalDateTime" -> LocalDateTime.parse(text);
      case "java.time.Instant" -> Instant.parse(text);
      default -> text;
    };
  }
}
