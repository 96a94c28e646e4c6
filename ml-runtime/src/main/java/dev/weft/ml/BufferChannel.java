package dev.weft.ml;

import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** Memory as a channel; what does not fit is a {@link java.nio.BufferOverflowException}. */
final class BufferChannel implements WritableByteChannel {

  private final ByteBuffer memory;

  BufferChannel(ByteBuffer memory) {
    this.memory = memory;
  }

  @Override
  public int write(ByteBuffer from) {
    int count = from.remaining();
    memory.put(from);
    return count;
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void close() {
    // The memory is its owner's.
  }
}
