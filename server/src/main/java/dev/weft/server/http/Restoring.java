package dev.weft.server.http;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The time in which endpoints of an earlier process come back. */
final class Restoring {

  private static final Logger LOG = LoggerFactory.getLogger(Restoring.class);

  private static final long PATIENCE_SECONDS = 120;

  private volatile CountDownLatch ended = new CountDownLatch(0);

  /** Works in the background. */
  void start(Runnable work) {
    CountDownLatch end = new CountDownLatch(1);
    ended = end;
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (RuntimeException failure) {
                LOG.warn("endpoints could not be restored", failure);
              } finally {
                end.countDown();
              }
            },
            "weft-restore");
    thread.setDaemon(true);
    thread.start();
  }

  /** Waits for the end; whether it is worth while to look again. */
  boolean await() {
    try {
      return ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
