package dev.weft.server.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.engine.Submission;
import dev.weft.grammar.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** A script on its way to the server. */
public final class SubmissionJson {

  private SubmissionJson() {}

  /** Writes a submission. */
  public static ObjectNode write(Submission submission) {
    ObjectNode node = write(submission.source(), submission.folder());
    submission.seed().ifPresent(seed -> node.put("seed", seed));
    submission.params().forEach(node.putObject("params")::put);
    node.put("strict", submission.strict());
    return node;
  }

  /** Writes a text and its folder. */
  public static ObjectNode write(Source source, Path folder) {
    return Json.object()
        .put("name", source.name())
        .put("text", source.text())
        .put("folder", folder.toAbsolutePath().toString());
  }

  /** Reads a submission; one whose folder the server does not have starts at the project. */
  public static Submission read(JsonNode node, Path project) {
    OptionalLong seed =
        node.hasNonNull("seed")
            ? OptionalLong.of(node.path("seed").asLong())
            : OptionalLong.empty();
    Map<String, String> params = new HashMap<>();
    node.path("params").properties().forEach(e -> params.put(e.getKey(), e.getValue().asText()));
    boolean strict = node.path("strict").asBoolean();
    return new Submission(source(node), folder(node, project), seed, params, strict);
  }

  /** The text in a message. */
  public static Source source(JsonNode node) {
    return new Source(node.path("name").asText("<script>"), node.path("text").asText());
  }

  /** Where relative paths of the text start: the client's folder when both see it. */
  public static Path folder(JsonNode node, Path project) {
    String named = node.path("folder").asText("");
    Path folder = named.isEmpty() ? project : Path.of(named);
    return folder.isAbsolute() && Files.isDirectory(folder) ? folder : project;
  }
}
