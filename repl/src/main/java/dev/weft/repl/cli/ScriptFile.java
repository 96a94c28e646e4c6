package dev.weft.repl.cli;

import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Nearest;
import dev.weft.grammar.Source;
import dev.weft.grammar.Span;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A script and the folder its relative paths start at.
 *
 * @param source its text, under the name the user gave
 */
public record ScriptFile(Source source, Path folder) {

  /** Reads a file; a missing one is a mistake in the command line. */
  public static ScriptFile read(String name) {
    if (name.equals("-")) {
      return standardInput();
    }
    Path path = Path.of(name);
    if (Files.isDirectory(path)) {
      throw new UsageFailure("'" + name + "' is a folder; name the script in it");
    }
    if (!Files.exists(path)) {
      throw new UsageFailure("there is no file '" + name + "'" + neighbour(path));
    }
    Path folder = path.toAbsolutePath().normalize().getParent();
    try {
      byte[] bytes = Files.readAllBytes(path);
      return new ScriptFile(decode(name, bytes), folder == null ? path.getRoot() : folder);
    } catch (IOException e) {
      throw new UsageFailure("the file '" + name + "' cannot be read: " + e.getMessage());
    }
  }

  /** The statements of {@code -e}. */
  public static ScriptFile command(String statements) {
    return new ScriptFile(new Source(Source.COMMAND, statements), workingFolder());
  }

  /** What is piped in. */
  public static ScriptFile standardInput() {
    try (InputStream in = System.in) {
      return new ScriptFile(decode("<stdin>", in.readAllBytes()), workingFolder());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The folder the command was typed in. */
  public static Path workingFolder() {
    return Path.of("").toAbsolutePath();
  }

  private static Source decode(String name, byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length + 1);
    CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
    String text = out.flip().toString();
    if (result.isError()) {
      Source before = new Source(name, text);
      throw ErrorCode.NOT_UTF8.failure(
          new Span(before, text.length(), text.length()), in.position() + 1);
    }
    return new Source(name, text.startsWith("\uFEFF") ? text.substring(1) : text);
  }

  private static String neighbour(Path path) {
    Path folder = path.toAbsolutePath().getParent();
    Path last = path.getFileName();
    if (folder == null || last == null || !Files.isDirectory(folder)) {
      return "";
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<String> names = files.limit(10_000).map(f -> String.valueOf(f.getFileName())).toList();
      return Nearest.hint(last.toString(), names);
    } catch (IOException e) {
      return "";
    }
  }
}
