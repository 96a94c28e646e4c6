package dev.weft.engine.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The endpoints that a project serves: one small file each, written by SERVE. */
public final class EndpointStore {

  private static final String SUFFIX = ".json";

  private final Path folder;

  EndpointStore(Path folder) {
    this.folder = folder;
  }

  /**
   * An endpoint as SERVE registered it.
   *
   * @param created ISO instant, UTC
   */
  public record Registered(String endpoint, String model, int version, String created) {}

  /** The names, sorted. */
  public List<String> names() {
    return all().stream().map(Registered::endpoint).toList();
  }

  /** Every endpoint that can be read, by name; a file that cannot be read is no endpoint. */
  public List<Registered> all() {
    List<Registered> found = new ArrayList<>();
    for (Path file : Folders.list(folder)) {
      if (file.toString().endsWith(SUFFIX)) {
        read(file).ifPresent(found::add);
      }
    }
    return found;
  }

  /** The endpoints that answer with a version. */
  List<String> of(String model, int version) {
    return all().stream()
        .filter(endpoint -> endpoint.model().equals(model) && endpoint.version() == version)
        .map(Registered::endpoint)
        .toList();
  }

  /** Registers an endpoint, or replaces it. */
  public void put(Registered endpoint) throws IOException {
    Files.createDirectories(folder);
    Json.write(file(endpoint.endpoint()), endpoint);
  }

  /** Forgets an endpoint. */
  public void remove(String endpoint) throws IOException {
    Files.deleteIfExists(file(endpoint));
  }

  private static Optional<Registered> read(Path file) {
    try {
      return Optional.of(Json.read(file, Registered.class));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Path file(String endpoint) {
    return folder.resolve(Folders.element(endpoint) + SUFFIX);
  }
}
