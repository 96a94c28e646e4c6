package dev.weft.repl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the process does when it is asked to end; the engine behind it is a fake. */
class SignalTest {

  private final Path folder;

  SignalTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Process weft(String... arguments) throws IOException {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Path options =
        Files.writeString(
            folder.resolve("args"),
            "--add-opens=java.base/java.nio=ALL-UNNAMED\n-cp\n\"" + classPath + "\"\n");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("@" + options, FakeHost.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static String readUntil(InputStream in, String text) throws IOException {
    StringBuilder read = new StringBuilder();
    for (int c = in.read(); c >= 0; c = in.read()) {
      read.append((char) c);
      if (read.indexOf(text) >= 0) {
        break;
      }
    }
    return read.toString();
  }

  private static int end(Process process, String signal) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  @Test
  void interruptCancelsTheStatementAndSaysSo() throws IOException, InterruptedException {
    Process process = weft("-e", "greet; wait;");
    readUntil(process.getInputStream(), "greet: done");
    assertThat(end(process, "INT")).isEqualTo(130);
    assertThat(rest(process)).contains("error CANCELLED");
  }

  @Test
  void terminationIsCleanToo() throws IOException, InterruptedException {
    Process process = weft("-e", "greet; wait;");
    readUntil(process.getInputStream(), "greet: done");
    assertThat(end(process, "TERM")).isEqualTo(143);
  }

  @Test
  void stayingEndsWithASignal() throws IOException, InterruptedException {
    Process process = weft("-e", "greet;", "--stay");
    readUntil(process.getInputStream(), "staying");
    assertThat(end(process, "TERM")).isEqualTo(143);
  }

  @Test
  void closedOutputEndsQuietly() throws IOException, InterruptedException {
    Process process = weft("-e", "select 100000; select 100000; make it");
    process.getInputStream().read();
    process.getInputStream().close();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  private static String rest(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
