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

  private final Path file;
  private final ReentrantLock threads;

  FolderLock(Path file) {
    this.file = file.toAbsolutePath().normalize();
    this.threads = IN_PROCESS.computeIfAbsent(this.file, path -> new ReentrantLock());
  }

  /** Waits for the lock; a holder that lives on may be waited for in vain. */
  Held take(Duration patience, BooleanSupplier cancelled) {
    long end = System.nanoTime() + patience.toNanos();
    awaitThread(end, cancelled);
    if (threads.getHoldCount() > 1) {
      return threads::unlock;
    }
    boolean held = false;
    try {
      Held lock = awaitProcess(end, cancelled);
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

  private void awaitThread(long end, BooleanSupplier cancelled) {
    try {
      while (!threads.tryLock(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
        goOn(end, cancelled, "another statement of this process");
      }
    } catch (InterruptedException stopped) {
      throw interrupted();
    }
  }

  private Held awaitProcess(long end, BooleanSupplier cancelled) throws IOException {
    Files.createDirectories(file.getParent());
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean taken = false;
    try {
      while (!locked(channel)) {
        goOn(end, cancelled, "process " + Files.readString(file).strip());
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

  private void goOn(long end, BooleanSupplier cancelled, String holder) {
    if (cancelled.getAsBoolean()) {
      throw new CancellationException("cancelled");
    }
    if (System.nanoTime() > end) {
      throw new CatalogFailure(
          holder + " has held '" + file + "' for too long; end it, or run this again later");
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
