package dev.weft.spark.catalog;

import java.util.List;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.analysis.FunctionAlreadyExistsException;
import org.apache.spark.sql.catalyst.analysis.NoSuchFunctionException;
import org.apache.spark.sql.catalyst.catalog.CatalogFunction;
import scala.Option;

/** The functions of a catalog; whoever writes holds its lock. */
final class StoredFunctions {

  private final Databases databases;
  private final Stored<CatalogFunction> files;

  StoredFunctions(Databases databases, Stored<CatalogFunction> files) {
    this.databases = databases;
    this.files = files;
  }

  void refresh() {
    files.refresh();
  }

  void create(String db, CatalogFunction function) {
    databases.require(db);
    files.write(free(db, function.identifier().funcName()), function);
  }

  void drop(String db, String name) {
    get(db, name);
    files.delete(new Named(db, name));
  }

  void alter(String db, CatalogFunction function) {
    String name = function.identifier().funcName();
    get(db, name);
    files.write(new Named(db, name), function);
  }

  void rename(String db, String oldName, String newName) {
    CatalogFunction function = get(db, oldName);
    Named free = free(db, newName);
    FunctionIdentifier identifier = new FunctionIdentifier(newName, Option.apply(db));
    files.write(free, new CatalogFunction(identifier, function.className(), function.resources()));
    files.delete(new Named(db, oldName));
  }

  CatalogFunction get(String db, String name) {
    databases.require(db);
    return files
        .read(new Named(db, name))
        .orElseThrow(() -> Raised.as(new NoSuchFunctionException(db, name)));
  }

  boolean exists(String db, String name) {
    databases.require(db);
    return files.exists(new Named(db, name));
  }

  List<String> names(String db) {
    databases.require(db);
    return files.names(db);
  }

  private Named free(String db, String name) {
    Named free = new Named(db, name);
    if (files.exists(free)) {
      throw Raised.as(new FunctionAlreadyExistsException(db, name));
    }
    return free;
  }
}
