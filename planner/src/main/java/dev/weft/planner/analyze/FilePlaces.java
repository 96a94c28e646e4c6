package dev.weft.planner.analyze;

import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Nearest;
import dev.weft.grammar.Span;
import dev.weft.planner.spi.Column;
import dev.weft.planner.spi.FileSource;
import dev.weft.planner.spi.SparkError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.apache.calcite.rel.RelNode;

/** Paths of a script: where they lead, and whether something is there. */
final class FilePlaces {

  /** Formats whose data is text that inference reads; an empty file has nothing to say. */
  private static final Set<String> TEXTS = Set.of("csv", "json");

  /** Formats that Spark knows only with a library that the user adds. */
  private static final Set<String> OF_LIBRARIES = Set.of("avro", "delta");

  private static final Set<String> FILES =
      Set.of("csv", "json", "parquet", "orc", "text", "binaryfile", "image", "avro", "xml");

  private final ScriptState state;

  FilePlaces(ScriptState state) {
    this.state = state;
  }

  /** The rows of {@code format.`path`} in FROM. */
  RelNode read(String format, String path, Span place) {
    String known = format(format, place);
    FileSource source = new FileSource(known, path(known, path, place), Map.of(), "");
    return new ScanOf(state).scan(source, path, place);
  }

  /** A format's name in lower case, checked. */
  String format(String written, Span place) {
    String format = written.toLowerCase(Locale.ROOT);
    List<String> formats = state.outside().relations().formats();
    if (!formats.contains(format)) {
      throw ErrorCode.FORMAT_NOT_FOUND.failure(
          place, written, Nearest.hintOrList(written, formats));
    }
    return format;
  }

  /** Where the files of a format are; only one without files takes an empty path. */
  String path(String format, String written, Span place) {
    if (written.isBlank() && (FILES.contains(format) || OF_LIBRARIES.contains(format))) {
      throw ErrorCode.FILE_NOT_FOUND.failure(
          place, written, "; name one behind '" + format + "', between back quotes");
    }
    return path(written, place);
  }

  /** An absolute path, or the URI as written. */
  String path(String written, Span place) {
    if (isUri(written)) {
      return written;
    }
    Path path = state.folder(place.source()).resolve(written);
    return path.toAbsolutePath().normalize().toString();
  }

  static boolean isUri(String path) {
    return path.matches("[a-zA-Z][a-zA-Z0-9+.-]+:.*");
  }

  /** Fails unless a source's files are there. */
  void mustExist(FileSource source, String written, Span place) {
    if (isUri(source.path()) || !FILES.contains(source.format()) && !isFolderFormat(source)) {
      return;
    }
    if (Globs.isGlob(source.path())) {
      globMustMatch(source.path(), written, place);
      return;
    }
    Path path = Path.of(source.path());
    if (!Files.exists(path)) {
      requireLibrary(source, written, place);
      throw ErrorCode.FILE_NOT_FOUND.failure(place, written, near(path));
    }
    if (!Files.isReadable(path)) {
      throw ErrorCode.FILE_UNREADABLE.failure(place, written, "permission denied");
    }
    if (TEXTS.contains(source.format()) && isEmpty(path)) {
      throw ErrorCode.FILE_EMPTY.failure(place, written);
    }
  }

  /** Nobody can tell what should be there without the library of a format that needs one. */
  private void requireLibrary(FileSource source, String written, Span place) {
    if (!OF_LIBRARIES.contains(source.format())) {
      return;
    }
    try {
      List<Column> unused = state.outside().relations().columnsOf(source);
    } catch (SparkError error) {
      if (error.condition().equals("DATA_SOURCE_NOT_FOUND")) {
        throw ErrorCode.FILE_UNREADABLE.failure(place, written, String.valueOf(error.getMessage()));
      }
    }
  }

  private static boolean isFolderFormat(FileSource source) {
    return source.format().equals("delta");
  }

  private static void globMustMatch(String path, String written, Span place) {
    try {
      if (!Globs.matches(path)) {
        throw ErrorCode.FILE_NOT_FOUND.failure(place, written, "; no file matches the pattern");
      }
    } catch (IOException unreadable) {
      throw ErrorCode.FILE_UNREADABLE.failure(
          place, written, String.valueOf(unreadable.getMessage()));
    } catch (PatternSyntaxException wrong) {
      throw ErrorCode.FILE_UNREADABLE.failure(place, written, "the pattern is not closed");
    }
  }

  private static boolean isEmpty(Path path) {
    try {
      if (!Files.isDirectory(path)) {
        return Files.size(path) == 0;
      }
      try (Stream<Path> files = Files.walk(path)) {
        return files.noneMatch(FilePlaces::hasData);
      }
    } catch (IOException unreadable) {
      return false;
    }
  }

  private static boolean hasData(Path file) {
    try {
      String name = String.valueOf(file.getFileName());
      boolean hidden = name.startsWith("_") || name.startsWith(".");
      return !hidden && Files.isRegularFile(file) && Files.size(file) > 0;
    } catch (IOException unreadable) {
      return true;
    }
  }

  /** The nearest name in the folder where the file should be. */
  static String near(Path path) {
    Path folder = path.getParent();
    Path name = path.getFileName();
    if (folder == null || name == null || !Files.isDirectory(folder)) {
      return "";
    }
    try (Stream<Path> siblings = Files.list(folder)) {
      List<String> names = siblings.map(p -> String.valueOf(p.getFileName())).sorted().toList();
      return Nearest.hint(name.toString(), names);
    } catch (IOException unreadable) {
      return "";
    }
  }
}
