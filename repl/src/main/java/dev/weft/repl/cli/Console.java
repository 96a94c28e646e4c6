package dev.weft.repl.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The two streams of a process, and whether a person looks at them. */
public final class Console {

  private static final String NOBODY_READS = "Broken pipe";

  private final Writer out;
  private final PrintStream err;
  private final List<String> terminals;
  private final int width;
  private boolean closed;
  private @Nullable String lost;
  private volatile Runnable beforeResults = () -> {};

  /**
   * Names the streams.
   *
   * @param terminals which of {@code in}, {@code out}, {@code err} are terminals
   * @param width columns of the terminal
   */
  public Console(Writer out, PrintStream err, List<String> terminals, int width) {
    this.out = new Announced(out);
    this.err = err;
    this.terminals = List.copyOf(terminals);
    this.width = width;
  }

  /** The streams of this process; the launcher tells which are terminals. */
  public static Console system() {
    Writer out =
        new OutputStreamWriter(new FileOutputStream(FileDescriptor.out), StandardCharsets.UTF_8);
    PrintStream err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    List<String> terminals = List.of(System.getProperty("weft.terminals", "").split(","));
    return new Console(
        new java.io.BufferedWriter(out, 1 << 16),
        err,
        terminals,
        Integer.getInteger("weft.columns", 80));
  }

  /** Results go here. */
  public Writer out() {
    return out;
  }

  /** Progress, log and errors go here. */
  public PrintStream err() {
    return err;
  }

  /** Whether standard input is a terminal. */
  public boolean readsTerminal() {
    return terminals.contains("in");
  }

  /** Whether results are seen on a terminal. */
  public boolean showsTerminal() {
    return terminals.contains("out");
  }

  /** Whether progress is seen on a terminal. */
  public boolean logsTerminal() {
    return terminals.contains("err");
  }

  /** Columns of the terminal. */
  public int width() {
    return width;
  }

  /** Something to do before results are written, such as making room for them. */
  void beforeResults(Runnable work) {
    beforeResults = work;
  }

  /** Results go nowhere any more, since they could not be written. */
  public void close(IOException failure) {
    closed = true;
    String reason = String.valueOf(failure.getMessage());
    if (lost == null && !reason.contains(NOBODY_READS)) {
      lost = reason;
    }
  }

  /** Whether results go nowhere any more. */
  public boolean closed() {
    return closed;
  }

  /**
   * Why results were lost; a reader that has had enough ({@code weft … | head}) loses nothing.
   *
   * @return the system's reason, such as a full disk
   */
  public Optional<String> lost() {
    return Optional.ofNullable(lost);
  }

  /** Writes what is held back. */
  public void flush() {
    try {
      out.flush();
    } catch (IOException e) {
      close(e);
    }
    err.flush();
  }

  /** The results, told of before they are written. */
  private final class Announced extends FilterWriter {

    Announced(Writer results) {
      super(results);
    }

    @Override
    public void write(int c) throws IOException {
      beforeResults.run();
      super.write(c);
    }

    @Override
    public void write(char[] text, int offset, int length) throws IOException {
      beforeResults.run();
      super.write(text, offset, length);
    }

    @Override
    public void write(String text, int offset, int length) throws IOException {
      beforeResults.run();
      super.write(text, offset, length);
    }
  }
}
