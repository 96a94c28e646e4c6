package dev.weft.spark.catalog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * A lock between processes, which the operating system gives back when its holder dies. A thread
 * that has it may take it again.
 */
final class FolderLock {

  /**
   * Locks of files belong to the process, and closing any channel of a file gives them back:
   * therefore one thread of a process has a lock's file open at a time, whoever it works for.
   */
  private static final ConcurrentMap<Path, ReentrantLock> IN_PROCESS = new ConcurrentHashMap<>();

  private static final long PAUSE_MILLIS = 20;

  /** Who waits longer than this wants to know for whom. */
  private static final long TELL_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Path file;
  private final ReentrantLock threads;

  FolderLock(Path file) {
    this.file = file.toAbsolutePath().normalize();
    this.threads = IN_PROCESS.computeIfAbsent(this.file, path -> new ReentrantLock());
  }

  /** Waits for the lock; a holder that lives on may be waited for in vain. */
  Held take(Duration patience, BooleanSupplier cancelled) {
    return take(patience, cancelled, holder -> {});
  }

  /**
   * The same.
   *
   * @param waiting hears once who has the lock, when that is not over at once
   */
  Held take(Duration patience, BooleanSupplier cancelled, Consumer<String> waiting) {
    Wait wait = new Wait(System.nanoTime() + patience.toNanos(), cancelled, waiting);
    awaitThread(wait);
    if (threads.getHoldCount() > 1) {
      return threads::unlock;
    }
    boolean held = false;
    try {
      Held lock = awaitProcess(wait);
      held = true;
      return lock;
    } catch (IOException failure) {
      throw new CatalogFailure(
          "the catalog cannot be locked ("
              + failure.getMessage()
              + "); make the folder '"
              + file.getParent()
              + "' writable",
          failure);
    } finally {
      if (!held) {
        threads.unlock();
      }
    }
  }

  private void awaitThread(Wait wait) {
    try {
      while (!threads.tryLock(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
        wait.goOn("another statement of this process");
      }
    } catch (InterruptedException stopped) {
      throw interrupted();
    }
  }

  private Held awaitProcess(Wait wait) throws IOException {
    Files.createDirectories(file.getParent());
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean taken = false;
    try {
      while (!locked(channel)) {
        wait.goOn("process " + Files.readString(file).strip());
        Thread.sleep(PAUSE_MILLIS);
      }
      taken = true;
      byte[] holder = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.UTF_8);
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(holder), 0);
      return () -> release(channel);
    } catch (InterruptedException stopped) {
      throw interrupted();
    } finally {
      if (!taken) {
        channel.close();
      }
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException elsewhere) {
      return false;
    }
  }

  /** Closing the channel gives the lock back. */
  private void release(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException harmless) {
      // Nothing was to be written, and the lock is gone with the channel.
    } finally {
      threads.unlock();
    }
  }

  /** One that waits. */
  private final class Wait {

    private final long end;
    private final BooleanSupplier cancelled;
    private final Consumer<String> waiting;
    private final long tell = System.nanoTime() + TELL_NANOS;
    private boolean told;

    Wait(long end, BooleanSupplier cancelled, Consumer<String> waiting) {
      this.end = end;
      this.cancelled = cancelled;
      this.waiting = waiting;
    }

    void goOn(String holder) {
      if (cancelled.getAsBoolean()) {
        throw new CancellationException("cancelled");
      }
      long now = System.nanoTime();
      if (now - end > 0) {
        throw new CatalogFailure(
            holder + " has held '" + file + "' for too long; end it, or run this again later");
      }
      if (!told && now - tell > 0) {
        told = true;
        waiting.accept(holder);
      }
    }
  }

  private static CancellationException interrupted() {
    Thread.currentThread().interrupt();
    return new CancellationException("interrupted");
  }

  /** Gives the lock back. */
  interface Held extends AutoCloseable {
    @Override
    void close();
  }
}
