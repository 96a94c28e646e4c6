package dev.weft.repl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectFolderTest {

  private final Path root;

  ProjectFolderTest(@TempDir Path root) {
    this.root = root;
  }

  @Test
  void nearestFolderUpwardsWithAMarkIsTheProject() throws IOException {
    Path deep = Files.createDirectories(root.resolve("a/b/c"));
    Files.createDirectories(root.resolve(".weft"));
    assertThat(ProjectFolder.find(Optional.empty(), deep)).isEqualTo(root);
    Files.createFile(root.resolve("a/weft.toml"));
    assertThat(ProjectFolder.find(Optional.empty(), deep)).isEqualTo(root.resolve("a"));
  }

  @Test
  void withoutAMarkItIsTheScriptsFolder() throws IOException {
    Path deep = Files.createDirectories(root.resolve("a/b"));
    assertThat(ProjectFolder.find(Optional.empty(), deep)).isEqualTo(deep);
  }

  @Test
  void givenFolderWinsAndMustExist() {
    assertThat(ProjectFolder.find(Optional.of(root), root.resolve("x"))).isEqualTo(root);
    assertThatThrownBy(() -> ProjectFolder.find(Optional.of(root.resolve("no")), root))
        .isInstanceOf(UsageFailure.class)
        .hasMessageContaining("there is no folder");
  }
}
