package dev.weft.spark.catalog;

import java.net.URI;
import java.nio.file.Path;

/**
 * Places of data as the catalog's files hold them: what lies in the project is written from the
 * project's folder on, so that a project can be moved and copied.
 */
final class Places {

  private static final String IN_PROJECT = "project:";

  private final Path project;

  Places(Path project) {
    this.project = project.toAbsolutePath().normalize();
  }

  String written(URI place) {
    boolean local = place.getScheme() == null || place.getScheme().equals("file");
    if (local && place.getPath() != null) {
      Path path = Path.of(place.getPath()).normalize();
      if (path.startsWith(project) && !path.equals(project)) {
        return IN_PROJECT + project.relativize(path);
      }
    }
    return place.toString();
  }

  URI read(String text) {
    return text.startsWith(IN_PROJECT)
        ? local(project.resolve(text.substring(IN_PROJECT.length())))
        : URI.create(text);
  }

  /** A path of this machine as Spark names it. */
  static URI local(Path path) {
    return new org.apache.hadoop.fs.Path("file", null, path.toString()).toUri();
  }
}
