package dev.weft.spark.catalog;

/** The name of a thing in a database; a database itself has an empty name in it. */
record Named(String database, String name) {

  static Named database(String database) {
    return new Named(database, "");
  }
}
