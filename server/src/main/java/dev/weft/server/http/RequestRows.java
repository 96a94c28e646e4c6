package dev.weft.server.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.grammar.Nearest;
import dev.weft.planner.spi.ModelSignature;
import dev.weft.planner.spi.ModelSignature.Feature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rows of a request, each checked against the model's signature. */
final class RequestRows {

  /** Rows that one request may have. */
  static final int MOST_ROWS = 10_000;

  private static final int DEEPEST = 16;

  private static final ObjectMapper MAPPER =
      new ObjectMapper(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final List<ObjectNode> asSent;
  private final List<Map<String, Object>> features;

  private RequestRows(List<ObjectNode> asSent, List<Map<String, Object>> features) {
    this.asSent = asSent;
    this.features = features;
  }

  /** Reads a body; the first thing wrong is the failure. */
  static RequestRows read(byte[] body, ModelSignature signature) {
    JsonNode array = parse(body);
    if (!array.isArray()) {
      throw new HttpFailure(
          Problem.NOT_ROWS, "the body is not an array of row objects; write [{\"field\": value}]");
    }
    if (array.size() > MOST_ROWS) {
      throw new HttpFailure(
          Problem.TOO_MANY_ROWS,
          "the request has %d rows, and %d are allowed; send several requests"
              .formatted(array.size(), MOST_ROWS));
    }
    List<ObjectNode> asSent = new ArrayList<>();
    List<Map<String, Object>> features = new ArrayList<>();
    for (JsonNode node : array) {
      int row = asSent.size();
      if (!(node instanceof ObjectNode object)) {
        throw new HttpFailure(
            Problem.NOT_ROWS, "row " + row + " is not an object", row, Optional.empty());
      }
      features.add(values(object, signature, row));
      asSent.add(object);
    }
    return new RequestRows(asSent, features);
  }

  /** The rows as predictors take them. */
  List<Map<String, Object>> features() {
    return features;
  }

  /** The rows as the client sent them. */
  List<ObjectNode> asSent() {
    return asSent;
  }

  private static JsonNode parse(byte[] body) {
    try {
      return MAPPER.readTree(body);
    } catch (StreamConstraintsException tooDeep) {
      throw new HttpFailure(Problem.NOT_JSON, "the body nests too deeply");
    } catch (JsonProcessingException malformed) {
      int line = malformed.getLocation() == null ? 0 : malformed.getLocation().getLineNr();
      int column = malformed.getLocation() == null ? 0 : malformed.getLocation().getColumnNr();
      throw new HttpFailure(
          Problem.NOT_JSON,
          "the body is not JSON: line %d, column %d cannot be read".formatted(line, column));
    } catch (IOException impossible) {
      throw new HttpFailure(Problem.NOT_JSON, "the body cannot be read");
    }
  }

  /** Null is a legal value, though the port's map does not say so. */
  @SuppressWarnings("NullAway")
  private static Map<String, Object> values(ObjectNode object, ModelSignature signature, int row) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Feature feature : signature.inputs()) {
      @Nullable JsonNode node = object.get(feature.name());
      if (node == null) {
        throw missing(feature.name(), row);
      }
      values.put(feature.name(), FeatureReader.read(node, feature, row));
    }
    if (object.size() > values.size()) {
      throw unknown(object, values.keySet(), row);
    }
    return values;
  }

  private static HttpFailure missing(String name, int row) {
    return new HttpFailure(
        Problem.MISSING_FIELD,
        "row %d lacks the field '%s'; write null where it is not known".formatted(row, name),
        row,
        Optional.of(name));
  }

  private static HttpFailure unknown(ObjectNode object, Set<String> known, int row) {
    Set<String> others = new HashSet<>();
    object.fieldNames().forEachRemaining(others::add);
    others.removeAll(known);
    String name = others.stream().sorted().findFirst().orElseThrow();
    return new HttpFailure(
        Problem.UNKNOWN_FIELD,
        "row %d has a field '%s' that the model does not know%s"
            .formatted(row, name, Nearest.hintOrList(name, known)),
        row,
        Optional.of(name));
  }
}
