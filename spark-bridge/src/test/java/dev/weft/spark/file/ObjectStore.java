package dev.weft.spark.file;

import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FSInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Options.CreateFileOptionKeys;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathIOException;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * Objects under {@code objects:} as S3 has them: one appears when it is closed, the last writer
 * wins, and only who asks for it is refused where another was first, when it closes.
 */
public final class ObjectStore extends RawLocalFileSystem {

  static final Map<String, byte[]> OBJECTS = new ConcurrentHashMap<>();

  /** Ends of paths whose first write is made and answered with a failure, as by a retried call. */
  static final Map<String, Boolean> UNSURE = new ConcurrentHashMap<>();

  /** Ends of paths that are never written. */
  static final Map<String, Boolean> FAILING = new ConcurrentHashMap<>();

  @Override
  public URI getUri() {
    return URI.create("objects:///");
  }

  @Override
  public String getScheme() {
    return "objects";
  }

  @Override
  public void initialize(URI uri, Configuration configuration) throws IOException {
    super.initialize(uri, configuration);
    setConf(configuration);
  }

  @Override
  public boolean hasPathCapability(Path path, String capability) throws IOException {
    return capability.equals(CreateFileOptionKeys.FS_OPTION_CREATE_CONDITIONAL_OVERWRITE)
        || super.hasPathCapability(path, capability);
  }

  @Override
  @SuppressWarnings("rawtypes")
  public FSDataOutputStreamBuilder createFile(Path path) {
    return new Builder(path);
  }

  @Override
  public FSDataOutputStream create(Path path, boolean overwrite) throws IOException {
    return new FSDataOutputStream(new Put(path, false), null);
  }

  @Override
  public FSDataInputStream open(Path path, int size) throws IOException {
    return new FSDataInputStream(new Content(object(path)));
  }

  @Override
  public boolean exists(Path path) {
    return OBJECTS.containsKey(path.toUri().getPath());
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    return new FileStatus(object(path).length, false, 1, 1, 0, path);
  }

  @Override
  public boolean delete(Path path, boolean recursive) {
    return OBJECTS.remove(path.toUri().getPath()) != null;
  }

  private static byte[] object(Path path) throws FileNotFoundException {
    byte[] found = OBJECTS.get(path.toUri().getPath());
    if (found == null) {
      throw new FileNotFoundException(path.toString());
    }
    return found;
  }

  private final class Builder extends FSDataOutputStreamBuilder<FSDataOutputStream, Builder> {

    private final Path path;

    Builder(Path path) {
      super(ObjectStore.this, path);
      this.path = path;
    }

    @Override
    public Builder getThisBuilder() {
      return this;
    }

    @Override
    public FSDataOutputStream build() throws IOException {
      String first = CreateFileOptionKeys.FS_OPTION_CREATE_CONDITIONAL_OVERWRITE;
      return new FSDataOutputStream(new Put(path, getOptions().getBoolean(first, false)), null);
    }
  }

  /** Nothing is there before it is closed. */
  private static final class Put extends ByteArrayOutputStream {

    private final String path;
    private final boolean first;

    Put(Path path, boolean first) {
      this.path = path.toUri().getPath();
      this.first = first;
    }

    @Override
    public void close() throws IOException {
      if (FAILING.keySet().stream().anyMatch(path::endsWith)) {
        throw new PathIOException(path, "503");
      }
      byte[] before =
          first ? OBJECTS.putIfAbsent(path, toByteArray()) : OBJECTS.put(path, toByteArray());
      if ((first && before != null) || UNSURE.keySet().stream().anyMatch(path::endsWith)) {
        throw new PathIOException(path, "412");
      }
    }
  }

  private static final class Content extends FSInputStream {

    private final byte[] content;
    private int at;

    Content(byte[] content) {
      this.content = content;
    }

    @Override
    public int read() {
      return at < content.length ? content[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      int taken = Math.min(length, content.length - at);
      if (taken <= 0) {
        return length == 0 ? 0 : -1;
      }
      System.arraycopy(content, at, into, offset, taken);
      at += taken;
      return taken;
    }

    @Override
    public void seek(long position) {
      at = (int) position;
    }

    @Override
    public long getPos() {
      return at;
    }

    @Override
    public boolean seekToNewSource(long position) {
      return false;
    }
  }
}
