package dev.weft.spark.catalog;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.analysis.DatabaseAlreadyExistsException;
import org.apache.spark.sql.catalyst.analysis.NoSuchDatabaseException;
import org.apache.spark.sql.catalyst.catalog.CatalogDatabase;

/** The databases; {@code default} is there without a file. */
final class Databases {

  private static final String DEFAULT = "default";

  private final Stored<CatalogDatabase> files;
  private final DataFolders folders;
  private final URI tables;

  Databases(Stored<CatalogDatabase> files, DataFolders folders, URI tables) {
    this.files = files;
    this.folders = folders;
    this.tables = tables;
  }

  CatalogDatabase get(String name) {
    Optional<CatalogDatabase> found = files.read(Named.database(name));
    if (found.isPresent()) {
      return found.get();
    }
    if (name.equals(DEFAULT)) {
      return new CatalogDatabase(DEFAULT, "default database", tables, Fields.scala(Map.of()));
    }
    throw Raised.as(new NoSuchDatabaseException(name));
  }

  boolean exists(String name) {
    return name.equals(DEFAULT) || files.exists(Named.database(name));
  }

  void require(String name) {
    if (!exists(name)) {
      throw Raised.as(new NoSuchDatabaseException(name));
    }
  }

  /** Their names, in order, where each has a folder of its own in this one. */
  List<String> names(Path folder) {
    List<String> names = new ArrayList<>(List.of(DEFAULT));
    try (Stream<Path> files = Files.list(folder)) {
      files
          .map(file -> FileNames.decoded(file.getFileName().toString()))
          .filter(name -> !name.equals(DEFAULT) && exists(name))
          .forEach(names::add);
    } catch (NoSuchFileException none) {
      // Nothing has been written in this project yet.
    } catch (IOException failure) {
      throw new CatalogFailure(
          "the catalog's folder '" + folder + "' cannot be read; check its permissions", failure);
    }
    names.sort(null);
    return names;
  }

  void create(CatalogDatabase database, boolean unlessThere) {
    if (!exists(database.name())) {
      folders.create(database.locationUri());
      files.write(Named.database(database.name()), database);
    } else if (!unlessThere) {
      throw Raised.as(new DatabaseAlreadyExistsException(database.name()));
    }
  }

  void alter(CatalogDatabase database) {
    require(database.name());
    files.write(Named.database(database.name()), database);
  }

  void delete(CatalogDatabase database) {
    files.delete(Named.database(database.name()));
    if (!database.locationUri().equals(tables)) {
      folders.delete(database.locationUri());
    }
  }
}
