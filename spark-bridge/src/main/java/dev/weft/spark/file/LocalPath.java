package dev.weft.spark.file;

import java.nio.file.Path;

/** A local path as Spark wants it: a URI whose blanks and percent signs stand as they are. */
public final class LocalPath {

  private LocalPath() {}

  /** Hadoop reads the text of an escaped URI literally, and would write beside the folder meant. */
  public static String text(Path path) {
    return new org.apache.hadoop.fs.Path(path.toUri()).toString();
  }
}
