package dev.weft.spark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.planner.plan.PythonUdf;
import dev.weft.planner.spi.Column;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A Python function in the place where a catalog has the name of a class. */
final class StoredPython {

  private static final String MARK = "weft-python ";
  private static final ObjectMapper JSON = new ObjectMapper();

  private StoredPython() {}

  static boolean is(String text) {
    return text.startsWith(MARK);
  }

  static String write(PythonUdf function) {
    ObjectNode json =
        JSON.createObjectNode()
            .put("name", function.name())
            .put("returns", function.returns())
            .put("table", function.table())
            .put("code", function.code())
            .put("file", function.file())
            .put("line", function.line());
    var parameters = json.putArray("parameters");
    function
        .parameters()
        .forEach(p -> parameters.addObject().put("name", p.name()).put("type", p.type()));
    return MARK + json;
  }

  static PythonUdf read(String text) {
    try {
      JsonNode json = JSON.readTree(text.substring(MARK.length()));
      List<Column> parameters = new ArrayList<>();
      json.path("parameters")
          .forEach(
              p ->
                  parameters.add(
                      new Column(p.path("name").asText(), p.path("type").asText(), true)));
      return new PythonUdf(
          json.path("name").asText(),
          parameters,
          json.path("returns").asText(),
          json.path("table").asBoolean(),
          json.path("code").asText(),
          json.path("file").asText(),
          json.path("line").asInt());
    } catch (IOException broken) {
      throw new IllegalStateException("a stored Python function cannot be read", broken);
    }
  }
}
