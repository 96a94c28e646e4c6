package dev.weft.server.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.engine.Names;
import java.io.IOException;

/** Messages as bytes of JSON. */
public final class Json {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  /** A new message. */
  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** The bytes of a message. */
  public static byte[] write(JsonNode message) {
    try {
      return MAPPER.writeValueAsBytes(message);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The message in the bytes. */
  public static JsonNode read(byte[] bytes) {
    try {
      return MAPPER.readTree(bytes);
    } catch (IOException notJson) {
      throw new IllegalArgumentException("the message is not JSON", notJson);
    }
  }

  /** Names as a message. */
  public static JsonNode names(Names names) {
    return MAPPER.valueToTree(names);
  }

  /** The names in a message. */
  public static Names names(JsonNode message) {
    try {
      return MAPPER.treeToValue(message, Names.class);
    } catch (JsonProcessingException notNames) {
      throw new IllegalArgumentException("the message holds no names", notNames);
    }
  }
}
