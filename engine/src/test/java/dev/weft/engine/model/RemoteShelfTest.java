package dev.weft.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.planner.spi.BrokenModel;
import dev.weft.planner.spi.ModelsUnreachable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemoteShelfTest {

  @TempDir Path folder;
  private FolderFiles files;

  @BeforeEach
  void begin() {
    files = new FolderFiles(folder.resolve("far"));
  }

  private ModelStore store(String project) {
    return new ModelStore(folder.resolve(project), "far://host/models/", () -> files);
  }

  @Test
  void anotherProjectSeesWhatOneHasPublished() throws IOException {
    ModelStore one = store("one");
    ModelStoreTest.publish(one, "churn", "trees");
    ModelStoreTest.publish(one, "churn", "more trees");
    ModelStoreTest.publish(one, "a/b: c", "trees");

    files.create("far://host/models/exported/line/manifest.json", new byte[0]);
    ModelStore other = store("other");
    assertThat(other.names()).containsExactlyInAnyOrder("churn", "a/b: c");
    assertThat(other.numbers("churn")).containsExactly(2, 1);
    assertThat(other.place("churn", 2)).isEqualTo("far://host/models/churn/2");
    ModelStore.Stored stored = other.verified("churn", 2);
    assertThat(stored.folder().resolve("model.txt")).hasContent("more trees");
    assertThat(stored.folder()).startsWith(folder.resolve("other/copies"));
  }

  @Test
  void aVersionIsFetchedOnceAndByItsWriterNever() throws IOException {
    ModelStore writer = store("one");
    ModelStoreTest.publish(writer, "m", "trees");
    assertThat(writer.verified("m", 1).folder().resolve("model.txt")).hasContent("trees");
    assertThat(files.downloads.get()).isZero();

    assertThat(store("other").verified("m", 1)).isEqualTo(store("other").verified("m", 1));
    assertThat(files.downloads.get()).isEqualTo(1);
  }

  @Test
  void aModelCanHaveAFolderOfItsOwn() throws IOException {
    ModelStore store = new ModelStore(folder.resolve("one"), "", () -> files);
    String name = "far://host/teams/a/churn";
    ModelStoreTest.publish(store, name, "trees");
    ModelStoreTest.publish(store, "near", "trees");
    assertThat(folder.resolve("far/teams/a/churn/1/manifest.json")).exists();
    assertThat(store.find(name, Optional.empty()).orElseThrow().version()).isEqualTo(1);
    assertThat(store.names()).containsExactly("near");
  }

  @Test
  void writersAtTheSameTimeGetVersionsOfTheirOwn() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(8);
    List<Callable<Integer>> writers =
        IntStream.range(0, 24)
            .<Callable<Integer>>mapToObj(
                i -> () -> ModelStoreTest.publish(store("p" + i % 3), "m", "t" + i).version())
            .toList();
    List<Integer> versions = new ArrayList<>();
    for (Future<Integer> version : pool.invokeAll(writers)) {
      versions.add(version.get());
    }
    pool.shutdown();
    assertThat(versions).doesNotHaveDuplicates().hasSize(24);
    assertThat(store("one").numbers("m")).containsExactlyInAnyOrderElementsOf(versions);
    try (Stream<Path> left = Files.walk(folder.resolve("far"))) {
      assertThat(left.filter(path -> path.endsWith(".claim"))).isEmpty();
    }
  }

  @Test
  void withoutItsManifestAVersionIsNotThereAndItsNumberIsNotGivenAgain() throws IOException {
    files.create("far://host/models/m/1/.claim", new byte[0]);
    files.create("far://host/models/m/1/model.txt", new byte[0]);
    assertThat(store("one").numbers("m")).isEmpty();
    assertThat(store("one").names()).isEmpty();
    assertThat(ModelStoreTest.publish(store("one"), "m", "trees").version()).isEqualTo(2);
  }

  @Test
  void versionsAreNamedRolledBackAndDropped() throws Exception {
    ModelStore one = store("one");
    ModelStoreTest.publish(one, "m", "trees");
    ModelStoreTest.publish(one, "m", "more trees");
    one.changes().alias("m", "prod", Optional.of(1));
    one.changes().rollBack("m", 1);
    ModelStore other = store("other");
    assertThat(other.aliases("m")).containsEntry("prod", 1);
    assertThat(other.latest("m")).contains(1);
    assertThatThrownBy(() -> other.changes().drop("m", 1)).hasMessageContaining("alias 'prod'");

    assertThat(other.changes().drop("m", 2)).containsExactly(2);
    assertThat(one.numbers("m")).containsExactly(1);
    assertThatThrownBy(() -> one.verified("m", 2))
        .isInstanceOf(BrokenModel.class)
        .hasMessage("it has been dropped");
    assertThat(ModelStoreTest.publish(one, "m", "trees").version()).isEqualTo(3);
    assertThat(folder.resolve("one/copies")).isDirectoryRecursivelyContaining("glob:**/3-*");
    assertThat(folder.resolve("one/copies")).isDirectoryNotContaining("glob:**/2-*");
  }

  @Test
  void aFileThatIsMissingOrHasChangedThereIsRefused() throws IOException {
    ModelStoreTest.publish(store("one"), "m", "trees");
    Path file = folder.resolve("far/models/m/1/model.txt");
    Files.writeString(file, "other trees");
    assertThatThrownBy(() -> store("other").verified("m", 1))
        .hasMessage("its file model.txt has changed");
    Files.delete(file);
    assertThatThrownBy(() -> store("other").verified("m", 1))
        .hasMessage("its file model.txt is missing");
  }

  @Test
  void aCopyThatHasChangedIsFetchedAgain() throws IOException {
    ModelStoreTest.publish(store("one"), "m", "trees");
    Path copy = store("other").verified("m", 1).folder();
    Files.writeString(copy.resolve("model.txt"), "other trees");
    assertThat(store("other").verified("m", 1).folder().resolve("model.txt")).hasContent("trees");
  }

  @Test
  void aStoreThatDoesNotAnswerIsNoEmptyOne() throws IOException {
    ModelStore one = store("one");
    ModelStoreTest.publish(one, "m", "trees");
    files.away = true;
    List<Callable<Object>> asked =
        List.of(
            one::names,
            () -> one.numbers("m"),
            () -> one.latest("m"),
            () -> one.find("m", Optional.empty()),
            () -> one.verified("m", 1),
            () -> one.draft("m"));
    for (Callable<Object> question : asked) {
      assertThatThrownBy(question::call)
          .isInstanceOf(ModelsUnreachable.class)
          .hasMessage("Connection refused");
    }
  }

  @Test
  void whatCannotBeWrittenWholeIsNotThere() throws IOException {
    ModelStore store = store("one");
    Path draft = store.draft("m");
    Files.writeString(draft.resolve("model.txt"), "trees");
    assertThatThrownBy(
            () ->
                store.publish(
                    "m", draft, n -> ModelStoreTest.manifestOf("m", n, "model.txt", "gone")))
        .isInstanceOf(IOException.class);
    store.discard("m", draft);
    assertThat(folder.resolve("far/models/m/1")).doesNotExist();
    assertThat(store.numbers("m")).isEmpty();
  }

  @Test
  void aLockOfTheDeadIsTakenOver() throws IOException {
    files.create("far://host/models/m/.lock", "dead".getBytes(StandardCharsets.UTF_8));
    Path file = folder.resolve("far/models/m/.lock");
    RemoteLock mine = RemoteLock.take(files, "far://host/models/m", Duration.ofMillis(300));
    assertThat(Files.readString(file)).isNotEqualTo("dead");
    mine.close();
    assertThat(file).doesNotExist();

    RemoteLock late = RemoteLock.take(files, "far://host/models/m");
    Files.writeString(file, "another's");
    late.close();
    assertThat(file).hasContent("another's");
    assertThatThrownBy(() -> RemoteLock.take(files, "far://host/models/none"))
        .isInstanceOf(NoSuchFileException.class);
  }
}
