package dev.weft.scripts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A function for queries that ends the process of one row, as SIGKILL would, the first time. */
public final class HaltOnce {

  private static final int KILLED = 137;

  private HaltOnce() {}

  /**
   * The row's number.
   *
   * @param where the number of the row that ends its process
   * @param mark a file that says that it has; the row passes where it is there
   */
  public static long at(long row, long where, String mark) {
    if (row == where) {
      try {
        Files.createFile(Path.of(mark));
        Runtime.getRuntime().halt(KILLED);
      } catch (FileAlreadyExistsException again) {
        return row;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return row;
  }
}
