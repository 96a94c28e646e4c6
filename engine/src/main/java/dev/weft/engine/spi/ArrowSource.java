package dev.weft.engine.spi;

import java.io.Serializable;
import java.util.List;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.jspecify.annotations.Nullable;

/** Rows that lie elsewhere, in parts that are read beside each other; closing it lets them go. */
public interface ArrowSource extends AutoCloseable {

  /** Its parts, in the order of the rows; each travels to an executor. */
  List<Part> parts();

  @Override
  void close();

  /** One part; may be read more than once. */
  interface Part extends Serializable {

    /**
     * Opens it.
     *
     * @param columns the names of those wanted, in the order wanted
     */
    Reader open(List<String> columns);
  }

  /** One pass over a part; used by one thread. */
  interface Reader extends AutoCloseable {

    /** The next batch, valid until the next call; null at the end, once all rows have come. */
    @Nullable VectorSchemaRoot next();

    @Override
    void close();
  }
}
