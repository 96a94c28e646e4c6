package dev.weft.planner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weft.planner.AlgorithmDeclaration.OptionDeclaration;
import dev.weft.planner.AlgorithmDeclaration.OptionType;
import dev.weft.planner.spi.ModelSignature.FeatureKind;
import dev.weft.planner.spi.ModelSignature.Task;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the JSON files in which algorithms are declared. */
public final class AlgorithmDeclarations {

  private static final ObjectMapper JSON = new ObjectMapper();

  private AlgorithmDeclarations() {}

  /** Reads one declaration; the stream is closed. */
  public static AlgorithmDeclaration read(InputStream stream) {
    return read(stream, List.of());
  }

  /**
   * Reads one declaration, and adds the options that all algorithms of a runtime have, but those
   * that it names under {@code without}; the stream is closed.
   */
  public static AlgorithmDeclaration read(InputStream stream, List<OptionDeclaration> common) {
    try (stream) {
      return declaration(JSON.readTree(stream), common);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Reads a file that has options alone; the stream is closed. */
  public static List<OptionDeclaration> options(InputStream stream) {
    try (stream) {
      return list(JSON.readTree(stream).path("options"), AlgorithmDeclarations::option);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static AlgorithmDeclaration declaration(JsonNode node, List<OptionDeclaration> common) {
    List<OptionDeclaration> options = list(node.path("options"), AlgorithmDeclarations::option);
    List<String> without = list(node.path("without"), JsonNode::asText);
    common.stream().filter(option -> !without.contains(option.name())).forEach(options::add);
    return new AlgorithmDeclaration(
        text(node, "name"),
        list(node.path("aliases"), JsonNode::asText),
        text(node, "where"),
        list(node.path("tasks"), task -> Task.valueOf(upper(task.asText()))),
        text(node, "doc"),
        features(node.path("features")),
        node.path("columns").asInt(0),
        options,
        node.path("onnx").asBoolean(),
        node.path("distributed").asBoolean(),
        Optional.ofNullable(node.path("advice").textValue()),
        Optional.empty());
  }

  private static List<FeatureKind> features(JsonNode node) {
    return node.isMissingNode()
        ? FeatureKind.PLAIN
        : list(node, kind -> FeatureKind.valueOf(upper(kind.asText())));
  }

  private static OptionDeclaration option(JsonNode node) {
    OptionType type = OptionType.valueOf(upper(text(node, "type")));
    return new OptionDeclaration(
        text(node, "name"),
        list(node.path("aliases"), JsonNode::asText),
        type,
        value(type, node.path("default")),
        number(node.path("minimum")),
        number(node.path("maximum")),
        list(node.path("choices"), JsonNode::asText),
        text(node, "doc"));
  }

  private static @Nullable Object value(OptionType type, JsonNode node) {
    if (node.isNull() || node.isMissingNode()) {
      return null;
    }
    return switch (type) {
      case INTEGER -> node.asLong();
      case NUMBER -> node.asDouble();
      case BOOLEAN -> node.asBoolean();
      case TEXT, COLUMN -> node.asText();
    };
  }

  private static Optional<Double> number(JsonNode node) {
    return node.isNumber() ? Optional.of(node.asDouble()) : Optional.empty();
  }

  private static String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (!value.isTextual()) {
      throw new IllegalArgumentException("a declaration has no text '" + field + "'");
    }
    return value.asText();
  }

  private static <T> List<T> list(JsonNode array, Function<JsonNode, T> read) {
    List<T> values = new ArrayList<>();
    array.forEach(item -> values.add(read.apply(item)));
    return values;
  }

  private static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }
}
