package dev.weft.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.engine.model.EndpointStore.Registered;
import dev.weft.engine.model.VersionChanges.Refused;
import dev.weft.planner.spi.BrokenModel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VersionChangesTest {

  @TempDir Path project;

  private ModelStore store;

  @BeforeEach
  void threeVersions() throws IOException {
    store = new ModelStore(project);
    for (int i = 0; i < 3; i++) {
      publish(store);
    }
  }

  @Test
  void aliasStandsForAVersionUntilItIsSetAnew() throws Exception {
    store.changes().alias("m", "prod", Optional.of(1));
    assertThat(store.find("m", Optional.of("prod")).orElseThrow().version()).isEqualTo(1);
    store.changes().alias("m", "prod", Optional.of(3));
    store.changes().alias("m", "best", Optional.of(3));
    assertThat(store.aliasesOf("m", 3)).containsExactly("best", "prod");
    assertThat(store.versions("m")).containsExactly("3", "2", "1", "best", "prod");
    store.changes().alias("m", "prod", Optional.empty());
    assertThat(store.find("m", Optional.of("prod"))).isEmpty();
    assertThatThrownBy(() -> store.changes().alias("m", "prod", Optional.of(9)))
        .isInstanceOf(Refused.class)
        .hasMessage("m@9 has been dropped meanwhile");
  }

  @Test
  void rollingBackLastsUntilTheNextVersion() throws Exception {
    store.changes().rollBack("m", 2);
    assertThat(store.latest("m")).contains(2);
    assertThat(store.find("m", Optional.empty()).orElseThrow().version()).isEqualTo(2);
    assertThat(publish(store).version()).isEqualTo(4);
    assertThat(store.latest("m")).contains(4);
  }

  @Test
  void droppedNumbersAreNotGivenAgain() throws Exception {
    store.changes().drop("m", 3);
    assertThat(store.latest("m")).contains(2);
    assertThat(publish(store).version()).isEqualTo(4);
    assertThat(store.changes().dropAll("m")).containsExactly(4, 2, 1);
    assertThat(store.names()).isEmpty();
    assertThat(publish(store).version()).isEqualTo(5);
    assertThat(Path.of(store.place("m", 1))).doesNotExist();
    assertThatThrownBy(() -> store.manifest("m", 1))
        .isInstanceOf(BrokenModel.class)
        .hasMessage("it has been dropped");
  }

  @Test
  void whatIsInUseStays() throws Exception {
    store.changes().alias("m", "prod", Optional.of(1));
    store.changes().serve(new Registered("api", "m", 2, "now"));
    assertThatThrownBy(() -> store.changes().drop("m", 1))
        .hasMessage("m@1 has got the alias 'prod'");
    assertThatThrownBy(() -> store.changes().drop("m", 2))
        .hasMessage("the endpoint 'api' answers with m@2; write UNSERVE api first");
    assertThatThrownBy(() -> store.changes().dropAll("m")).isInstanceOf(Refused.class);
    assertThat(store.changes().dropUnused("m", List.of(3, 2, 1))).isEmpty();
    assertThat(store.numbers("m")).containsExactly(3, 2, 1);
    publish(store);
    assertThat(store.changes().dropUnused("m", List.of(3, 2, 1))).containsExactly(3);
    store.endpointStore().remove("api");
    assertThat(store.changes().dropAll("m")).containsExactly(4, 2, 1);
    assertThat(store.aliases("m")).isEmpty();
  }

  @Test
  void aVersionThatIsGoneIsNotServed() throws Exception {
    store.changes().drop("m", 2);
    assertThatThrownBy(() -> store.changes().serve(new Registered("api", "m", 2, "now")))
        .hasMessage("m@2 has been dropped meanwhile");
    assertThat(store.endpoints()).isEmpty();
  }

  @Test
  void namesOfANewerWeftAreRefused() throws IOException {
    Path home = Objects.requireNonNull(Path.of(store.place("m", 1)).getParent());
    Files.writeString(home.resolve(VersionNames.FILE), "{\"format\": 2, \"last\": 7}");
    assertThatThrownBy(() -> store.latest("m"))
        .isInstanceOf(BrokenModel.class)
        .hasMessage("a newer Weft wrote its names.json");
  }

  @Test
  void manifestOfTheFirstFormatIsReadAndOneOfANewerIsRefused() throws IOException {
    Path folder = Files.createDirectories(Path.of(store.place("old", 1)));
    Files.writeString(folder.resolve("model.txt"), "trees");
    try (InputStream manifest = getClass().getResourceAsStream("manifest-1.json")) {
      Files.write(folder.resolve(Manifest.FILE), Objects.requireNonNull(manifest).readAllBytes());
    }
    Manifest manifest = store.verified("old", 1).manifest();
    assertThat(manifest.signature().features()).hasSize(4);
    assertThat(manifest.inputs()).isEmpty();
    assertThat(manifest.guess()).isEmpty();
    String newer = Files.readString(folder.resolve(Manifest.FILE)).replace("1,\n", "2,\n");
    Files.writeString(folder.resolve(Manifest.FILE), newer);
    assertThatThrownBy(() -> store.manifest("old", 1)).hasMessage("a newer Weft wrote it");
  }

  /** Two processes set an alias each, many times, to one version after another, and drop some. */
  @Test
  @Tag("slow")
  void writersOfTwoProcessesUndoNothing() throws Exception {
    List<Process> writers = new ArrayList<>();
    for (String alias : List.of("one", "two")) {
      String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
      ProcessBuilder writer =
          new ProcessBuilder(java, Writer.class.getName(), project.toString(), alias);
      // It is too long for a command line.
      writer.environment().put("CLASSPATH", System.getProperty("java.class.path"));
      writers.add(writer.redirectErrorStream(true).start());
    }
    for (Process writer : writers) {
      String said = new String(writer.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(writer.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(said).isEmpty();
      assertThat(writer.exitValue()).isZero();
    }
    assertThat(store.aliases("m")).isEqualTo(Map.of("one", 3, "two", 3));
    assertThat(store.numbers("m")).hasSize(3 + 2 * Writer.TIMES);
  }

  /** The other process. */
  static final class Writer {

    static final int TIMES = 40;

    private Writer() {}

    public static void main(String[] args) throws Exception {
      ModelStore store = new ModelStore(Path.of(args[0]));
      for (int i = 0; i < TIMES; i++) {
        publish(store);
        store.changes().alias("m", args[1], Optional.of(1 + i % 2));
        if (!store.aliases("m").containsKey(args[1])) {
          throw new IllegalStateException(args[1] + " is lost");
        }
      }
      store.changes().alias("m", args[1], Optional.of(3));
    }
  }

  private static Manifest publish(ModelStore store) {
    try {
      return ModelStoreTest.publish(store, "m", "trees");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
