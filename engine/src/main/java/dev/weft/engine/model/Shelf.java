package dev.weft.engine.model;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Where versions of models lie: the project's folder, or one of another file system. */
interface Shelf {

  /** The models that have a version. */
  List<String> names();

  /** The numbers of a model's versions, newest first. */
  List<Integer> numbers(String name);

  /** Whether there is a version. */
  boolean has(String name, int version);

  /** What the versions are called beside their numbers. */
  VersionNames called(String name);

  /** Replaces what the versions are called. */
  void call(String name, VersionNames names) throws IOException;

  /** A version's manifest. */
  Manifest manifest(String name, int version) throws IOException;

  /** What changes when a version is made anew; empty when it is not there. */
  String stamp(String name, int version);

  /** The folder of this machine that holds a version's files. */
  Path files(String name, Manifest manifest) throws IOException;

  /** Where a version lies, to be shown. */
  String place(String name, int version);

  /** An empty folder of this machine, where a model is made before it is published. */
  Path draft(String name) throws IOException;

  /** Removes a draft that will not be published. */
  void discard(Path draft);

  /**
   * Makes a draft a version, all of it at once.
   *
   * @return false when another writer has published that version meanwhile
   */
  boolean publish(String name, Path draft, Manifest manifest) throws IOException;

  /** The highest number that was ever given, or is being given. */
  int given(String name);

  /** Takes a version away, at once. */
  void remove(String name, int version) throws IOException;

  /**
   * Waits for the right to rename and remove, which one writer has at a time.
   *
   * @throws NoSuchFileException when there is no such model any more
   */
  Closeable lock(String name) throws IOException;
}
