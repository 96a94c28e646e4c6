package dev.weft.ml;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.weft.ml.wire.Frame;
import dev.weft.ml.wire.Region;
import dev.weft.ml.wire.Sharing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stream's way past the network to an actor on this machine: batches lie in memory that both map,
 * and the stream only says where. Offered once a stream is worth it; until the actor has mapped it,
 * and whenever no slot is free, batches go as ever. An actor elsewhere cannot map it.
 */
final class SharedBatches implements AutoCloseable {

  /** The folder, which is memory; another value turns it off. */
  static final String FOLDER = "weft.shared_memory";

  private static final Logger LOG = LoggerFactory.getLogger(SharedBatches.class);
  private static final long WORTH_BATCH = 256 << 10;
  private static final long WORTH_STREAM = 4 << 20;
  private static final int SMALLEST_SLOT = 1 << 20;
  private static final int LARGEST_SLOT = 8 << 20;

  private final BufferAllocator allocator;
  private final ConcurrentLinkedQueue<Integer> read = new ConcurrentLinkedQueue<>();
  private @Nullable SharedSegment segment;
  private @Nullable VectorSchemaRoot rows;
  private long sent;
  private long largest;
  private boolean offered;
  private boolean mapped;

  SharedBatches(BufferAllocator allocator) {
    this.allocator = allocator;
  }

  /** Adds to a frame what there is to say; whether its batch is there, and need not be sent. */
  boolean send(ArrowRecordBatch batch, Frame.Builder frame) {
    Sharing.Builder said = Sharing.newBuilder();
    for (Integer slot = read.poll(); slot != null; slot = read.poll()) {
      said.addFree(slot);
    }
    boolean there = segment == null ? offer(batch, said) : mapped && written(segment, batch, said);
    if (said.getFreeCount() > 0 || said.hasSegment() || said.hasRegion()) {
      frame.setSharing(said);
    }
    return there;
  }

  private boolean offer(ArrowRecordBatch batch, Sharing.Builder said) {
    sent += batch.computeBodyLength();
    largest = Math.max(largest, batch.computeBodyLength());
    if (!offered && isWorth()) {
      offered = true;
      try {
        String folder = System.getProperty(FOLDER, "/dev/shm");
        segment = SharedSegment.in(Path.of(folder), slot(largest));
        said.setSegment(segment.offer());
      } catch (IOException | RuntimeException none) {
        LOG.debug("batches go through the network: {}", String.valueOf(none));
      }
    }
    return false;
  }

  /** Batches beyond the largest slot would take memory that they are never in. */
  private boolean isWorth() {
    return largest >= WORTH_BATCH && largest <= LARGEST_SLOT && sent >= WORTH_STREAM;
  }

  /** Batches vary: half as much again as the largest so far, in whole megabytes. */
  private static int slot(long batch) {
    long size = batch + batch / 2;
    long whole = (size + SMALLEST_SLOT - 1) / SMALLEST_SLOT * SMALLEST_SLOT;
    return (int) Math.min(LARGEST_SLOT, whole);
  }

  private static boolean written(
      SharedSegment segment, ArrowRecordBatch batch, Sharing.Builder said) {
    try {
      Region region = segment.write(batch);
      if (region.getBytes() > 0) {
        said.setRegion(region);
      }
      return region.getBytes() > 0;
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * What an answer says.
   *
   * @return its rows, until the next answer; null where they came with it
   */
  @Nullable VectorSchemaRoot receive(Sharing said, Schema schema)
      throws InvalidProtocolBufferException {
    forget();
    SharedSegment shared = segment;
    if (shared == null) {
      return null;
    }
    if (said.getState() != Sharing.State.UNKNOWN) {
      shared.hide();
      mapped = said.getState() == Sharing.State.MAPPED;
    }
    shared.reuse(said.getFreeList());
    if (!said.hasRegion()) {
      return null;
    }
    VectorSchemaRoot root = rows == null ? VectorSchemaRoot.create(schema, allocator) : rows;
    rows = root;
    try (ArrowRecordBatch batch = shared.read(said.getRegion(), allocator, read::add)) {
      new VectorLoader(root).load(batch);
    }
    return root;
  }

  /** The rows of the answer before are not read any more. */
  private void forget() {
    if (rows != null) {
      rows.clear();
    }
  }

  @Override
  public void close() {
    if (rows != null) {
      rows.close();
    }
    if (segment != null) {
      segment.close();
    }
  }
}
