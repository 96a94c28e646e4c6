package dev.weft.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.engine.spi.EndpointServer.Served;
import dev.weft.planner.PredictionColumns;
import dev.weft.planner.spi.Column;
import dev.weft.planner.spi.ModelSignature.Feature;
import dev.weft.server.wire.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The bodies of good answers. */
final class Replies {

  private Replies() {}

  /** Each row as it was sent, then the columns that PREDICT adds. */
  static byte[] predictions(RequestRows rows, List<Map<String, Object>> answers, Served served) {
    if (answers.size() != rows.asSent().size()) {
      throw new IllegalStateException(
          "the model answered %d of %d rows".formatted(answers.size(), rows.asSent().size()));
    }
    List<Column> columns = PredictionColumns.of(served.signature());
    ArrayNode array = Json.object().arrayNode();
    for (int row = 0; row < answers.size(); row++) {
      ObjectNode reply = rows.asSent().get(row);
      for (Column column : columns) {
        put(reply, column.name(), answers.get(row).get(column.name()));
      }
      array.add(reply);
    }
    return Json.write(array);
  }

  /** What an endpoint takes and gives. */
  static byte[] signature(String endpoint, Served served) {
    ObjectNode reply =
        Json.object()
            .put("endpoint", endpoint)
            .put("model", served.model())
            .put("version", served.version())
            .put("algorithm", served.signature().algorithm())
            .put("task", served.signature().task().name().toLowerCase(Locale.ROOT));
    ArrayNode features = reply.putArray("features");
    for (Feature feature : served.signature().inputs()) {
      features
          .addObject()
          .put("name", feature.name())
          .put("type", feature.type())
          .put("kind", feature.kind().name().toLowerCase(Locale.ROOT));
    }
    ArrayNode answers = reply.putArray("answers");
    for (Column column : PredictionColumns.of(served.signature())) {
      answers.addObject().put("name", column.name()).put("type", column.type());
    }
    return Json.write(reply);
  }

  private static void put(ObjectNode row, String name, @Nullable Object value) {
    if (value == null) {
      row.putNull(name);
    } else if (value instanceof Map<?, ?> map) {
      ObjectNode members = row.putObject(name);
      TreeMap<String, Object> sorted = new TreeMap<>();
      map.forEach((label, probability) -> sorted.put(String.valueOf(label), probability));
      sorted.forEach((label, probability) -> put(members, label, probability));
    } else if (value instanceof List<?> list) {
      ArrayNode elements = row.putArray(name);
      list.forEach(number -> elements.add(((Number) number).doubleValue()));
    } else if (value instanceof Boolean bool) {
      row.put(name, bool);
    } else if (value instanceof Double number) {
      row.put(name, number);
    } else if (value instanceof Number number) {
      row.put(name, number.longValue());
    } else {
      row.put(name, value.toString());
    }
  }
}
