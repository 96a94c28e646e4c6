package dev.weft.repl.cli;

import dev.weft.engine.Progress;
import dev.weft.engine.Rows;
import dev.weft.engine.SessionListener;
import dev.weft.grammar.Diagnostic;
import dev.weft.grammar.DiagnosticPrinter;
import dev.weft.repl.print.ResultPrinter;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Shows a run to the person or program that started it: results on stdout, the rest on stderr. */
public final class ConsoleListener implements SessionListener, AutoCloseable {

  private final Console console;
  private final ResultPrinter printer;
  private final Style style;
  private final ProgressLine line;
  private final Map<String, String> products = new LinkedHashMap<>();
  private String title = "";
  private long shown = -1;

  /** How much is said about a statement. */
  public enum Style {
    /** Its number, its beginning, what came of it and how long it took. */
    SCRIPT,
    /** What a person at the prompt does not know: no statement. */
    PROMPT,
    /** The same without the time. */
    TERSE
  }

  /** Writes results with {@code printer}. */
  public ConsoleListener(Console console, ResultPrinter printer, Style style) {
    this.console = console;
    this.printer = printer;
    this.style = style;
    this.line = new ProgressLine(console);
    console.beforeResults(line::hold);
  }

  @Override
  public void started(int number, int total, String beginning) {
    boolean alone = style != Style.SCRIPT && total == 1;
    title = alone ? "" : "[" + number + "/" + total + "] " + beginning;
    line.begin(alone ? beginning : title);
  }

  @Override
  public void progress(Progress progress) {
    line.update(progress);
  }

  @Override
  public void warning(Diagnostic warning) {
    String shown = DiagnosticPrinter.print(warning);
    String mark = ": error " + warning.code();
    say(shown.replaceFirst(Pattern.quote(mark), ": warning " + warning.code()));
  }

  @Override
  public void note(String text) {
    say(text);
  }

  @Override
  public void produced(String what, String where) {
    products.put(what, where);
  }

  /** A closed stdout ends the results, not the statements that follow. */
  @Override
  public void rows(Rows rows) {
    line.clear();
    if (console.closed() || rows.schema().getFields().isEmpty()) {
      return;
    }
    try {
      shown = printer.print(rows);
      console.out().flush();
    } catch (IOException e) {
      console.close(e);
    }
  }

  @Override
  public void finished(int number, int total, String what, Duration took) {
    line.end();
    String outcome = withCount(what);
    String separator = title.isEmpty() || outcome.isEmpty() ? "" : title.endsWith("…") ? " " : ": ";
    String done = title + separator + outcome;
    String time = style == Style.TERSE ? "" : "(" + Elapsed.text(took) + ")";
    String text = done.isEmpty() || time.isEmpty() ? done + time : done + " " + time;
    if (!text.isEmpty()) {
      console.err().println(text);
    }
    if (style != Style.SCRIPT) {
      products.values().removeIf(what::contains);
      summary();
    }
  }

  /** How many rows were shown; at the prompt the table itself has said so. */
  private String withCount(String outcome) {
    long rows = shown;
    shown = -1;
    if (rows < 0 || !outcome.equals("rows")) {
      return outcome;
    }
    String count = String.format(Locale.ROOT, "%,d row%s", rows, rows == 1 ? "" : "s");
    return style == Style.SCRIPT ? count : "";
  }

  /** The session is not there yet. */
  public void opening() {
    line.begin("starting");
  }

  /** Says where outputs and models are; each is named once. */
  public void summary() {
    int widest = products.keySet().stream().mapToInt(String::length).max().orElse(0);
    products.forEach(
        (what, where) ->
            console.err().println("  " + what + " ".repeat(widest - what.length()) + "  " + where));
    products.clear();
  }

  @Override
  public void close() {
    console.beforeResults(() -> {});
    line.close();
  }

  private void say(String text) {
    line.clear();
    console.flush();
    console.err().println(text);
  }
}
