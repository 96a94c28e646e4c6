package dev.weft.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a shell script in Python's place that makes environments out of itself. */
class PythonEnvironmentTest {

  @TempDir Path home;

  @BeforeEach
  void requirements() throws IOException {
    Path python = Files.createDirectories(home.resolve("ml-runtime/python"));
    Files.writeString(python.resolve("requirements.lock"), "one==1.0\ntwo==2.0\n");
  }

  @Test
  void anEnvironmentIsMadeOnce() throws IOException {
    Map<String, String> variables = variables(python("3.12.1", "echo Collecting one==1.0"));
    List<String> lines = new CopyOnWriteArrayList<>();

    Path first = environment(variables).python(lines::add);
    Path second = environment(variables).python(lines::add);

    assertThat(first).isEqualTo(second).isExecutable();
    assertThat(lines)
        .containsExactly(
            "making the Python environment (once; a few minutes)",
            "fetching Python package 1 of 2: one==1.0");
  }

  @Test
  void severalAtOnceMakeItOnce() throws IOException {
    Map<String, String> variables = variables(python("3.11.0", "echo x >> " + home + "/runs"));

    IntStream.range(0, 4).parallel().forEach(i -> environment(variables).python(line -> {}));

    assertThat(home.resolve("runs")).hasContent("x");
  }

  @Test
  void anInterruptedInstallationIsMadeAnew() throws IOException {
    Map<String, String> variables = variables(python("3.11.0", "true"));
    Path python = environment(variables).python(line -> {});
    Path folder = python.resolve("../..").normalize();
    Files.delete(folder.resolve("weft-ready"));
    Files.writeString(folder.resolve("half"), "");

    environment(variables).python(line -> {});

    assertThat(folder.resolve("half")).doesNotExist();
  }

  @Test
  void anUnreachableIndexIsSaidAndNothingIsLeft() throws IOException {
    String pip = "echo 'ERROR: No matching distribution: Connection refused'; exit 1";
    Map<String, String> variables = variables(python("3.11.0", pip));

    assertThatThrownBy(() -> environment(variables).python(line -> {}))
        .isInstanceOf(PythonMissing.class)
        .hasMessageContaining("the package index is not reachable")
        .hasMessageContaining("PIP_INDEX_URL");
    try (Stream<Path> entries = Files.list(home.resolve(".cache"))) {
      assertThat(entries).noneMatch(Files::isDirectory);
    }
  }

  @Test
  void anOldPythonIsNamed() throws IOException {
    Map<String, String> variables = variables(python("3.9.2", "true"));

    assertThatThrownBy(() -> environment(variables).python(line -> {}))
        .hasMessageContaining("needs Python 3.11 or newer")
        .hasMessageContaining("Python 3.9.2");
  }

  @Test
  void noPythonIsSaid() {
    Map<String, String> variables = variables(home.resolve("nowhere").toString());

    assertThatThrownBy(() -> environment(variables).python(line -> {}))
        .hasMessageContaining("set WEFT_PYTHON");
  }

  @Test
  void aReadyEnvironmentHasToBeOne() {
    Map<String, String> variables = Map.of("WEFT_PYTHON_ENV", home.toString());

    assertThatThrownBy(() -> environment(variables).python(line -> {}))
        .hasMessageContaining("has no bin/python");
  }

  private PythonEnvironment environment(Map<String, String> variables) {
    Map<String, String> all = new HashMap<>(variables);
    all.put("WEFT_HOME", home.toString());
    all.put("PATH", System.getenv("PATH"));
    return PythonEnvironment.runtime(RuntimeSettings.of(home, all));
  }

  private static Map<String, String> variables(String python) {
    return Map.of("WEFT_PYTHON", python);
  }

  private String python(String version, String pip) throws IOException {
    Path file = home.resolve("fake python");
    String body =
        """
        #!/bin/sh
        case "$1 $2" in
          "--version ") echo "Python %s" ;;
          "-m venv") mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
          "-m pip") %s ;;
        esac
        """
            .formatted(version, pip);
    Files.writeString(file, body);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    return file.toString();
  }
}
