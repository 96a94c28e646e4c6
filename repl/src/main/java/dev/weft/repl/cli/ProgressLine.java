package dev.weft.repl.cli;

import dev.weft.engine.Progress;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far the running statement is: one rewritten line on a terminal, now and then a plain line
 * elsewhere, nothing for what is over at once.
 */
final class ProgressLine implements AutoCloseable {

  private static final Duration SILENT = Duration.ofMillis(300);
  private static final Duration REDRAW = Duration.ofMillis(200);
  private static final Duration PLAIN = Duration.ofSeconds(10);

  private final PrintStream err;
  private final boolean terminal;
  private final int width;
  private Optional<String> statement = Optional.empty();
  private Optional<Progress> latest = Optional.empty();
  private long begun;
  private long written;
  private boolean drawn;
  private boolean held;
  private @Nullable Thread ticker;

  ProgressLine(Console console) {
    this.err = console.err();
    this.terminal = console.logsTerminal();
    this.width = console.width();
  }

  /** A statement starts. */
  synchronized void begin(String title) {
    statement = Optional.of(title);
    held = false;
    latest = Optional.empty();
    begun = System.nanoTime();
    written = begun;
    if (terminal && ticker == null) {
      ticker = new Thread(this::tick, "weft-progress");
      ticker.setDaemon(true);
      ticker.start();
    }
  }

  /** The statement is as far as that. */
  synchronized void update(Progress progress) {
    latest = Optional.of(progress);
    if (!terminal && since(written).compareTo(PLAIN) >= 0) {
      written = System.nanoTime();
      statement.ifPresent(title -> err.println(text(title)));
    }
  }

  /** Removes the line until it is drawn again, so that something else can be written. */
  synchronized void clear() {
    if (drawn) {
      err.print("\r\033[K");
      err.flush();
      drawn = false;
    }
  }

  /** Removes the line for the rest of the statement: its results are being written there. */
  synchronized void hold() {
    if (!held) {
      clear();
      held = true;
    }
  }

  /** The statement is over. */
  synchronized void end() {
    clear();
    statement = Optional.empty();
  }

  @Override
  public synchronized void close() {
    end();
    if (ticker != null) {
      ticker.interrupt();
      ticker = null;
    }
  }

  private void tick() {
    try {
      while (true) {
        Thread.sleep(REDRAW.toMillis());
        draw();
      }
    } catch (InterruptedException e) {
      // Closed.
    }
  }

  private synchronized void draw() {
    if (held || statement.isEmpty() || since(begun).compareTo(SILENT) < 0) {
      return;
    }
    String line = text(statement.get());
    err.print("\r" + line.substring(0, Math.min(line.length(), width - 1)) + "\033[K");
    err.flush();
    drawn = true;
  }

  private String text(String title) {
    String far = latest.map(ProgressLine::describe).orElse("");
    return title + (far.isEmpty() ? "" : ": " + far) + " (" + Elapsed.text(since(begun)) + ")";
  }

  private static String describe(Progress progress) {
    StringBuilder text = new StringBuilder(progress.what());
    if (progress.done() > 0 || progress.total() > 0) {
      text.append(String.format(Locale.ROOT, " %,d", progress.done()));
      text.append(progress.total() > 0 ? String.format(Locale.ROOT, "/%,d", progress.total()) : "");
      text.append(' ').append(progress.unit());
    }
    if (progress.metric().isPresent() && progress.value().isPresent()) {
      double value = progress.value().getAsDouble();
      text.append(String.format(Locale.ROOT, ", %s %.4g", progress.metric().get(), value));
    }
    if (progress.secondsLeft().orElse(0) >= 1) {
      Duration left = Duration.ofSeconds(Math.round(progress.secondsLeft().getAsDouble()));
      text.append(", ").append(Elapsed.whole(left)).append(" left");
    }
    return text.toString();
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }
}
