package dev.weft.planner.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GlobsTest {

  @TempDir Path folder;

  @Test
  void patternsFindFilesThroughLinks() throws IOException {
    Path real = Files.createDirectories(folder.resolve("real/2001"));
    Files.writeString(real.resolve("a.csv"), "a");
    Files.createSymbolicLink(folder.resolve("link"), folder.resolve("real"));
    Files.createSymbolicLink(folder.resolve("real/loop"), folder);
    assertThat(Globs.matches(folder + "/link/2001/*.csv")).isTrue();
    assertThat(Globs.matches(folder + "/link/*/a.{csv,txt}")).isTrue();
    assertThat(Globs.matches(folder + "/l?nk/200[0-9]/a.csv")).isTrue();
    assertThat(Globs.matches(folder + "/link/*/*.txt")).isFalse();
    assertThat(Globs.matches(folder + "/missing/*")).isFalse();
  }
}
