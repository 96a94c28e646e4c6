package dev.weft.scripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.ml.RuntimeSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequirementTest {

  private static final TestFile RAY = TestFile.of(List.of("-- requires: ray", "train;", "> x"));

  private final Path home;

  RequirementTest(@TempDir Path home) throws IOException {
    this.home = home;
    Files.createDirectories(home.resolve("ml-runtime/python"));
    Files.writeString(home.resolve("ml-runtime/python/requirements.lock"), "ray");
  }

  private Requirement of(boolean quick) {
    return new Requirement(quick, RuntimeSettings.of(home, Map.of("WEFT_HOME", home.toString())));
  }

  @Test
  void quickRunLeavesOutRayWithoutAnEnvironment() {
    assertThat(of(true).missing(RAY)).hasValueSatisfying(why -> assertThat(why).contains("Ray"));
    assertThat(of(false).missing(RAY)).isEmpty();
    assertThat(of(true).missing(TestFile.of(List.of("select 1;", "> x")))).isEmpty();
  }

  @Test
  void pytorchIsLookedForInTheEnvironment() throws IOException {
    TestFile torch = TestFile.of(List.of("-- requires: torch", "train;", "> x"));
    assertThat(of(false).missing(torch)).hasValueSatisfying(w -> assertThat(w).contains("PyTorch"));
    Path python = Files.createDirectories(home.resolve("python"));
    Files.createDirectories(python.resolve("lib/python3.11/site-packages/torch"));
    Files.createDirectories(python.resolve("bin"));
    assertThat(Files.createFile(python.resolve("bin/python")).toFile().setExecutable(true))
        .isTrue();
    Map<String, String> given =
        Map.of("WEFT_HOME", home.toString(), "WEFT_PYTHON_ENV", python.toString());
    assertThat(new Requirement(false, RuntimeSettings.of(home, given)).missing(torch)).isEmpty();
  }

  @Test
  void unknownRequirementIsAMistakeInTheFile() {
    TestFile wrong = TestFile.of(List.of("-- requires: rya", "train;", "> x"));
    assertThatThrownBy(() -> of(false).missing(wrong)).hasMessageContaining("there is: ray");
  }
}
