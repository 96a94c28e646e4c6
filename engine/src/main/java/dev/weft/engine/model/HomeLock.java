package dev.weft.engine.model;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A lock of a model's folder between threads and processes, for the moment that naming or dropping
 * takes; the operating system gives it back when its holder dies.
 */
final class HomeLock implements Closeable {

  /** Locks of files belong to the process: one thread of it has a lock's file open at a time. */
  private static final ConcurrentMap<Path, ReentrantLock> IN_PROCESS = new ConcurrentHashMap<>();

  private final ReentrantLock threads;
  private final FileChannel channel;

  private HomeLock(ReentrantLock threads, FileChannel channel) {
    this.threads = threads;
    this.channel = channel;
  }

  /** Waits for the lock of a folder that is there. */
  static HomeLock take(Path home) throws IOException {
    Path file = home.resolve(".lock").toAbsolutePath().normalize();
    ReentrantLock threads = IN_PROCESS.computeIfAbsent(file, path -> new ReentrantLock());
    threads.lock();
    try {
      return new HomeLock(threads, locked(file));
    } catch (IOException | RuntimeException failure) {
      threads.unlock();
      throw failure;
    }
  }

  private static FileChannel locked(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (!channel.lock().isValid()) {
        throw new IOException("'" + file + "' cannot be locked");
      }
      return channel;
    } catch (IOException | RuntimeException failure) {
      channel.close();
      throw failure;
    }
  }

  /** Closing the channel gives the file's lock back. */
  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      threads.unlock();
    }
  }
}
