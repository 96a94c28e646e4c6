package dev.weft.spark.catalog;

import dev.weft.spark.convert.Catalyst;
import dev.weft.spark.file.LocalPath;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.catalyst.catalog.CatalogDatabase;
import org.apache.spark.sql.catalyst.catalog.CatalogFunction;
import org.apache.spark.sql.catalyst.catalog.CatalogStatistics;
import org.apache.spark.sql.catalyst.catalog.CatalogTable;
import org.apache.spark.sql.catalyst.catalog.CatalogTablePartition;
import org.apache.spark.sql.catalyst.catalog.ExternalCatalog;
import org.apache.spark.sql.catalyst.catalog.ExternalCatalogUtils$;
import org.apache.spark.sql.catalyst.catalog.SessionCatalog;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.util.StringUtils;
import org.apache.spark.sql.errors.QueryCompilationErrors;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.collection.immutable.Map;
import scala.collection.immutable.Seq;

/**
 * Spark's catalog as files in the project's {@code .weft/catalog}, a file a thing: what is written
 * is there for every process and for the next run. Reading takes no lock; a write holds one for as
 * long as it takes to write its file.
 */
public final class ProjectCatalog implements ExternalCatalog {

  /** A file is written in milliseconds; a table's rows may take long, and their writer may wait. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Duration WRITERS = Duration.ofDays(1);

  private final Path folder;
  private final FolderLock lock;
  private final Databases databases;
  private final Tables tables;
  private final Partitions partitions;
  private final StoredFunctions functions;
  private final ToldSessions sessions = new ToldSessions();

  /** The catalog of a project; nothing is read or made until something is asked. */
  public ProjectCatalog(Path project, Configuration hadoop) {
    this.folder = project.toAbsolutePath().normalize().resolve(".weft").resolve("catalog");
    this.lock = new FolderLock(folder.resolve("lock"));
    DataFolders folders = new DataFolders(hadoop);
    Places places = new Places(project);
    StorageCodec storage = new StorageCodec(places);
    Stored<CatalogTable> tableFiles =
        new Stored<>(folder, "table", new TableCodec(storage), sessions::forget);
    Stored<List<CatalogTablePartition>> partitionFiles =
        new Stored<>(folder, "partitions", new PartitionsCodec(storage), sessions::forget);
    this.databases =
        new Databases(
            new Stored<>(folder, "database", new DatabaseCodec(places), ignored -> {}),
            folders,
            Places.local(tables(project)));
    this.functions =
        new StoredFunctions(
            databases,
            new Stored<>(folder, "function", new FunctionCodec(), sessions::forgetFunction));
    this.partitions = new Partitions(partitionFiles, folders);
    this.tables = new Tables(databases, tableFiles, partitions, folders);
  }

  /** Where the rows of managed tables lie. */
  public static String warehouse(Path project) {
    return LocalPath.text(tables(project));
  }

  private static Path tables(Path project) {
    return project.toAbsolutePath().normalize().resolve(".weft").resolve("tables");
  }

  /** From now on this session forgets what it keeps of tables and functions that change. */
  public void tell(SessionCatalog session) {
    sessions.add(session);
  }

  /**
   * Notices what other processes have done to functions, which Spark keeps without asking again;
   * for a table it asks each time.
   */
  public void refresh() {
    functions.refresh();
  }

  /**
   * Keeps other writers from a table, of this process and others, until it is closed: two that
   * write files to one folder at once would lose rows.
   *
   * @param waiting hears who writes it, when that takes a while
   */
  public Writing writing(
      String database, String table, BooleanSupplier cancelled, Consumer<String> waiting) {
    String file = FileNames.encoded(database) + "." + FileNames.encoded(table);
    FolderLock.Held held =
        new FolderLock(folder.resolve("locks").resolve(file)).take(WRITERS, cancelled, waiting);
    return held::close;
  }

  private void write(Runnable work) {
    FolderLock.Held held = lock.take(PATIENCE, () -> false);
    try {
      work.run();
    } finally {
      held.close();
    }
  }

  // ---------------------------------------------------------------- databases

  @Override
  public void createDatabase(CatalogDatabase database, boolean ignoreIfExists) {
    write(() -> databases.create(database, ignoreIfExists));
  }

  @Override
  public void dropDatabase(String db, boolean ignoreIfNotExists, boolean cascade) {
    write(() -> removeDatabase(db, cascade, !ignoreIfNotExists || databases.exists(db)));
  }

  private void removeDatabase(String db, boolean cascade, boolean wanted) {
    if (!wanted) {
      return;
    }
    CatalogDatabase database = databases.get(db);
    List<String> tableNames = tables.names(db);
    List<String> functionNames = functions.names(db);
    if (!cascade && !(tableNames.isEmpty() && functionNames.isEmpty())) {
      throw Raised.as(QueryCompilationErrors.cannotDropNonemptyDatabaseError(db));
    }
    tableNames.forEach(table -> tables.drop(db, table, true));
    functionNames.forEach(function -> functions.drop(db, function));
    databases.delete(database);
  }

  @Override
  public void alterDatabase(CatalogDatabase database) {
    write(() -> databases.alter(database));
  }

  @Override
  public CatalogDatabase getDatabase(String db) {
    return databases.get(db);
  }

  @Override
  public boolean databaseExists(String db) {
    return databases.exists(db);
  }

  @Override
  public Seq<String> listDatabases() {
    return Catalyst.seq(databases.names(folder));
  }

  @Override
  public Seq<String> listDatabases(String pattern) {
    return StringUtils.filterPattern(listDatabases(), pattern);
  }

  /** The current database is the session's. */
  @Override
  public void setCurrentDatabase(String db) {}

  // ---------------------------------------------------------------- tables

  @Override
  public void createTable(CatalogTable table, boolean ignoreIfExists) {
    write(() -> tables.create(table, ignoreIfExists));
  }

  @Override
  public void dropTable(String db, String table, boolean ignoreIfNotExists, boolean purge) {
    write(() -> tables.drop(db, table, ignoreIfNotExists));
  }

  @Override
  public void renameTable(String db, String oldName, String newName) {
    write(() -> tables.rename(db, oldName, newName));
  }

  /** The comment has a field of its own. */
  @Override
  public void alterTable(CatalogTable table) {
    Map<String, String> properties = table.properties().removed("comment");
    write(() -> tables.replace(Copies.having(table, properties)));
  }

  @Override
  public void alterTableDataSchema(String db, String table, StructType newDataSchema) {
    write(
        () -> {
          CatalogTable before = tables.get(db, table);
          List<StructField> fields = new ArrayList<>(List.of(newDataSchema.fields()));
          fields.addAll(List.of(before.partitionSchema().fields()));
          tables.replace(Copies.with(before, new StructType(fields.toArray(StructField[]::new))));
        });
  }

  @Override
  public void alterTableSchema(String db, String table, StructType newSchema) {
    write(() -> tables.replace(Copies.with(tables.get(db, table), newSchema)));
  }

  @Override
  public void alterTableStats(String db, String table, Option<CatalogStatistics> stats) {
    write(() -> tables.replace(Copies.counted(tables.get(db, table), stats)));
  }

  @Override
  public CatalogTable getTable(String db, String table) {
    return tables.get(db, table);
  }

  @Override
  public Seq<CatalogTable> getTablesByName(String db, Seq<String> names) {
    List<CatalogTable> found = new ArrayList<>();
    for (String name : Catalyst.list(names)) {
      if (tables.exists(db, name)) {
        found.add(tables.get(db, name));
      }
    }
    return Catalyst.seq(found);
  }

  @Override
  public boolean tableExists(String db, String table) {
    return tables.exists(db, table);
  }

  @Override
  public Seq<String> listTables(String db) {
    return Catalyst.seq(tables.names(db));
  }

  @Override
  public Seq<String> listTables(String db, String pattern) {
    return StringUtils.filterPattern(listTables(db), pattern);
  }

  @Override
  public Seq<String> listViews(String db, String pattern) {
    List<String> views = new ArrayList<>();
    for (String name : tables.names(db)) {
      if (tables.get(db, name).tableType().equals(Tables.VIEW)) {
        views.add(name);
      }
    }
    return StringUtils.filterPattern(Catalyst.seq(views), pattern);
  }

  // ---------------------------------------------------------------- Hive's way of loading

  @Override
  public void loadTable(
      String db, String table, String path, boolean overwrite, boolean fromLocal) {
    throw notHive();
  }

  @Override
  public void loadPartition(
      String db,
      String table,
      String path,
      Map<String, String> spec,
      boolean overwrite,
      boolean inheritSpecs,
      boolean fromLocal) {
    throw notHive();
  }

  @Override
  public void loadDynamicPartitions(
      String db, String table, String path, Map<String, String> spec, boolean replace, int count) {
    throw notHive();
  }

  /** Spark refuses LOAD DATA for every table that is none of Hive's before it comes here. */
  private static RuntimeException notHive() {
    return new IllegalStateException("LOAD DATA is for tables of Hive; use INSERT");
  }

  // ---------------------------------------------------------------- partitions

  @Override
  public void createPartitions(
      String db, String table, Seq<CatalogTablePartition> parts, boolean ignoreIfExists) {
    write(() -> partitions.create(tables.get(db, table), parts, ignoreIfExists));
  }

  @Override
  public void dropPartitions(
      String db,
      String table,
      Seq<Map<String, String>> specs,
      boolean ignoreIfNotExists,
      boolean purge,
      boolean retainData) {
    write(() -> partitions.drop(tables.get(db, table), specs, ignoreIfNotExists, retainData));
  }

  @Override
  public void renamePartitions(
      String db, String table, Seq<Map<String, String>> specs, Seq<Map<String, String>> newSpecs) {
    write(() -> partitions.rename(tables.get(db, table), specs, newSpecs));
  }

  @Override
  public void alterPartitions(String db, String table, Seq<CatalogTablePartition> parts) {
    write(() -> partitions.alter(tables.get(db, table), parts));
  }

  @Override
  public CatalogTablePartition getPartition(String db, String table, Map<String, String> spec) {
    CatalogTable found = tables.get(db, table);
    return partitions
        .one(found, spec)
        .orElseThrow(() -> Raised.as(Partitions.missing(found, spec)));
  }

  @Override
  public Option<CatalogTablePartition> getPartitionOption(
      String db, String table, Map<String, String> spec) {
    return Option.apply(partitions.one(tables.get(db, table), spec).orElse(null));
  }

  @Override
  public Seq<String> listPartitionNames(
      String db, String table, Option<Map<String, String>> partialSpec) {
    return Catalyst.seq(partitions.names(tables.get(db, table), partialSpec));
  }

  @Override
  public Seq<CatalogTablePartition> listPartitions(
      String db, String table, Option<Map<String, String>> partialSpec) {
    return Catalyst.seq(partitions.some(tables.get(db, table), partialSpec));
  }

  @Override
  public Seq<CatalogTablePartition> listPartitionsByFilter(
      String db, String table, Seq<Expression> predicates, String defaultTimeZoneId) {
    return ExternalCatalogUtils$.MODULE$.prunePartitionsByFilter(
        tables.get(db, table),
        listPartitions(db, table, Option.empty()),
        predicates,
        defaultTimeZoneId);
  }

  // ---------------------------------------------------------------- functions

  @Override
  public void createFunction(String db, CatalogFunction function) {
    write(() -> functions.create(db, function));
  }

  @Override
  public void dropFunction(String db, String name) {
    write(() -> functions.drop(db, name));
  }

  @Override
  public void alterFunction(String db, CatalogFunction function) {
    write(() -> functions.alter(db, function));
  }

  @Override
  public void renameFunction(String db, String oldName, String newName) {
    write(() -> functions.rename(db, oldName, newName));
  }

  @Override
  public CatalogFunction getFunction(String db, String name) {
    return functions.get(db, name);
  }

  @Override
  public boolean functionExists(String db, String name) {
    return functions.exists(db, name);
  }

  @Override
  public Seq<String> listFunctions(String db, String pattern) {
    return StringUtils.filterPattern(Catalyst.seq(functions.names(db)), pattern);
  }

  /** Lets other writers at a table again. */
  public interface Writing extends AutoCloseable {
    @Override
    void close();
  }
}
