package dev.weft.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.planner.spi.BrokenModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFolderTest {

  @TempDir Path folder;

  @Test
  void copyIsTakenInAsAnotherModelsNextVersion() throws IOException {
    Path copy = exported("trees");
    assertThat(ModelFolder.isModel(copy)).isTrue();
    Files.writeString(copy.resolve("notes.txt"), "not the manifest's");

    ModelStore other = new ModelStore(folder.resolve("other"));
    Path draft = other.draft("n");
    Manifest taken = ModelFolder.take(copy, draft);
    Manifest next = other.publish("n", draft, version -> taken.as("n", version));
    assertThat(next.name()).isEqualTo("n");
    assertThat(next.version()).isEqualTo(1);
    assertThat(next.hash()).isEqualTo(taken.hash());
    assertThat(other.verified("n", 1).manifest().metrics()).isEqualTo(taken.metrics());
    assertThat(Path.of(other.place("n", 1)).resolve("notes.txt")).doesNotExist();
  }

  @Test
  void copyTakesThePlaceOfTheOneBefore() throws IOException {
    exported("trees");
    Path copy = exported("other trees");
    assertThat(copy.resolve("model.txt")).hasContent("other trees");
    try (var left = Files.list(folder.resolve("out"))) {
      assertThat(left).containsExactly(copy);
    }
  }

  @Test
  void filesThatAreNotWhatTheManifestSaysAreRefused() throws IOException {
    Path copy = exported("trees");
    Path draft = Files.createDirectory(folder.resolve("draft"));
    Files.writeString(copy.resolve("model.txt"), "others");
    assertThatThrownBy(() -> ModelFolder.take(copy, draft))
        .isInstanceOf(BrokenModel.class)
        .hasMessage("its file model.txt has changed");
    Files.delete(copy.resolve("model.txt"));
    assertThatThrownBy(() -> ModelFolder.take(copy, draft))
        .hasMessage("its file model.txt is missing");
    String manifest = Files.readString(copy.resolve(Manifest.FILE));
    for (String elsewhere : List.of("../model.txt", "/etc/hostname")) {
      Files.writeString(
          copy.resolve(Manifest.FILE), manifest.replace("\"model.txt\"", "\"" + elsewhere + "\""));
      assertThatThrownBy(() -> ModelFolder.take(copy, draft))
          .hasMessage("its file " + elsewhere + " is missing");
    }
  }

  private Path exported(String content) throws IOException {
    ModelStore store = new ModelStore(folder.resolve("project"));
    int version = ModelStoreTest.publish(store, "m", content).version();
    Path target = Files.createDirectories(folder.resolve("out")).resolve("m");
    ModelFolder.copy(Path.of(store.place("m", version)), target);
    return target;
  }
}
