package dev.weft.repl.cli;

import dev.weft.engine.Progress;
import dev.weft.engine.Rows;
import dev.weft.engine.SessionListener;
import dev.weft.grammar.Diagnostic;
import dev.weft.repl.print.ResultPrinter;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Shows a run to the person or program that started it: results on stdout, the rest on stderr. */
public final class ConsoleListener implements SessionListener, AutoCloseable {

  private final Console console;
  private final ResultPrinter printer;
  private final boolean interactive;
  private final ProgressLine line;
  private final Map<String, String> products = new LinkedHashMap<>();
  private String title = "";

  /** An {@code interactive} one leaves out what a person at the prompt knows: the statement. */
  public ConsoleListener(Console console, ResultPrinter printer, boolean interactive) {
    this.console = console;
    this.printer = printer;
    this.interactive = interactive;
    this.line = new ProgressLine(console);
  }

  @Override
  public void started(int number, int total, String beginning) {
    boolean alone = interactive && total == 1;
    title = alone ? "" : "[" + number + "/" + total + "] " + beginning;
    line.begin(alone ? beginning : title);
  }

  @Override
  public void progress(Progress progress) {
    line.update(progress);
  }

  @Override
  public void warning(Diagnostic warning) {
    say(warning.span().place() + ": warning " + warning.code() + ": " + warning.message());
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
      printer.print(rows);
      console.out().flush();
    } catch (IOException e) {
      console.close();
    }
  }

  @Override
  public void finished(int number, int total, String outcome, Duration took) {
    line.end();
    String separator = title.isEmpty() || outcome.isEmpty() ? "" : title.endsWith("…") ? " " : ": ";
    String what = title + separator + outcome;
    console.err().println((what.isEmpty() ? "" : what + " ") + "(" + Elapsed.text(took) + ")");
    if (interactive) {
      summary();
    }
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
    line.close();
  }

  private void say(String text) {
    line.clear();
    console.flush();
    console.err().println(text);
  }
}
