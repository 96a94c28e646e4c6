package dev.weft.planner.analyze;

import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.ParsedScript;
import dev.weft.grammar.ScriptParser;
import dev.weft.grammar.Source;
import dev.weft.grammar.ast.Include;
import dev.weft.grammar.ast.Statement;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;

/** INCLUDE: the statements of another file, whose own paths start at its folder. */
final class IncludeAnalysis {

  private final ScriptState state;
  private final Deque<Path> open = new ArrayDeque<>();

  IncludeAnalysis(ScriptState state) {
    this.state = state;
  }

  /** Reads and parses the file; what is wrong in its text has been reported. */
  List<Statement> statements(Include include) {
    String written = Options.text(include.path());
    Path path = state.folder(include.span().source()).resolve(written).toAbsolutePath().normalize();
    if (open.contains(path)) {
      String chain =
          open.stream()
              .map(file -> String.valueOf(file.getFileName()))
              .collect(Collectors.joining(" from "));
      throw ErrorCode.INCLUDE_CYCLE.failure(include.path().span(), written, chain);
    }
    Source source = new Source(name(include, written), text(include, path));
    Path folder = path.getParent();
    state.folder(source, folder == null ? state.context().folder() : folder);
    ParsedScript parsed = ScriptParser.parse(source);
    state.errors().addAll(parsed.errors());
    open.push(path);
    return parsed.script().statements();
  }

  /** The file has been read to its end. */
  void close() {
    open.pop();
  }

  /** The file as seen from where the script is named. */
  private static String name(Include include, String written) {
    String outer = include.span().source().name();
    int slash = outer.lastIndexOf('/');
    boolean beside = slash >= 0 && !outer.startsWith("<") && !written.startsWith("/");
    return beside ? outer.substring(0, slash + 1) + written : written;
  }

  private static String text(Include include, Path path) {
    String written = Options.text(include.path());
    if (!Files.isRegularFile(path)) {
      throw ErrorCode.FILE_NOT_FOUND.failure(include.path().span(), written, FilePlaces.near(path));
    }
    try {
      byte[] bytes = Files.readAllBytes(path);
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notUtf8) {
      throw ErrorCode.FILE_UNREADABLE.failure(
          include.path().span(), written, "it is not UTF-8 text");
    } catch (IOException unreadable) {
      throw ErrorCode.FILE_UNREADABLE.failure(
          include.path().span(), written, String.valueOf(unreadable.getMessage()));
    }
  }
}
