package dev.weft.engine.spi;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Files of another file system than this machine's, named by URI: HDFS, object stores, whatever
 * Hadoop's client reaches. A file or folder that is not there is a {@link
 * java.io.FileNotFoundException} where a method does not say otherwise.
 */
public interface RemoteFiles {

  /** The names of a folder's entries, sorted; none when there is no such folder. */
  List<String> list(String folder) throws IOException;

  /**
   * The folders some levels below one that hold a file, as paths relative to it, sorted.
   *
   * @param levels 1 for its own entries
   */
  List<String> holding(String folder, int levels, String file) throws IOException;

  /** Whether there is a file or folder. */
  boolean exists(String path) throws IOException;

  /** Whether there is a folder. */
  boolean isFolder(String path) throws IOException;

  /** A file's content. */
  byte[] read(String file) throws IOException;

  /** Writes a file that is not there yet; false, and nothing written, where it is. */
  boolean create(String file, byte[] content) throws IOException;

  /** Writes a file or replaces it: readers see what it was or what it is, never half of it. */
  void replace(String file, byte[] content) throws IOException;

  /** Copies a file of this machine. */
  void upload(Path from, String to) throws IOException;

  /** Copies a file to this machine. */
  void download(String from, Path to) throws IOException;

  /** What changes when a file is written anew, its time and size; empty when it is not there. */
  String stamp(String file) throws IOException;

  /** Removes a file, or a folder with all in it; what is gone already is no error. */
  void delete(String path) throws IOException;
}
