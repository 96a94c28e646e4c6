package dev.weft.engine.model;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.weft.engine.spi.ModelBackend.Metric;
import dev.weft.planner.spi.ModelSignature;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a model version says of itself: {@code manifest.json}, written once, beside the model's
 * files.
 *
 * @param format the layout's version; readers refuse a newer one
 * @param created ISO instant, UTC
 * @param hash sha256 over signature, parameters and the files' hashes: the same for the same
 *     training
 * @param guess each class's share of the training rows, or the mean label alone; empty in manifests
 *     of before
 * @param importances feature to share; empty where the algorithm does not tell
 * @param fitted what TRANSFORM was fitted to, by place, as text; empty without TRANSFORM
 * @param files relative path to sha256 of its content
 * @param inputs what it was made from; empty in manifests of before
 */
@JsonPropertyOrder({"format", "name", "version", "created", "hash"})
public record Manifest(
    int format,
    String name,
    int version,
    String created,
    String hash,
    ModelSignature signature,
    Map<String, Object> parameters,
    List<String> classes,
    List<Double> guess,
    Map<String, Double> importances,
    List<Metric> metrics,
    long rows,
    long heldOut,
    long dropped,
    double split,
    long seed,
    String query,
    Map<String, String> versions,
    Map<String, Object> example,
    Map<Integer, String> fitted,
    Map<String, String> files,
    List<Fingerprint> inputs) {

  /** The layout this version of Weft writes. */
  public static final int FORMAT = 1;

  /** The file's name in a version's folder. */
  public static final String FILE = "manifest.json";

  /** Copies what older manifests may lack. */
  public Manifest {
    guess = Optional.ofNullable(guess).map(List::copyOf).orElse(List.of());
    inputs = Optional.ofNullable(inputs).map(List::copyOf).orElse(List.of());
    importances = new TreeMap<>(Optional.ofNullable(importances).orElse(Map.of()));
    fitted = new TreeMap<>(Optional.ofNullable(fitted).orElse(Map.of()));
  }

  /**
   * Reads one.
   *
   * @throws IOException when it is none, or only a part of one
   */
  static Manifest read(byte[] content) throws IOException {
    Manifest manifest = Json.read(content, Manifest.class);
    if (Stream.of(manifest.signature, manifest.files, manifest.hash).anyMatch(Objects::isNull)) {
      throw new IOException("it lacks what every manifest has");
    }
    return manifest;
  }

  /** The same content as another version, or of another model, made now. */
  public Manifest as(String model, int number) {
    String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    return new Manifest(
        format,
        model,
        number,
        now,
        hash,
        signature,
        parameters,
        classes,
        guess,
        importances,
        metrics,
        rows,
        heldOut,
        dropped,
        split,
        seed,
        query,
        versions,
        example,
        fitted,
        files,
        inputs);
  }

  /** The metrics of one part of the data, {@code train} or {@code test}. */
  public List<Metric> metricsOf(String data) {
    return metrics.stream().filter(metric -> metric.data().equals(data)).toList();
  }
}
