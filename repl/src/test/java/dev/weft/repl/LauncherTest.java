package dev.weft.repl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherTest {

  private final Path folder;

  LauncherTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void launcherWorksFromAnywhere() throws IOException, InterruptedException {
    Path module = Path.of("").toAbsolutePath();
    ProcessBuilder test =
        new ProcessBuilder("sh", module.resolve("src/test/shell/launcher.sh").toString());
    test.environment().put("LAUNCHER", module.resolveSibling("weft").toString());
    test.environment().put("WEFT_NO_ARCHIVE", "yes");
    test.environment().put("SCRATCH", folder.toString());
    test.environment().put("JAVA_HOME", System.getProperty("java.home"));
    test.environment()
        .put(
            "TEST_CLASS_PATH",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    Process process = test.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }
}
