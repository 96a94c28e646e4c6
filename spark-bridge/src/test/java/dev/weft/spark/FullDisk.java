package dev.weft.spark;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/** Local files under {@code full:}, where no file gets longer than {@link #ROOM} bytes. */
public final class FullDisk extends RawLocalFileSystem {

  static final int ROOM = 100_000;

  @Override
  public URI getUri() {
    return URI.create("full:///");
  }

  @Override
  public String getScheme() {
    return "full";
  }

  @Override
  public void initialize(URI uri, Configuration configuration) throws IOException {
    super.initialize(uri, configuration);
    setConf(configuration);
  }

  @Override
  protected OutputStream createOutputStreamWithMode(
      Path file, boolean append, FsPermission permission) throws IOException {
    return new Bounded(super.createOutputStreamWithMode(file, append, permission));
  }

  private static final class Bounded extends FilterOutputStream {

    private long written;

    Bounded(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      written += length;
      if (written > ROOM) {
        throw new IOException("No space left on device");
      }
      out.write(bytes, offset, length);
    }
  }
}
