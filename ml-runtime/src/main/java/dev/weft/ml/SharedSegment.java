package dev.weft.ml;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.weft.ml.wire.Region;
import dev.weft.ml.wire.Segment;
import java.io.IOException;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntConsumer;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.ForeignAllocation;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.MessageSerializer;

/**
 * A file in memory that this process and an actor map, in slots of one size: the first half for
 * what is sent, the other for what is answered. The file has a name for no longer than until the
 * actor has mapped it. Nobody unmaps it by hand: it goes when nothing looks into it any more.
 */
final class SharedSegment implements AutoCloseable {

  static final int SLOTS = 16;

  private static final int MINE = SLOTS / 2;
  private static final int PIECE = 1 << 20;
  private static final int PREFIX = 8;
  private static final String NAME = "weft-batches-";
  private static final Duration FOR_DEAD = Duration.ofMinutes(10);

  /** Ray keeps its objects there too, and a file system that is full ends who writes to it. */
  private static final long LEFT_FREE = 1L << 30;

  private final Path file;
  private final MappedByteBuffer memory;
  private final int slotBytes;
  private final Deque<Integer> free = new ArrayDeque<>();
  private final Set<Integer> sent = new HashSet<>();
  private boolean named = true;

  private SharedSegment(Path file, MappedByteBuffer memory, int slotBytes) {
    this.file = file;
    this.memory = memory;
    this.slotBytes = slotBytes;
    for (int slot = 0; slot < MINE; slot++) {
      free.add(slot);
    }
  }

  /**
   * A segment in a folder that is memory.
   *
   * @throws IOException where there is no such folder, or too little room in it
   */
  static SharedSegment in(Path folder, int slotBytes) throws IOException {
    long size = (long) SLOTS * slotBytes;
    if (size > Integer.MAX_VALUE
        || Files.getFileStore(folder).getUsableSpace() < LEFT_FREE + size) {
      throw new IOException("there is too little room in " + folder);
    }
    sweep(folder);
    Path file = folder.resolve(NAME + UUID.randomUUID());
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      // Memory that is not there yet would be missed at a write, which no one survives.
      ByteBuffer zeros = ByteBuffer.allocateDirect(PIECE);
      for (long written = 0; written < size; ) {
        zeros.clear().limit((int) Math.min(PIECE, size - written));
        written += channel.write(zeros);
      }
      return new SharedSegment(file, channel.map(MapMode.READ_WRITE, 0, size), slotBytes);
    } catch (IOException | RuntimeException failure) {
      Files.deleteIfExists(file);
      throw failure;
    }
  }

  /** A file that still has a name after so long is one of a process that was killed meanwhile. */
  private static void sweep(Path folder) throws IOException {
    FileTime old = FileTime.from(Instant.now().minus(FOR_DEAD));
    try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, NAME + "*")) {
      for (Path file : left) {
        removeIfOlder(file, old);
      }
    }
  }

  private static void removeIfOlder(Path file, FileTime old) {
    try {
      if (Files.getLastModifiedTime(file).compareTo(old) < 0) {
        Files.deleteIfExists(file);
      }
    } catch (IOException others) {
      // It is another user's, or gone by now.
    }
  }

  /** What the actor has to know. */
  Segment offer() {
    return Segment.newBuilder()
        .setPath(file.toString())
        .setSlotBytes(slotBytes)
        .setSlots(SLOTS)
        .build();
  }

  /** Writes a batch into a free slot; the default region where there is none, or it is too long. */
  Region write(ArrowRecordBatch batch) throws IOException {
    Integer slot = free.peek();
    if (slot == null || batch.computeBodyLength() >= slotBytes) {
      return Region.getDefaultInstance();
    }
    ByteBuffer place = memory.duplicate().position(slot * slotBytes);
    place.limit((slot + 1) * slotBytes);
    try {
      MessageSerializer.serialize(new WriteChannel(new BufferChannel(place)), batch);
    } catch (BufferOverflowException longer) {
      return Region.getDefaultInstance();
    }
    free.remove();
    sent.add(slot);
    int bytes = place.position() - slot * slotBytes;
    return Region.newBuilder().setSlot(slot).setBytes(bytes).build();
  }

  /** The actor does not look into these any more. */
  void reuse(List<Integer> slots) {
    for (int slot : slots) {
      if (sent.remove(slot)) {
        free.add(slot);
      }
    }
  }

  /**
   * A batch that looks into its slot.
   *
   * @param read is told the slot when nothing looks into it any more
   * @throws InvalidProtocolBufferException where the actor has said or written nonsense
   */
  ArrowRecordBatch read(Region region, BufferAllocator allocator, IntConsumer read)
      throws InvalidProtocolBufferException {
    int slot = region.getSlot();
    long bytes = region.getBytes();
    long offset = region.getOffset();
    if (slot < MINE
        || slot >= SLOTS
        || offset < 0
        || bytes < PREFIX
        || offset + bytes > slotBytes) {
      throw new InvalidProtocolBufferException("an answer lies outside of the shared memory");
    }
    int start = slot * slotBytes + (int) offset;
    ByteBuffer place = memory.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    int head = place.getInt(start + Integer.BYTES);
    if (head < 0 || PREFIX + head > bytes) {
      throw new InvalidProtocolBufferException("an answer in shared memory is damaged");
    }
    place.position(start + PREFIX).limit(start + PREFIX + head);
    try {
      Message message = Message.getRootAsMessage(place.slice());
      if (PREFIX + head + message.bodyLength() > bytes) {
        throw new InvalidProtocolBufferException("an answer in shared memory is damaged");
      }
      long address = MemoryUtil.getByteBufferAddress(memory) + start + PREFIX + head;
      ArrowBuf body =
          allocator.wrapForeignAllocation(
              new Slot(memory, message.bodyLength(), address, () -> read.accept(slot)));
      return MessageSerializer.deserializeRecordBatch(message, body);
    } catch (IOException | RuntimeException damaged) {
      throw new InvalidProtocolBufferException(new IOException(damaged));
    }
  }

  /** Takes the file's name away: both have it, or it is not used. */
  void hide() {
    if (named) {
      named = false;
      try {
        Files.deleteIfExists(file);
      } catch (IOException left) {
        // It is gone with its folder.
      }
    }
  }

  @Override
  public void close() {
    hide();
  }

  /** An answer's memory, which keeps the mapping for as long as somebody has it. */
  private static final class Slot extends ForeignAllocation {

    private final MappedByteBuffer memory;
    private final Runnable released;

    Slot(MappedByteBuffer memory, long size, long address, Runnable released) {
      super(size, address);
      this.memory = memory;
      this.released = released;
    }

    @Override
    protected void release0() {
      assert memory.isDirect() : "the mapping outlives its slots";
      released.run();
    }
  }
}
