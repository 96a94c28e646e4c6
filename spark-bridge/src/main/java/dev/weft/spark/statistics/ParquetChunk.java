package dev.weft.spark.statistics;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;

/**
 * What a footer says of one column in one group of rows.
 *
 * @param dictionary where a dictionary of all its values begins; negative where there is none
 */
record ParquetChunk(
    Path file,
    long rows,
    OptionalDouble nulls,
    OptionalDouble low,
    OptionalDouble high,
    double step,
    long dictionary) {

  /** Enough for the header of a page. */
  private static final int HEADER_BYTES = 256;

  static ParquetChunk of(Path file, long rows, ColumnChunkMetaData column) {
    Statistics<?> values = column.getStatistics();
    boolean counted = values != null && values.isNumNullsSet();
    boolean bounded = values != null && values.hasNonNullValue();
    boolean complete =
        column.hasDictionaryPage()
            && column.getEncodingStats() != null
            && !column.getEncodingStats().hasNonDictionaryEncodedPages();
    Optional<ParquetNumbers> numbers = ParquetNumbers.of(column.getPrimitiveType());
    return new ParquetChunk(
        file,
        rows,
        counted ? OptionalDouble.of((double) values.getNumNulls()) : OptionalDouble.empty(),
        bounded ? number(numbers, values.genericGetMin()) : OptionalDouble.empty(),
        bounded ? number(numbers, values.genericGetMax()) : OptionalDouble.empty(),
        numbers.map(ParquetNumbers::step).orElse(0.0),
        complete ? column.getStartingPos() : -1);
  }

  private static OptionalDouble number(Optional<ParquetNumbers> numbers, Object value) {
    return numbers.map(known -> known.place(value)).orElseGet(OptionalDouble::empty);
  }

  /** How many values a dictionary of all of them holds; only its header is read. */
  OptionalDouble dictionaryValues() {
    if (dictionary < 0) {
      return OptionalDouble.empty();
    }
    try (FileChannel channel = FileChannel.open(file)) {
      InputStream from = Channels.newInputStream(channel.position(dictionary));
      PageHeader page = Util.readPageHeader(new BufferedInputStream(from, HEADER_BYTES));
      return page.isSetDictionary_page_header()
          ? OptionalDouble.of(page.getDictionary_page_header().getNum_values())
          : OptionalDouble.empty();
    } catch (IOException unreadable) {
      return OptionalDouble.empty();
    }
  }
}
