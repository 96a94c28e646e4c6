package dev.weft.repl.terminal;

import dev.weft.engine.Names;
import dev.weft.engine.Session;
import dev.weft.engine.Submission;
import dev.weft.grammar.Source;
import dev.weft.repl.cli.Console;
import dev.weft.repl.cli.ConsoleListener;
import dev.weft.repl.cli.ErrorReport;
import dev.weft.repl.cli.Host;
import dev.weft.repl.cli.Target;
import dev.weft.repl.cli.Version;
import dev.weft.repl.print.Format;
import dev.weft.repl.print.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.OptionalLong;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.Signals;

/** The terminal: reads a statement, runs it, shows what comes of it, until Ctrl-D. */
public final class Repl implements MetaCommands.Settings {

  private static final String PROMPT = "weft> ";
  private static final String ENTRY = "<entry>";

  private final Console console;
  private final Target target;
  private final OptionalLong seed;
  private final Map<String, String> params;
  private final ErrorReport report;
  private final SessionSource source;
  private Format format;
  private boolean timer = true;
  private boolean leaving;

  /** Starts opening the session at once. */
  public Repl(Console console, Host.Opener opener, Target target, Preferences preferences) {
    this.console = console;
    this.target = target;
    this.seed = preferences.seed();
    this.params = preferences.params();
    this.format = preferences.format();
    this.report = new ErrorReport(console.err(), preferences.debug());
    this.source = new SessionSource(opener, target);
  }

  /** What the command line asks of the terminal. */
  public record Preferences(
      Format format, OptionalLong seed, Map<String, String> params, boolean debug) {}

  /** Reads and runs until the user leaves; returns the exit code. */
  public int run() {
    try (source;
        Terminal terminal = TerminalBuilder.builder().system(true).build()) {
      leaveOn("TERM", 143);
      leaveOn("HUP", 129);
      terminal.writer().println("weft " + Version.ofWeft() + "; .help explains, Ctrl-D leaves");
      return loop(terminal, reader(terminal));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private LineReader reader(Terminal terminal) {
    LineReader reader =
        LineReaderBuilder.builder()
            .appName("weft")
            .terminal(terminal)
            .parser(new EntryParser())
            .highlighter(new GrammarHighlighter())
            .completer(new NameCompleter(source::names, target.folder()))
            .history(new HistoryFile())
            .variable(LineReader.SECONDARY_PROMPT_PATTERN, "   -> ")
            .variable(LineReader.DISABLE_COMPLETION, false)
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .option(LineReader.Option.CASE_INSENSITIVE, true)
            .option(LineReader.Option.INSERT_TAB, false)
            .option(LineReader.Option.HISTORY_TIMESTAMPED, false)
            .build();
    HistoryFile.path(System.getenv())
        .ifPresent(path -> reader.setVariable(LineReader.HISTORY_FILE, path));
    return reader;
  }

  private int loop(Terminal terminal, LineReader reader) {
    MetaCommands commands = new MetaCommands(terminal.writer(), this);
    while (!leaving) {
      try {
        String entry = reader.readLine(PROMPT);
        if (MetaCommands.isOne(entry)) {
          commands.run(entry);
        } else if (!entry.isBlank()) {
          submit(terminal, entry);
        }
      } catch (UserInterruptException e) {
        // Ctrl-C at the prompt: the line is gone, the terminal stays.
      } catch (EndOfFileException e) {
        leaving = true;
      } catch (RuntimeException e) {
        report.print(e);
      }
      if (source.failed()) {
        return 1;
      }
    }
    return 0;
  }

  private void submit(Terminal terminal, String entry) {
    Page page = Page.terminal(terminal.getColumns());
    ConsoleListener.Style style =
        timer ? ConsoleListener.Style.PROMPT : ConsoleListener.Style.TERSE;
    Interruption interruption = new Interruption(console.err());
    Terminal.SignalHandler before =
        terminal.handle(Terminal.Signal.INT, signal -> interruption.arrived());
    try (ConsoleListener listener =
        new ConsoleListener(console, format.printer(console.out(), page), style)) {
      if (!source.ready()) {
        listener.opening();
      }
      Session session = source.session();
      interruption.cancels(session);
      session.run(
          new Submission(new Source(ENTRY, entry), target.folder(), seed, params, false), listener);
    } catch (RuntimeException | Error e) {
      console.flush();
      report.print(e);
    } finally {
      terminal.handle(Terminal.Signal.INT, before);
      source.refresh();
      console.flush();
    }
  }

  private void leaveOn(String signal, int code) {
    Signals.register(signal, () -> System.exit(code));
  }

  @Override
  public void mode(Format chosen) {
    format = chosen;
  }

  @Override
  public void timer(boolean on) {
    timer = on;
  }

  @Override
  public void quit() {
    leaving = true;
  }

  @Override
  public Names names() {
    return source.session().names();
  }
}
