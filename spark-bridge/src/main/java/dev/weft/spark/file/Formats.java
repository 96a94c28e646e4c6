package dev.weft.spark.file;

import java.util.List;

/** The formats that Spark has built in and that make sense for a path or table. */
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
          "delta");

  private Formats() {}
}
