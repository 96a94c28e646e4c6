package dev.weft.spark.file;

import dev.weft.planner.spi.FileSource;
import dev.weft.planner.spi.SparkError;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.DataFrameReader;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Reads file sources. A source's full schema is inferred once and kept: Spark needs all of it to
 * read CSV by position, even where few columns are used.
 */
public final class FileSources {

  private static final int KEPT = 1000;

  /** Formats that take a schema; the others know theirs. */
  private static final Set<String> TAKE_SCHEMA =
      Set.of("csv", "json", "parquet", "orc", "text", "xml", "avro");

  private final Supplier<SparkSession> session;
  private final Map<FileSource, StructType> schemas = new ConcurrentHashMap<>();
  private final Map<FileSource, Inferred> inferences = new ConcurrentHashMap<>();

  public FileSources(Supplier<SparkSession> session) {
    this.session = session;
  }

  /** The columns of a source as they are now. */
  public StructType infer(FileSource source) {
    StructType schema =
        source.schema().isEmpty() ? inferred(source) : StructType.fromDDL(source.schema());
    if (schemas.size() >= KEPT) {
      schemas.clear();
    }
    schemas.put(source, schema);
    return schema;
  }

  /** Looks into files only when they, or Spark's settings, are others than the last time. */
  private StructType inferred(FileSource source) {
    Optional<FileState> state = FileState.of(source.path());
    int settings = session.get().sessionState().conf().getAllConfs().hashCode();
    Inferred before = inferences.get(source);
    if (before != null && state.isPresent() && before.isOf(state.get(), settings)) {
      return before.schema;
    }
    StructType schema = lookedInto(source);
    if (inferences.size() >= KEPT) {
      inferences.clear();
    }
    state.ifPresent(files -> inferences.put(source, new Inferred(files, settings, schema)));
    return schema;
  }

  private record Inferred(FileState files, int settings, StructType schema) {
    boolean isOf(FileState now, int settingsNow) {
      return settings == settingsNow && files.settled() && files.equals(now);
    }
  }

  private StructType lookedInto(FileSource source) {
    StructType schema = new SchemaInference(session.get(), this).of(source);
    if (schema.length() == 1 && schema.fieldNames()[0].equals(corrupt(source))) {
      String format = source.format().toUpperCase(Locale.ROOT);
      throw new SparkError(
          "",
          "no record of it is "
              + format
              + "; load it in the format it has, or with multiLine = true where a record takes"
              + " several lines",
          OptionalInt.empty(),
          new IllegalArgumentException(source.path()));
    }
    return schema;
  }

  /** The column where Spark puts what it cannot read. */
  private String corrupt(FileSource source) {
    return source.options().entrySet().stream()
        .filter(option -> option.getKey().equalsIgnoreCase("columnNameOfCorruptRecord"))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseGet(() -> session.get().sessionState().conf().columnNameOfCorruptRecord());
  }

  /**
   * The rows of a source with its full schema, analysed.
   *
   * @param used the columns that are read of it
   */
  public LogicalPlan plan(FileSource source, List<String> used) {
    StructType schema = now(source, used);
    DataFrameReader reader = reader(source, options(source));
    if (TAKE_SCHEMA.contains(source.format().toLowerCase(Locale.ROOT))) {
      reader.schema(schema);
    }
    return reader.load(source.path()).queryExecution().analyzed();
  }

  /** Files that were written over since they were looked into have columns of their own. */
  private StructType now(FileSource source, List<String> used) {
    StructType known = schemas.get(source);
    if (known == null) {
      return infer(source);
    }
    Inferred before = inferences.get(source);
    boolean changed =
        source.schema().isEmpty()
            && before != null
            && FileState.of(source.path()).filter(now -> !now.isSame(before.files)).isPresent();
    return changed ? ChangedColumns.checked(known, inferred(source), used) : known;
  }

  /** What reads a source. */
  public DataFrameReader reader(FileSource source, Map<String, String> options) {
    return session.get().read().format(source.format()).options(options);
  }

  /** The user's options, with what the files themselves ask for. */
  public Map<String, String> options(FileSource source) {
    Map<String, String> options = new HashMap<>(source.options());
    boolean told = options.keySet().stream().anyMatch("multiLine"::equalsIgnoreCase);
    if (source.format().equalsIgnoreCase("json") && !told && JsonArrays.isArray(source.path())) {
      options.put("multiLine", "true");
    }
    return options;
  }
}
