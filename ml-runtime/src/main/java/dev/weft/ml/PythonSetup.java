package dev.weft.ml;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Makes the Python environment ahead of need: {@code weft deps [torch …]}, and with {@code --dev
 * [command …]} what the repository's checks need, in which it then runs a command.
 */
public final class PythonSetup {

  private final RuntimeSettings settings;
  private final PrintStream out;

  public PythonSetup(RuntimeSettings settings, PrintStream out) {
    this.settings = settings;
    this.out = out;
  }

  /** For the build; fails by exception. */
  public static void main(String[] arguments) {
    RuntimeSettings settings = RuntimeSettings.of(Path.of(""), System.getenv());
    PythonSetup setup = new PythonSetup(settings, System.out);
    List<String> words = List.of(arguments);
    if (!words.isEmpty() && words.get(0).equals("--dev")) {
      setup.inDevelopment(words.subList(1, words.size()));
    } else {
      setup.withExtras(words);
    }
  }

  /** The extras there are, in the order of their names. */
  public List<String> extras() {
    return PythonEnvironment.runtime(settings).extras();
  }

  /** Makes the environment and adds extras to it; gives its Python. */
  public Path withExtras(List<String> extras) {
    PythonEnvironment environment = PythonEnvironment.runtime(settings);
    Consumer<String> lines = out::println;
    Path python = environment.python(lines);
    extras.forEach(extra -> environment.add(extra, lines));
    return python;
  }

  /** Makes the development environment and runs a command with it first on the path. */
  public void inDevelopment(List<String> command) {
    Path python = PythonEnvironment.development(settings).python(out::println);
    if (command.isEmpty()) {
      out.println(python);
      return;
    }
    int code = run(command, python);
    if (code != 0) {
      throw new IllegalStateException(String.join(" ", command) + " ended with " + code);
    }
  }

  private int run(List<String> command, Path python) {
    ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command)).inheritIO();
    Map<String, String> variables = builder.environment();
    Path bin = python.toAbsolutePath().getParent();
    variables.put("PATH", bin + java.io.File.pathSeparator + variables.getOrDefault("PATH", ""));
    variables.put("WEFT_HOME", settings.home().toString());
    try {
      return builder.start().waitFor();
    } catch (IOException e) {
      throw new IllegalStateException("'%s' cannot be run".formatted(command.get(0)), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 130;
    }
  }
}
