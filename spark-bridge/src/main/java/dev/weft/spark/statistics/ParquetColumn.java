package dev.weft.spark.statistics;

import dev.weft.planner.spi.ColumnStatistics;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** One column over all groups of rows of a table. */
final class ParquetColumn {

  /** With fewer groups nobody can tell how values lie. */
  private static final int FEWEST = 2;

  /** Groups whose ranges together are this many times the whole range lie one behind another. */
  private static final double OVERLAP = 1.5;

  private final List<ParquetChunk> chunks;
  private final double rows;

  ParquetColumn(List<ParquetChunk> chunks, double rows) {
    this.chunks = chunks;
    this.rows = rows;
  }

  ColumnStatistics statistics() {
    OptionalDouble low = ends(ParquetChunk::low, DoubleStream::min);
    OptionalDouble high = ends(ParquetChunk::high, DoubleStream::max);
    OptionalDouble nulls = all(ParquetChunk::nulls, DoubleStream::sum);
    boolean clustered = low.isPresent() && high.isPresent() && isClustered(low, high);
    double filled = Math.max(1, rows - nulls.orElse(0));
    return new ColumnStatistics(
        distinct(low, high, filled, clustered), nulls, low, high, clustered);
  }

  private OptionalDouble distinct(
      OptionalDouble low, OptionalDouble high, double filled, boolean clustered) {
    double step = chunks.get(0).step();
    double most = filled;
    boolean known = false;
    if (low.isPresent() && high.isPresent() && step > 0) {
      most = Math.min(most, (high.getAsDouble() - low.getAsDouble()) / step + 1);
      known = true;
    }
    OptionalDouble dictionary =
        all(
            ParquetChunk::dictionaryValues,
            values -> clustered ? values.sum() : values.max().orElse(filled));
    return known || dictionary.isPresent()
        ? OptionalDouble.of(Math.min(most, dictionary.orElse(most)))
        : OptionalDouble.empty();
  }

  private boolean isClustered(OptionalDouble low, OptionalDouble high) {
    double whole = high.getAsDouble() - low.getAsDouble();
    double together = sum(c -> c.high().orElse(0) - c.low().orElse(0));
    return chunks.size() >= FEWEST && whole > 0 && together <= OVERLAP * whole;
  }

  private double sum(ToDoubleFunction<ParquetChunk> part) {
    return chunks.stream().mapToDouble(part).sum();
  }

  /** The outermost of what groups say that hold any value; empty where one says nothing. */
  private OptionalDouble ends(
      Function<ParquetChunk, OptionalDouble> end,
      Function<DoubleStream, OptionalDouble> outermost) {
    List<ParquetChunk> filled =
        chunks.stream().filter(c -> c.nulls().orElse(0) < c.rows()).toList();
    boolean known = !filled.isEmpty() && filled.stream().allMatch(c -> end.apply(c).isPresent());
    return known
        ? outermost.apply(filled.stream().mapToDouble(c -> end.apply(c).orElse(0)))
        : OptionalDouble.empty();
  }

  private OptionalDouble all(
      Function<ParquetChunk, OptionalDouble> part, ToDoubleFunction<DoubleStream> together) {
    List<OptionalDouble> parts = chunks.stream().map(part).toList();
    return parts.stream().allMatch(OptionalDouble::isPresent)
        ? OptionalDouble.of(
            together.applyAsDouble(parts.stream().mapToDouble(value -> value.orElse(0))))
        : OptionalDouble.empty();
  }
}
