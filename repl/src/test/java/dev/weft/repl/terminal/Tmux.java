package dev.weft.repl.terminal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A real terminal to type into and look at, in a tmux server of its own. */
final class Tmux implements AutoCloseable {

  private static final long PATIENCE_MILLIS = 10_000;

  private final String socket;

  /** Starts a shell command in a terminal of 100 by 40. */
  Tmux(Path folder, String command) {
    socket = folder.resolve("tmux").toString();
    tmux("-f", "/dev/null", "new-session", "-d", "-x", "100", "-y", "40", command);
  }

  static boolean isInstalled() {
    try {
      return new ProcessBuilder("tmux", "-V").start().waitFor() == 0;
    } catch (IOException | InterruptedException e) {
      return false;
    }
  }

  /** Types text as it stands. */
  void type(String text) {
    // tmux takes a semicolon at an argument's end for its own.
    tmux("send-keys", "-l", text.endsWith(";") ? text.replaceFirst(";$", "\\\\;") : text);
  }

  /** Presses keys by tmux's names, such as {@code Enter} or {@code C-c}. */
  void press(String... keys) {
    for (String key : keys) {
      tmux("send-keys", key);
    }
  }

  /** What the terminal shows. */
  String screen() {
    return tmux("capture-pane", "-p");
  }

  /** Waits until the screen holds a text; returns the screen, also when it never does. */
  String waitFor(String text) {
    return waitFor(screen -> screen.contains(text));
  }

  String waitFor(Predicate<String> wanted) {
    long end = System.currentTimeMillis() + PATIENCE_MILLIS;
    String screen = screen();
    while (!wanted.test(screen) && System.currentTimeMillis() < end) {
      pause();
      screen = screen();
    }
    return screen;
  }

  @Override
  public void close() {
    tmux("kill-server");
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private String tmux(String... arguments) {
    List<String> command = new ArrayList<>(List.of("tmux", "-u", "-S", socket));
    command.addAll(List.of(arguments));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      return output;
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
