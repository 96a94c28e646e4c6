package dev.weft.engine.model;

import dev.weft.engine.spi.RemoteFiles;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;

/**
 * A lock of a model's folder on another file system: a file that only one writer can make. Nothing
 * gives it back when its holder dies, so who waits takes it over once it has not changed for far
 * longer than naming or dropping takes. Two machines need not agree on the time for that.
 */
final class RemoteLock implements Closeable {

  private static final String FILE = ".lock";
  private static final Duration FOR_DEAD = Duration.ofSeconds(30);
  private static final long MILLIS_BETWEEN_TRIES = 200;

  private final RemoteFiles files;
  private final String file;
  private final byte[] mine;

  private RemoteLock(RemoteFiles files, String file, byte[] mine) {
    this.files = files;
    this.file = file;
    this.mine = mine;
  }

  /** Waits for the lock of a folder that is there. */
  static RemoteLock take(RemoteFiles files, String home) throws IOException {
    return take(files, home, FOR_DEAD);
  }

  static RemoteLock take(RemoteFiles files, String home, Duration forDead) throws IOException {
    if (!files.isFolder(home)) {
      throw new NoSuchFileException(home);
    }
    String file = home + "/" + FILE;
    byte[] mine = UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8);
    byte[] seen = new byte[0];
    long since = System.nanoTime();
    while (!files.create(file, mine)) {
      byte[] holder = holder(files, file);
      if (!Arrays.equals(holder, seen)) {
        seen = holder;
        since = System.nanoTime();
      } else if (System.nanoTime() - since > forDead.toNanos()) {
        files.delete(file);
      }
      pause();
    }
    return new RemoteLock(files, file, mine);
  }

  /** Who has it; nobody where it has just been given back. */
  private static byte[] holder(RemoteFiles files, String file) throws IOException {
    try {
      return files.read(file);
    } catch (FileNotFoundException free) {
      return new byte[0];
    }
  }

  private static void pause() throws InterruptedIOException {
    try {
      Thread.sleep(MILLIS_BETWEEN_TRIES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("it was cancelled while it waited for another writer");
    }
  }

  /** One that was taken over belongs to another by now. */
  @Override
  public void close() throws IOException {
    if (Arrays.equals(holder(files, file), mine)) {
      files.delete(file);
    }
  }
}
