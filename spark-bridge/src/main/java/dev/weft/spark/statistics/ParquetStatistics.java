package dev.weft.spark.statistics;

import dev.weft.planner.spi.ColumnStatistics;
import dev.weft.planner.spi.TableStatistics;
import dev.weft.spark.file.FileState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Statistics of local Parquet files from their footers, each read once as long as the file stays
 * the same. Of sources with very many files or elsewhere nothing is known.
 */
final class ParquetStatistics {

  private static final int MOST_FILES = 200;
  private static final int KEPT = 2000;

  private final Map<FileState.Seen, Optional<ParquetFooter>> footers = new ConcurrentHashMap<>();
  private final Map<Asked, ColumnStatistics> columns = new ConcurrentHashMap<>();

  private record Asked(List<FileState.Seen> files, String column) {}

  /**
   * Of files and folders.
   *
   * @param roots their paths
   * @param wanted the columns asked about
   */
  Optional<TableStatistics> of(List<String> roots, List<String> wanted) {
    List<FileState.Seen> files = new ArrayList<>();
    for (String root : roots) {
      Optional<FileState> state = FileState.of(root);
      if (state.isEmpty()) {
        return Optional.empty();
      }
      files.addAll(state.get().dataFiles());
      if (files.size() > MOST_FILES) {
        return Optional.empty();
      }
    }
    return files.isEmpty() ? Optional.empty() : read(files, wanted);
  }

  private Optional<TableStatistics> read(List<FileState.Seen> files, List<String> wanted) {
    List<ParquetFooter> read = new ArrayList<>();
    double bytes = 0;
    for (FileState.Seen file : files) {
      Optional<ParquetFooter> footer = footer(file);
      if (footer.isEmpty()) {
        return Optional.empty();
      }
      read.add(footer.get());
      bytes += file.bytes();
    }
    double rows = read.stream().mapToDouble(ParquetFooter::rows).sum();
    Map<String, ColumnStatistics> known = new HashMap<>();
    for (String name : wanted) {
      String column = name.toLowerCase(Locale.ROOT);
      known.put(column, column(files, read, column, rows));
    }
    return Optional.of(new TableStatistics(rows, bytes, read.get(0).columns().size(), known));
  }

  private ColumnStatistics column(
      List<FileState.Seen> files, List<ParquetFooter> read, String column, double rows) {
    if (columns.size() >= KEPT) {
      columns.clear();
    }
    return columns.computeIfAbsent(
        new Asked(files, column),
        asked -> {
          List<ParquetChunk> chunks = new ArrayList<>();
          for (ParquetFooter footer : read) {
            chunks.addAll(footer.columns().getOrDefault(column, List.of()));
          }
          double found = chunks.stream().mapToDouble(ParquetChunk::rows).sum();
          // What some files lack, as partition columns, is not in any footer.
          return chunks.isEmpty() || found < rows
              ? ColumnStatistics.UNKNOWN
              : new ParquetColumn(chunks, rows).statistics();
        });
  }

  private Optional<ParquetFooter> footer(FileState.Seen file) {
    Optional<ParquetFooter> known = footers.get(file);
    if (known != null) {
      return known;
    }
    if (footers.size() >= KEPT) {
      footers.clear();
    }
    Optional<ParquetFooter> read = ParquetFooter.read(Path.of(file.path()));
    footers.put(file, read);
    return read;
  }
}
