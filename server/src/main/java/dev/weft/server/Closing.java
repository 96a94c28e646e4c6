package dev.weft.server;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has been opened, to be closed in reverse order, each part whatever became of the others. */
final class Closing implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

  private final Deque<Part> parts = new ArrayDeque<>();

  /** Takes charge of a part. */
  synchronized <T extends AutoCloseable> T add(String name, T part) {
    parts.push(new Part(name, part));
    return part;
  }

  /** Closes all parts; the second time there is nothing to do. */
  @Override
  public synchronized void close() {
    while (!parts.isEmpty()) {
      close(parts.pop());
    }
  }

  private static void close(Part part) {
    try {
      part.closeable().close();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (Exception failure) {
      LOG.warn("{} did not close cleanly", part.name(), failure);
    }
  }

  private record Part(String name, AutoCloseable closeable) {}
}
