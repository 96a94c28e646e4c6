package dev.weft.scripts;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * A rival of {@link BridgeSpeed} or {@link LightGbmSpeed}: a process that does what it is told and
 * says how long it took.
 */
final class BridgeRival implements AutoCloseable {

  private final Process process;
  private final BufferedReader output;
  private final List<String> can;

  private BridgeRival(Process process) throws IOException {
    this.process = process;
    output = process.inputReader(StandardCharsets.UTF_8);
    can = List.of(said("can ").split(","));
  }

  static BridgeRival start(String python, String script, String name, long rows, Path folder)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(python, script, name, String.valueOf(rows), folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("PYSPARK_PYTHON", python);
    return new BridgeRival(builder.start());
  }

  /** What it can do, as {@code case/name}. */
  List<String> can() {
    return can;
  }

  double seconds(String what) throws IOException {
    process.getOutputStream().write((what + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
    return Double.parseDouble(said("took "));
  }

  private String said(String word) throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(word)) {
        return line.substring(word.length());
      }
    }
    throw new IOException("the rival has ended");
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      process.waitFor();
    } catch (IOException e) {
      process.destroy();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
    }
  }
}
