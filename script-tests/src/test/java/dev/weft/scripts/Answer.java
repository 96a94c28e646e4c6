package dev.weft.scripts;

import dev.weft.engine.Rows;
import dev.weft.engine.SessionListener;
import dev.weft.grammar.Diagnostic;
import dev.weft.repl.print.PlainText;
import dev.weft.repl.print.RowReader;
import dev.weft.repl.print.TypeName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/**
 * Writes down what a submission answers: warnings, rows with their types, and for a statement
 * without rows its outcome.
 */
final class Answer implements SessionListener {

  private final IntPredicate ordered;
  private final List<String> lines = new ArrayList<>();
  private int statement;
  private boolean showed;

  /**
   * @param ordered whether the rows of the statement of that number have an order of their own
   */
  Answer(IntPredicate ordered) {
    this.ordered = ordered;
  }

  List<String> lines() {
    return lines.stream().flatMap(String::lines).map(VolatileText::masked).toList();
  }

  @Override
  public void started(int number, int total, String title) {
    statement = number;
    showed = false;
  }

  @Override
  public void warning(Diagnostic warning) {
    lines.add(describe("warning", warning));
  }

  @Override
  public void note(String line) {
    lines.add("note " + line);
  }

  @Override
  public void rows(Rows rows) {
    showed = true;
    lines.add(
        rows.schema().getFields().stream()
            .map(field -> field.getName() + ":" + TypeName.of(field))
            .collect(Collectors.joining(", ")));
    List<String> shown = new ArrayList<>();
    try {
      RowReader.forEach(
          rows,
          values ->
              shown.add(values.stream().map(PlainText::of).collect(Collectors.joining(" | "))));
    } catch (IOException cannotHappen) {
      throw new UncheckedIOException(cannotHappen);
    }
    if (!ordered.test(statement)) {
      Collections.sort(shown);
    }
    lines.addAll(shown);
  }

  @Override
  public void finished(int number, int total, String outcome, Duration took) {
    if (!showed) {
      lines.add(outcome);
    }
  }

  /**
   * An error or a warning, its place counted from the first line of the block, or with its file.
   */
  void add(String kind, Diagnostic diagnostic) {
    lines.add(describe(kind, diagnostic));
  }

  /** What no answer should ever hold: an error without a code. */
  void crashed(RuntimeException bug) {
    lines.add("crash " + bug);
  }

  private static String describe(String kind, Diagnostic diagnostic) {
    String source = diagnostic.span().source().name();
    return String.format(
        "%s %s %s%d:%d: %s",
        kind,
        diagnostic.code(),
        source.equals(BlockRunner.SOURCE) ? "" : source + ":",
        diagnostic.span().line(),
        diagnostic.span().column(),
        diagnostic.message());
  }
}
