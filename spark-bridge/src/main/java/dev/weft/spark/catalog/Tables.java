package dev.weft.spark.catalog;

import java.net.URI;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.catalyst.TableIdentifier;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.catalyst.analysis.TableAlreadyExistsException;
import org.apache.spark.sql.catalyst.catalog.CatalogTable;
import org.apache.spark.sql.catalyst.catalog.CatalogTablePartition;
import org.apache.spark.sql.catalyst.catalog.CatalogTableType;
import org.apache.spark.sql.catalyst.catalog.CatalogTableType$;
import scala.Option;

/** Tables and views. */
final class Tables {

  static final CatalogTableType MANAGED = CatalogTableType$.MODULE$.MANAGED();
  static final CatalogTableType VIEW = CatalogTableType$.MODULE$.VIEW();

  private final Databases databases;
  private final Stored<CatalogTable> files;
  private final Partitions partitions;
  private final DataFolders folders;

  Tables(
      Databases databases, Stored<CatalogTable> files, Partitions partitions, DataFolders folders) {
    this.databases = databases;
    this.files = files;
    this.partitions = partitions;
    this.folders = folders;
  }

  CatalogTable get(String database, String table) {
    databases.require(database);
    return files
        .read(new Named(database, table))
        .orElseThrow(() -> Raised.as(new NoSuchTableException(database, table)));
  }

  boolean exists(String database, String table) {
    return databases.exists(database) && files.exists(new Named(database, table));
  }

  List<String> names(String database) {
    databases.require(database);
    return files.names(database);
  }

  void create(CatalogTable table, boolean unlessThere) {
    Named name = named(table);
    databases.require(name.database());
    if (files.exists(name)) {
      if (!unlessThere) {
        throw Raised.as(new TableAlreadyExistsException(name.database(), name.name()));
      }
      return;
    }
    CatalogTable created = table;
    if (table.tableType().equals(MANAGED)) {
      if (table.storage().locationUri().isEmpty()) {
        created = Copies.at(table, folder(name));
      }
      folders.create(created.location());
    }
    partitions.forget(name);
    files.write(name, created);
  }

  /** The rows are gone before the name is: what is left of a drop cut off can be dropped again. */
  void drop(String database, String table, boolean unlessGone) {
    databases.require(database);
    Named name = new Named(database, table);
    if (!files.exists(name)) {
      if (!unlessGone) {
        throw Raised.as(new NoSuchTableException(database, table));
      }
      return;
    }
    CatalogTable dropped = get(database, table);
    if (dropped.tableType().equals(MANAGED)) {
      for (CatalogTablePartition partition : partitions.of(name)) {
        folders.delete(partition.location());
      }
      folders.delete(dropped.location());
    }
    files.delete(name);
    partitions.forget(name);
  }

  void rename(String database, String from, String to) {
    CatalogTable table = get(database, from);
    Named target = new Named(database, to);
    if (files.exists(target)) {
      throw Raised.as(new TableAlreadyExistsException(database, to));
    }
    CatalogTable renamed = Copies.named(table, new TableIdentifier(to, Option.apply(database)));
    Named source = new Named(database, from);
    List<CatalogTablePartition> moved = partitions.of(source);
    if (table.tableType().equals(MANAGED)) {
      URI folder = folder(target);
      folders.rename(table.location(), folder);
      moved = moved.stream().map(p -> Copies.moved(p, table.location(), folder)).toList();
      renamed = Copies.at(renamed, folder);
    }
    if (!moved.isEmpty()) {
      partitions.replace(target, moved);
    }
    files.write(target, renamed);
    files.delete(source);
    partitions.forget(source);
  }

  void replace(CatalogTable table) {
    get(table.database(), table.identifier().table());
    files.write(named(table), table);
  }

  private URI folder(Named name) {
    return new Path(new Path(databases.get(name.database()).locationUri()), name.name()).toUri();
  }

  private static Named named(CatalogTable table) {
    return new Named(table.database(), table.identifier().table());
  }
}
