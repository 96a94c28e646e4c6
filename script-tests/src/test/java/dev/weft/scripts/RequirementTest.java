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
  void unknownRequirementIsAMistakeInTheFile() {
    TestFile wrong = TestFile.of(List.of("-- requires: rya", "train;", "> x"));
    assertThatThrownBy(() -> of(false).missing(wrong)).hasMessageContaining("there is: ray");
  }
}
