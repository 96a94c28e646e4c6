package dev.weft.spark;

import dev.weft.planner.rel.SharedTable;
import dev.weft.spark.result.ResultStream;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.VoidFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.Dataset;
import org.apache.spark.sql.execution.LogicalRDD;
import org.apache.spark.sql.execution.LogicalRDD$;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.storage.StorageLevel;

/**
 * Computes each shared table when it is first read, and keeps its rows in memory until they are
 * released. Partitions that do not fit are computed again by each reader, so a table that turns out
 * to be huge costs no disk; only random rows, which every reader must see alike, go to disk then.
 * Spark's own cache is not used: it answers every session whose plan looks the same, whatever has
 * become of the files.
 */
final class KeptTables implements SharedTables {

  /** Files larger than this are read again rather than copied. */
  private static final long LARGEST_SCAN = 1L << 30;

  private final IdentityHashMap<SharedTable, Kept> kept = new IdentityHashMap<>();

  @Override
  public synchronized LogicalPlan rows(SharedTable table, PlanBuilder plans) {
    Kept there = kept.get(table);
    if (there != null) {
      return there.rows.newInstance();
    }
    Dataset<Row> rows = plans.dataset(table.plan());
    if (!table.isOpen() || (table.scanOnly() && bytes(rows.queryExecution()) > LARGEST_SCAN)) {
      return rows.queryExecution().analyzed();
    }
    Kept made = computed(rows);
    kept.put(table, made);
    return made.rows.newInstance();
  }

  /** Frees the rows of tables; whoever reads them later computes them. */
  synchronized void release(Collection<SharedTable> tables) {
    for (SharedTable table : tables) {
      table.close();
      Kept gone = kept.remove(table);
      if (gone != null) {
        // Were Spark stopped meanwhile, as after the last statement, it would print stacks.
        gone.data.unpersist(true);
      }
    }
  }

  synchronized void releaseAll() {
    release(List.copyOf(kept.keySet()));
  }

  private static long bytes(QueryExecution query) {
    return query.optimizedPlan().stats().sizeInBytes().bigInteger().min(MOST).longValue();
  }

  private static final java.math.BigInteger MOST = java.math.BigInteger.valueOf(Long.MAX_VALUE);

  /** Computed at once and as a whole, as part of the run that asks first: so it ends with it. */
  private static Kept computed(Dataset<Row> rows) {
    boolean again = rows.queryExecution().analyzed().deterministic();
    JavaRDD<InternalRow> data =
        ResultStream.computed(rows.queryExecution())
            .toJavaRDD()
            .map(InternalRow::copy)
            .persist(again ? StorageLevel.MEMORY_ONLY() : StorageLevel.MEMORY_AND_DISK());
    try {
      data.foreachPartition(new Touch());
      return new Kept(data, LogicalRDD$.MODULE$.fromDataset(data.rdd(), rows, false));
    } catch (RuntimeException | Error failure) {
      data.unpersist(false);
      throw failure;
    }
  }

  private record Kept(JavaRDD<InternalRow> data, LogicalRDD rows) {}

  /** Asking for the first row stores the whole partition. */
  private static final class Touch implements VoidFunction<java.util.Iterator<InternalRow>> {

    private static final long serialVersionUID = 1L;

    @Override
    public void call(java.util.Iterator<InternalRow> rows) {
      boolean unused = rows.hasNext();
    }
  }
}
