package dev.weft.planner.spi;

import java.util.List;
import java.util.Optional;

/**
 * What planning may know of the rows of sources without reading them: from ANALYZE TABLE and the
 * footers of columnar files. What is not known there stays unknown, and plans stay as written.
 */
public interface ScanStatistics {

  /** Knows nothing. */
  ScanStatistics NONE = new ScanStatistics() {};

  /**
   * Of a file source.
   *
   * @param columns those asked about
   */
  default Optional<TableStatistics> statistics(FileSource source, List<String> columns) {
    return Optional.empty();
  }

  /**
   * Of a table of the catalog, temporary views included.
   *
   * @param table its dotted name
   * @param columns those asked about
   */
  default Optional<TableStatistics> statistics(String table, List<String> columns) {
    return Optional.empty();
  }

  /** The bytes of a side of a join up to which it is sent whole to every task; 0 to send none. */
  default long sentBytes() {
    return 10 << 20;
  }
}
