package dev.weft.spark.file;

import dev.weft.engine.spi.RemoteFiles;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/** Files of whatever file system Hadoop's client reaches, by the settings that Spark has too. */
public final class HadoopFiles implements RemoteFiles {

  private static final String OF_SPARK = "spark.hadoop.";

  /** What Hadoop waits for by default, up to a quarter of an hour, is no answer to a person. */
  private static final Map<String, String> PATIENCE =
      Map.of(
          "ipc.client.connect.timeout", "10000",
          "ipc.client.connect.max.retries", "3",
          "ipc.client.connect.max.retries.on.timeouts", "1");

  /** What makes object stores refuse all writers of a new file but the first. */
  private static final String FIRST_WRITER =
      Options.CreateFileOptionKeys.FS_OPTION_CREATE_CONDITIONAL_OVERWRITE;

  private final Configuration configuration;

  private HadoopFiles(Configuration configuration) {
    this.configuration = configuration;
  }

  /**
   * With the settings of Hadoop's files on the class path.
   *
   * @param spark Spark's settings, of which those for Hadoop count
   */
  public static HadoopFiles of(Map<String, String> spark) {
    Configuration configuration = new Configuration();
    // Hadoop keeps one local file system for all: Spark would get whatever came first.
    configuration.set("fs.file.impl", LocalFiles.class.getName());
    PATIENCE.forEach(
        (key, value) -> {
          if (isDefault(configuration, key)) {
            configuration.set(key, value);
          }
        });
    spark.forEach(
        (key, value) -> {
          if (key.startsWith(OF_SPARK)) {
            configuration.set(key.substring(OF_SPARK.length()), value);
          }
        });
    return new HadoopFiles(configuration);
  }

  private static boolean isDefault(Configuration configuration, String key) {
    String[] sources = configuration.getPropertySources(key);
    return sources == null || Arrays.asList(sources).contains("core-default.xml");
  }

  @Override
  public List<String> list(String folder) throws IOException {
    try {
      return Arrays.stream(on(folder).listStatus(new Path(folder)))
          .map(status -> status.getPath().getName())
          .sorted()
          .toList();
    } catch (FileNotFoundException none) {
      return List.of();
    }
  }

  @Override
  public List<String> holding(String folder, int levels, String file) throws IOException {
    Path pattern = new Path(escaped(folder) + "/*".repeat(levels) + "/" + file);
    FileStatus[] found = on(folder).globStatus(pattern);
    return found == null
        ? List.of()
        : Arrays.stream(found).map(status -> below(status.getPath(), levels)).sorted().toList();
  }

  /** The last names of the folder of a file. */
  private static String below(Path file, int levels) {
    Path folder = file.getParent();
    String names = folder.getName();
    for (int level = 1; level < levels; level++) {
      folder = folder.getParent();
      names = folder.getName() + "/" + names;
    }
    return names;
  }

  /** A path whose letters mean themselves in a pattern. */
  private static String escaped(String path) {
    return path.replaceAll("([\\\\*?\\[\\]{},^])", "\\\\$1");
  }

  @Override
  public boolean exists(String path) throws IOException {
    return on(path).exists(new Path(path));
  }

  @Override
  public boolean isFolder(String path) throws IOException {
    try {
      return on(path).getFileStatus(new Path(path)).isDirectory();
    } catch (FileNotFoundException none) {
      return false;
    }
  }

  @Override
  public byte[] read(String file) throws IOException {
    try (var stream = on(file).open(new Path(file))) {
      return stream.readAllBytes();
    }
  }

  @Override
  public boolean create(String file, byte[] content) throws IOException {
    Path path = new Path(file);
    FileSystem files = on(file);
    OutputStream stream;
    try {
      FSDataOutputStreamBuilder<?, ?> builder = files.createFile(path);
      stream = builder.recursive().overwrite(false).opt(FIRST_WRITER, true).build();
    } catch (IOException refused) {
      if (files.exists(path)) {
        return false;
      }
      throw refused;
    }
    return written(files, path, stream, content);
  }

  /** Object stores tell only at the end that another writer was first, or that a try was enough. */
  private static boolean written(FileSystem files, Path path, OutputStream stream, byte[] content)
      throws IOException {
    try {
      try (OutputStream open = stream) {
        open.write(content);
      }
      return true;
    } catch (FileAlreadyExistsException other) {
      return false;
    } catch (IOException failure) {
      byte[] there = there(files, path, failure);
      if (Arrays.equals(there, content)) {
        return true;
      }
      boolean begun =
          Arrays.equals(there, Arrays.copyOf(content, Math.min(there.length, content.length)));
      if (!begun) {
        return false;
      }
      boolean unused = files.delete(path, false);
      throw failure;
    }
  }

  private static byte[] there(FileSystem files, Path path, IOException failure) throws IOException {
    try (var stream = files.open(path)) {
      return stream.readAllBytes();
    } catch (IOException none) {
      failure.addSuppressed(none);
      throw failure;
    }
  }

  @Override
  public void replace(String file, byte[] content) throws IOException {
    Path path = new Path(file);
    FileSystem files = on(file);
    if (files.hasPathCapability(path, FIRST_WRITER)) {
      // An object appears when it is closed, at once; a rename would copy it, behind a gap.
      try (OutputStream stream = files.create(path, true)) {
        stream.write(content);
      }
      return;
    }
    Path draft = new Path(path.getParent(), "." + path.getName() + "-" + UUID.randomUUID());
    try {
      try (OutputStream stream = files.create(draft, false)) {
        stream.write(content);
      }
      FileContext.getFileContext(path.toUri(), configuration)
          .rename(draft, path, Options.Rename.OVERWRITE);
    } catch (UnsupportedFileSystemException objects) {
      // A store without renames shows what was written when it is closed, at once.
      try (OutputStream stream = files.create(path, true)) {
        stream.write(content);
      }
    } finally {
      boolean unused = files.delete(draft, false);
    }
  }

  @Override
  public void upload(java.nio.file.Path from, String to) throws IOException {
    on(to).copyFromLocalFile(false, true, new Path(from.toUri()), new Path(to));
  }

  /** The raw local file system leaves no files of checksums. */
  @Override
  public void download(String from, java.nio.file.Path to) throws IOException {
    on(from).copyToLocalFile(false, new Path(from), new Path(to.toUri()), true);
  }

  @Override
  public String stamp(String file) throws IOException {
    try {
      FileStatus status = on(file).getFileStatus(new Path(file));
      return status.getModificationTime() + " " + status.getLen();
    } catch (FileNotFoundException none) {
      return "";
    }
  }

  @Override
  public void delete(String path) throws IOException {
    boolean unused = on(path).delete(new Path(path), true);
  }

  private FileSystem on(String path) throws IOException {
    try {
      return new Path(path).getFileSystem(configuration);
    } catch (IllegalArgumentException | UncheckedIOException wrong) {
      throw new IOException(wrong.getMessage(), wrong);
    }
  }
}
