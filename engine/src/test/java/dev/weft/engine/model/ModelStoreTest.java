package dev.weft.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.engine.spi.ModelBackend.Metric;
import dev.weft.planner.spi.BrokenModel;
import dev.weft.planner.spi.Column;
import dev.weft.planner.spi.ModelSignature;
import dev.weft.planner.spi.ModelSignature.Feature;
import dev.weft.planner.spi.ModelSignature.FeatureKind;
import dev.weft.planner.spi.ModelSignature.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelStoreTest {

  private static final ModelSignature SIGNATURE =
      new ModelSignature(
          "lightgbm",
          Task.CLASSIFICATION,
          List.of(new Feature("x", "double", FeatureKind.NUMBER)),
          Optional.of(new Column("late", "boolean", true)));

  @TempDir Path project;

  @Test
  void publishedModelIsFoundWithItsSignatureAndMetrics() throws IOException {
    ModelStore store = new ModelStore(project);
    assertThat(publish(store, "m", "trees").version()).isEqualTo(1);
    assertThat(publish(store, "m", "more trees").version()).isEqualTo(2);

    assertThat(store.names()).containsExactly("m");
    assertThat(store.versions("m")).containsExactly("2", "1");
    assertThat(store.find("m", Optional.empty()).orElseThrow().version()).isEqualTo(2);
    assertThat(store.find("m", Optional.of("1")).orElseThrow().signature()).isEqualTo(SIGNATURE);
    assertThat(store.heldOutMetrics("m", 1)).containsExactly(List.of("auc", 0.7, 0.5));
    assertThat(store.importances("m", 1)).containsExactly(Map.entry("x", 1.0));
    assertThat(store.guess("m", 1).values()).containsExactly(0.75, 0.25);
    assertThat(store.fitted("m", 1)).containsExactly(Map.entry(0, "2.5"));
    assertThat(store.find("m", Optional.of("3"))).isEmpty();
    assertThat(store.find("none", Optional.empty())).isEmpty();
  }

  @Test
  void aManifestOfBeforeTransformIsRead() throws IOException {
    ModelStore store = new ModelStore(project);
    publish(store, "m", "trees");
    Path file = Path.of(store.place("m", 1)).resolve(Manifest.FILE);
    String older =
        Files.readString(file)
            .replaceFirst(",\\s*\"transform\" : null", "")
            .replaceFirst("\"fitted\" : \\{[^}]*\\},", "");
    assertThat(older).doesNotContain("transform", "fitted");
    Files.writeString(file, older);

    assertThat(store.fitted("m", 1)).isEmpty();
    assertThat(store.find("m", Optional.empty()).orElseThrow().signature()).isEqualTo(SIGNATURE);
  }

  @Test
  void namesThatAreNoPathElementsStayInTheirFolder() throws IOException {
    ModelStore store = new ModelStore(project);
    for (String name : List.of("../../etc", "/tmp/m", "a:b", "..", "étage 1", "*")) {
      publish(store, name, "trees");
    }
    assertThat(store.names())
        .containsExactlyInAnyOrder("../../etc", "/tmp/m", "a:b", "..", "étage 1", "*");
    try (var entries = Files.list(project)) {
      assertThat(entries).containsExactly(project.resolve("models"));
    }
  }

  @Test
  void writersAtTheSameTimeGetVersionsOfTheirOwn() throws Exception {
    ModelStore store = new ModelStore(project);
    ExecutorService pool = Executors.newFixedThreadPool(8);
    List<Callable<Integer>> writers =
        IntStream.range(0, 40)
            .<Callable<Integer>>mapToObj(i -> () -> publish(store, "m", "trees " + i).version())
            .toList();
    List<Integer> versions = new java.util.ArrayList<>();
    for (Future<Integer> version : pool.invokeAll(writers)) {
      versions.add(version.get());
    }
    pool.shutdown();
    assertThat(versions)
        .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 40).boxed().toList());
  }

  @Test
  void discardedDraftLeavesNothing() throws IOException {
    ModelStore store = new ModelStore(project);
    Path draft = store.draft("m");
    Files.writeString(draft.resolve("half"), "…");
    store.discard("m", draft);
    assertThat(project.resolve("models/m")).doesNotExist();
    assertThat(store.names()).isEmpty();
  }

  @Test
  void changedFileIsRefused() throws IOException {
    ModelStore store = new ModelStore(project);
    publish(store, "m", "trees");
    Files.writeString(Path.of(store.place("m", 1)).resolve("model.txt"), "other trees");
    assertThatThrownBy(() -> store.verified("m", 1))
        .isInstanceOf(BrokenModel.class)
        .hasMessage("its file model.txt has changed");
  }

  @Test
  void aVersionThatAnotherProcessMadeAnewIsReadAgain() throws IOException {
    ModelStore store = new ModelStore(project);
    publish(store, "m", "trees");
    Manifest before = store.verified("m", 1).manifest();
    assertThat(store.verified("m", 1).manifest()).isSameAs(before);

    Folders.delete(project.resolve("models"));
    Manifest after = publish(new ModelStore(project), "m", "other trees");
    assertThat(store.verified("m", 1).manifest().files())
        .isEqualTo(after.files())
        .isNotEqualTo(before.files());
  }

  @Test
  void missingFileIsRefused() throws IOException {
    ModelStore store = new ModelStore(project);
    publish(store, "m", "trees");
    Files.delete(Path.of(store.place("m", 1)).resolve("model.txt"));
    assertThatThrownBy(() -> store.verified("m", 1)).hasMessage("its file model.txt is missing");
  }

  @Test
  void unreadableManifestIsRefused() throws IOException {
    ModelStore store = new ModelStore(project);
    publish(store, "m", "trees");
    Files.writeString(Path.of(store.place("m", 1)).resolve(Manifest.FILE), "{ half");
    assertThatThrownBy(() -> store.find("m", Optional.empty()))
        .isInstanceOf(BrokenModel.class)
        .hasMessage("its manifest cannot be read");
  }

  @Test
  void endpointsAreKeptUnderTheirNames() throws IOException {
    EndpointStore endpoints = new ModelStore(project).endpointStore();
    endpoints.put(new EndpointStore.Registered("late/api", "m", 1, "now"));
    endpoints.put(new EndpointStore.Registered("late/api", "m", 2, "later"));
    assertThat(endpoints.all())
        .containsExactly(new EndpointStore.Registered("late/api", "m", 2, "later"));
    endpoints.remove("late/api");
    assertThat(endpoints.names()).isEmpty();
  }

  static Manifest publish(ModelStore store, String name, String content) throws IOException {
    Path draft = store.draft(name);
    Files.writeString(draft.resolve("model.txt"), content);
    SortedMap<String, String> files = ModelStore.hashes(draft);
    return store.publish(name, draft, version -> manifest(name, version, files));
  }

  /** A manifest of files that need not be there. */
  static Manifest manifestOf(String name, int version, String... files) {
    SortedMap<String, String> hashes = new TreeMap<>();
    List.of(files).forEach(file -> hashes.put(file, "hash"));
    return manifest(name, version, hashes);
  }

  private static Manifest manifest(String name, int version, SortedMap<String, String> files) {
    return new Manifest(
        Manifest.FORMAT,
        name,
        version,
        "2026-01-01T00:00:00Z",
        "hash",
        SIGNATURE,
        Map.of("num_leaves", 31),
        List.of("false", "true"),
        List.of(0.75, 0.25),
        Map.of("x", 1.0),
        List.of(new Metric("train", "auc", 0.8, 0.5), new Metric("test", "auc", 0.7, 0.5)),
        80,
        20,
        0,
        0.2,
        42,
        "select 1",
        Map.of(),
        Map.of("x", 1.0),
        Map.of(0, "2.5"),
        files,
        List.of());
  }
}
