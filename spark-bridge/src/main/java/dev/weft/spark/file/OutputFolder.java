package dev.weft.spark.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * A folder that is going to be written: what Spark writes goes to a hidden folder beside it, whose
 * name no reader looks at; closing removes whatever was not published.
 */
final class OutputFolder implements AutoCloseable {

  private final FileSystem files;
  private final Path target;
  private final Path staging;
  private final Path replaced;
  private final @Nullable Path madeParent;
  private boolean published;

  private OutputFolder(FileSystem files, Path target) throws IOException {
    this.files = files;
    this.target = target;
    String unique = UUID.randomUUID().toString();
    this.staging = new Path(target.getParent(), "." + target.getName() + ".writing-" + unique);
    this.replaced = new Path(target.getParent(), "." + target.getName() + ".replaced-" + unique);
    this.madeParent = missingParent();
  }

  static OutputFolder of(String path, Configuration configuration) throws IOException {
    Path given = new Path(path);
    FileSystem files = given.getFileSystem(configuration);
    Path target = files.makeQualified(given);
    if (target.getParent() == null) {
      throw new IOException("it is the root of the file system");
    }
    return new OutputFolder(files, target);
  }

  boolean exists() throws IOException {
    return files.exists(target);
  }

  /** Whether a Weft project lives there. */
  boolean isProject() throws IOException {
    return files.exists(new Path(target, ".weft")) || files.exists(new Path(target, "weft.toml"));
  }

  /** Where to write. */
  String staging() {
    return staging.toString();
  }

  /** Puts what was written in the target's place, or adds its files to the target's. */
  void publish(boolean append) throws IOException {
    if (!files.exists(target)) {
      rename(staging, target);
    } else if (append) {
      addFiles();
    } else {
      replace();
    }
    published = true;
  }

  private void replace() throws IOException {
    rename(target, replaced);
    try {
      rename(staging, target);
    } catch (IOException failure) {
      rename(replaced, target);
      throw failure;
    }
    files.delete(replaced, true);
  }

  /**
   * Spark's file names are unique, so that adding replaces none; a failure takes them out again.
   */
  private void addFiles() throws IOException {
    List<Path> added = new ArrayList<>();
    try {
      for (Path source : written(staging)) {
        Path inTarget = new Path(target, staging.toUri().relativize(source.toUri()).getPath());
        files.mkdirs(inTarget.getParent());
        rename(source, inTarget);
        added.add(inTarget);
      }
    } catch (IOException failure) {
      for (Path path : added) {
        files.delete(path, false);
      }
      throw failure;
    }
    files.delete(staging, true);
  }

  private List<Path> written(Path folder) throws IOException {
    List<Path> found = new ArrayList<>();
    for (FileStatus status : files.listStatus(folder)) {
      String name = status.getPath().getName();
      if (status.isDirectory()) {
        found.addAll(written(status.getPath()));
      } else if (!name.startsWith("_") && !name.startsWith(".")) {
        found.add(status.getPath());
      }
    }
    return found;
  }

  private void rename(Path from, Path to) throws IOException {
    if (!files.rename(from, to)) {
      throw new IOException("'" + from + "' could not be renamed to '" + to + "'");
    }
  }

  private @Nullable Path missingParent() throws IOException {
    Path missing = null;
    for (Path path = target.getParent(); path != null; path = path.getParent()) {
      if (files.exists(path)) {
        break;
      }
      missing = path;
    }
    return missing;
  }

  @Override
  public void close() throws IOException {
    if (published) {
      return;
    }
    files.delete(staging, true);
    if (madeParent != null && files.exists(madeParent)) {
      files.delete(madeParent, true);
    }
  }
}
