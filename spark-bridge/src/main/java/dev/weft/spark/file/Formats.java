package dev.weft.spark.file;

import java.util.List;

/**
 * The formats that make sense for a path or table: those that Spark has built in, and those whose
 * libraries a user may add.
 */
public final class Formats {

  public static final List<String> NAMES =
      List.of(
          "csv",
          "json",
          "parquet",
          "orc",
          "text",
          "xml",
          "jdbc",
          "binaryfile",
          "image",
          "libsvm",
          "delta",
          "iceberg",
          "avro");

  private Formats() {}
}
