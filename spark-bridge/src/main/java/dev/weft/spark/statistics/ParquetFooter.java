package dev.weft.spark.statistics;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.LocalInputFile;

/**
 * What the footer of a Parquet file says.
 *
 * @param columns the groups of rows of each column that is no part of another, by its name in lower
 *     case
 */
record ParquetFooter(long rows, Map<String, List<ParquetChunk>> columns) {

  /** Empty where the file cannot be read as Parquet. */
  static Optional<ParquetFooter> read(Path file) {
    try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file))) {
      long rows = 0;
      Map<String, List<ParquetChunk>> columns = new HashMap<>();
      for (BlockMetaData group : reader.getFooter().getBlocks()) {
        rows += group.getRowCount();
        for (ColumnChunkMetaData column : group.getColumns()) {
          if (column.getPath().size() == 1) {
            String name = column.getPath().toDotString().toLowerCase(Locale.ROOT);
            columns
                .computeIfAbsent(name, unseen -> new ArrayList<>())
                .add(ParquetChunk.of(file, group.getRowCount(), column));
          }
        }
      }
      return Optional.of(new ParquetFooter(rows, columns));
    } catch (IOException | RuntimeException unreadable) {
      return Optional.empty();
    }
  }
}
