package dev.weft.engine.spi;

import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Rows that tasks send elsewhere, not computed yet. Those of a training or validation set have the
 * features, the label if any, then {@code __weft_order}, a 64-bit hash of row and seed that makes
 * order and split independent of partitions.
 */
public interface TrainingData {

  /** The name of the last column. */
  String ORDER = "__weft_order";

  /** The columns as Arrow. */
  Schema schema();

  /** Runs the query and sends every partition; returns the receipts of the committed attempts. */
  List<ArrowSink.Sent> send(ArrowSink sink);
}
