package dev.weft.spark.result;

import dev.weft.spark.convert.Catalyst;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkEnv;
import org.apache.spark.storage.BlockData;
import org.apache.spark.storage.BlockId;
import org.apache.spark.storage.BlockManager;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.storage.StreamBlockId;
import org.apache.spark.util.io.ChunkedByteBuffer;
import org.jspecify.annotations.Nullable;
import scala.Option;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction1;

/**
 * The batches of results between the task that made them and the driver that hands them on: blocks
 * of Spark's own block manager, which has memory and disk and can fetch from other JVMs.
 */
final class ResultBlocks {

  private static final AtomicInteger STREAMS = new AtomicInteger();

  /** The streams that are read now; blocks of others were left by a task that ended late. */
  private static final Set<Integer> OPEN = ConcurrentHashMap.newKeySet();

  private ResultBlocks() {}

  /** On the driver: a number for the blocks of one result. */
  static int open() {
    removeLeft();
    int stream = STREAMS.incrementAndGet();
    OPEN.add(stream);
    return stream;
  }

  /** On the driver: forgets a result and what this JVM still holds of it. */
  static void close(int stream) {
    OPEN.remove(stream);
    removeLeft();
  }

  private static void removeLeft() {
    BlockManager blocks = SparkEnv.get().blockManager();
    for (BlockId left : Catalyst.list(blocks.getMatchingBlockIds(new Left()))) {
      remove(blocks, left);
    }
  }

  /** The name of a batch; an attempt at a task has names of its own. */
  static BlockId name(int stream, int partition, int attempt, int batch) {
    return new StreamBlockId(stream, (long) partition << 40 | (long) attempt << 28 | batch);
  }

  /** In a task: keeps a batch, in memory or only on disk. */
  static void put(BlockId block, byte[] batch, boolean inMemory) {
    BlockManager blocks = SparkEnv.get().blockManager();
    StorageLevel level = inMemory ? StorageLevel.MEMORY_AND_DISK_SER() : StorageLevel.DISK_ONLY();
    ChunkedByteBuffer bytes = new ChunkedByteBuffer(ByteBuffer.wrap(batch));
    boolean told = !blocks.blockManagerId().isDriver();
    if (!blocks.putBytes(block, bytes, level, told, ClassTag$.MODULE$.apply(byte[].class))) {
      throw new IllegalStateException("Spark did not keep " + block);
    }
  }

  /** Whether this JVM holds it. A block's status would tell too, but fails while it is removed. */
  static boolean isHere(BlockId block) {
    return SparkEnv.get().blockManager().blockInfoManager().get(block).isDefined();
  }

  /** In a task: removes what this JVM holds. */
  static void removeHere(BlockId block) {
    if (isHere(block)) {
      remove(SparkEnv.get().blockManager(), block);
    }
  }

  /**
   * The driver and a task that was cancelled may remove the same block at the same moment; Spark
   * then tells one of them that there is none, by an exception that Scala need not declare.
   */
  private static void remove(BlockManager blocks, BlockId block) {
    try {
      blocks.removeBlock(block, true);
    } catch (Exception failure) {
      if (blocks.blockInfoManager().get(block).isDefined()) {
        throw failure;
      }
    }
  }

  /** On the driver: a batch that is there, which is then gone; else null. */
  static byte @Nullable [] take(BlockId block) {
    BlockManager blocks = SparkEnv.get().blockManager();
    Option<BlockData> here = isHere(block) ? blocks.getLocalBytes(block) : Option.empty();
    if (here.isEmpty()) {
      return null;
    }
    byte[] batch;
    try {
      batch = bytes(here.get());
    } finally {
      blocks.releaseLockAndDispose(block, here.get(), Option.empty());
    }
    blocks.removeBlock(block, false);
    return batch;
  }

  /** On the driver: a batch of an executor with its own JVM; null when it is lost. */
  static byte @Nullable [] fetch(BlockId block) {
    BlockManager blocks = SparkEnv.get().blockManager();
    Option<ChunkedByteBuffer> there = blocks.getRemoteBytes(block);
    if (there.isEmpty()) {
      return null;
    }
    byte[] batch = there.get().toArray();
    remove(block);
    return batch;
  }

  /** On the driver: removes a batch wherever it is. */
  static void remove(BlockId block) {
    SparkEnv.get().blockManager().master().removeBlock(block);
  }

  private static byte[] bytes(BlockData data) {
    try (java.io.InputStream in = data.toInputStream()) {
      return in.readAllBytes();
    } catch (java.io.IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    }
  }

  private static final class Left extends AbstractFunction1<BlockId, Object> {
    @Override
    public Object apply(BlockId block) {
      return block instanceof StreamBlockId stream && !OPEN.contains(stream.streamId());
    }
  }
}
