package dev.weft.spark.file;

import dev.weft.planner.spi.FileSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.classic.DataFrameReader;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Finds the columns of a source. Types of text formats are inferred from every line where the files
 * are small; of large ones from the first lines of every 128 MB piece, where a whole number becomes
 * bigint, since a line not seen may hold one that int cannot.
 */
final class SchemaInference {

  private static final long SMALL_BYTES = 64L << 20;
  private static final int LINES_PER_PIECE = 2000;

  private final SparkSession session;
  private final FileSources sources;

  SchemaInference(SparkSession session, FileSources sources) {
    this.session = session;
    this.sources = sources;
  }

  StructType of(FileSource source) {
    Map<String, String> options = sources.options(source);
    DataFrameReader reader = sources.reader(source, options);
    if (!readsLines(source.format(), options) || bytes(source.path()) <= SMALL_BYTES) {
      return reader.load(source.path()).schema();
    }
    Dataset<String> lines =
        session.read().textFile(source.path()).mapPartitions(new FirstLines(), Encoders.STRING());
    boolean csv = source.format().equalsIgnoreCase("csv");
    return wide((csv ? reader.csv(lines) : reader.json(lines)).schema());
  }

  /** Whether inference goes through all lines, and lines can be told apart without parsing. */
  private static boolean readsLines(String format, Map<String, String> options) {
    boolean plain =
        options.keySet().stream()
            .noneMatch(
                key ->
                    key.equalsIgnoreCase("encoding")
                        || key.equalsIgnoreCase("charset")
                        || key.equalsIgnoreCase("lineSep")
                        || key.equalsIgnoreCase("samplingRatio"));
    boolean json = format.equalsIgnoreCase("json");
    boolean csv = format.equalsIgnoreCase("csv") && isTrue(options, "inferSchema");
    return plain && (json || csv) && !isTrue(options, "multiLine");
  }

  private static boolean isTrue(Map<String, String> options, String name) {
    return options.entrySet().stream()
        .anyMatch(
            option ->
                option.getKey().equalsIgnoreCase(name)
                    && option.getValue().toLowerCase(Locale.ROOT).equals("true"));
  }

  private long bytes(String path) {
    try {
      org.apache.hadoop.fs.Path pattern = new org.apache.hadoop.fs.Path(path);
      var files = pattern.getFileSystem(session.sparkContext().hadoopConfiguration());
      var found = files.globStatus(pattern);
      long total = 0;
      for (var status : found == null ? new org.apache.hadoop.fs.FileStatus[0] : found) {
        total += files.getContentSummary(status.getPath()).getLength();
      }
      return total;
    } catch (java.io.IOException | IllegalArgumentException unknown) {
      return 0;
    }
  }

  private static StructType wide(StructType schema) {
    List<StructField> fields = new ArrayList<>();
    for (StructField field : schema.fields()) {
      boolean narrow = field.dataType().equals(DataTypes.IntegerType);
      fields.add(
          narrow ? DataTypes.createStructField(field.name(), DataTypes.LongType, true) : field);
    }
    return new StructType(fields.toArray(StructField[]::new));
  }

  private static final class FirstLines implements MapPartitionsFunction<String, String> {

    private static final long serialVersionUID = 1L;

    @Override
    public Iterator<String> call(Iterator<String> lines) {
      List<String> first = new ArrayList<>();
      while (first.size() < LINES_PER_PIECE && lines.hasNext()) {
        first.add(lines.next());
      }
      return first.iterator();
    }
  }
}
