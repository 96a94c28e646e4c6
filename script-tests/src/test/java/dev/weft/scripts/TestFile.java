package dev.weft.scripts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A {@code .test} file: blocks of statements, each with its answer as lines that start with >. */
record TestFile(List<Block> blocks, List<String> after) {

  private static final String REQUIRES = "-- requires: ";
  private static final String LONG = "-- long";

  TestFile {
    blocks = List.copyOf(blocks);
    after = List.copyOf(after);
  }

  static TestFile read(Path file) {
    try {
      return of(Files.readAllLines(file));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static TestFile of(List<String> lines) {
    List<Block> blocks = new ArrayList<>();
    int at = 0;
    while (at < lines.size()) {
      int answer = next(lines, at, true);
      int end = next(lines, answer, false);
      int text = firstStatement(lines, at, answer);
      if (answer == lines.size() && text == answer) {
        return new TestFile(blocks, lines.subList(at, answer));
      }
      blocks.add(
          new Block(
              lines.subList(at, text),
              String.join("\n", lines.subList(text, answer)),
              lines.subList(answer, end).stream().map(TestFile::withoutMark).toList()));
      at = end;
    }
    return new TestFile(blocks, List.of());
  }

  /** What the file says it cannot run without, such as {@code ray}. */
  Optional<String> requires() {
    return blocks.stream()
        .findFirst()
        .flatMap(block -> block.before().stream().filter(l -> l.startsWith(REQUIRES)).findFirst())
        .map(line -> line.substring(REQUIRES.length()).trim());
  }

  /** Whether it takes so long that a build without {@code -Pfull} runs it only one way. */
  boolean isLong() {
    return blocks.stream().findFirst().filter(b -> b.before().contains(LONG)).isPresent();
  }

  /** The file with other answers. */
  TestFile answering(List<List<String>> answers) {
    List<Block> changed = new ArrayList<>();
    for (int i = 0; i < blocks.size(); i++) {
      changed.add(blocks.get(i).answering(answers.get(i)));
    }
    return new TestFile(changed, after);
  }

  String text() {
    StringBuilder text = new StringBuilder();
    for (Block block : blocks) {
      block.before().forEach(line -> text.append(line).append('\n'));
      text.append(block.text()).append('\n');
      block.expected().forEach(line -> text.append(marked(line)).append('\n'));
    }
    after.forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }

  private static int next(List<String> lines, int from, boolean answer) {
    int at = from;
    while (at < lines.size() && lines.get(at).startsWith(">") != answer) {
      at++;
    }
    return at;
  }

  private static int firstStatement(List<String> lines, int from, int to) {
    int at = from;
    while (at < to && (lines.get(at).isBlank() || lines.get(at).startsWith("--"))) {
      at++;
    }
    return at;
  }

  private static String withoutMark(String line) {
    return line.startsWith("> ") ? line.substring(2) : line.substring(1);
  }

  private static String marked(String line) {
    return line.isEmpty() ? ">" : "> " + line;
  }
}
