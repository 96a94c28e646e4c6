package dev.weft.spark.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files of an object store, where another writer is noticed only when a file is closed. */
class HadoopFilesTest {

  private static final int WRITERS = 8;
  private static final int ROUNDS = 20;

  private final HadoopFiles files =
      HadoopFiles.of(Map.of("spark.hadoop.fs.objects.impl", ObjectStore.class.getName()));

  @BeforeEach
  void forget() {
    ObjectStore.OBJECTS.clear();
    ObjectStore.UNSURE.clear();
    ObjectStore.FAILING.clear();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void ofWritersAtOnceOneIsTheFirst() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    try {
      for (int round = 0; round < ROUNDS; round++) {
        String file = "objects:///models/" + round + "/.claim";
        CyclicBarrier start = new CyclicBarrier(WRITERS);
        List<Future<Boolean>> told = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
          byte[] own = bytes("writer " + i);
          told.add(
              threads.submit(
                  () -> {
                    int unused = start.await();
                    return files.create(file, own);
                  }));
        }
        List<String> first = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
          if (told.get(i).get()) {
            first.add("writer " + i);
          }
        }
        assertThat(first).containsExactly(new String(files.read(file), StandardCharsets.UTF_8));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** The client asks again where no answer came, and is then told that there is a file: its own. */
  @Test
  void whoIsRefusedForItsOwnFileIsTheFirst() throws IOException {
    ObjectStore.UNSURE.put(".claim", true);
    assertThat(files.create("objects:///m/1/.claim", bytes("a"))).isTrue();
    assertThat(files.create("objects:///m/1/.claim", bytes("b"))).isFalse();
    assertThat(files.read("objects:///m/1/.claim")).isEqualTo(bytes("a"));
  }

  @Test
  void aStoreThatTakesNothingIsTold() {
    ObjectStore.FAILING.put(".claim", true);
    assertThatThrownBy(() -> files.create("objects:///m/1/.claim", bytes("a")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("503");
    assertThat(ObjectStore.OBJECTS).isEmpty();
  }

  @Test
  void anObjectIsReplacedInPlace() throws IOException {
    files.replace("objects:///m/names.json", bytes("first"));
    files.replace("objects:///m/names.json", bytes("second"));
    assertThat(ObjectStore.OBJECTS).containsOnlyKeys("/m/names.json");
    assertThat(files.read("objects:///m/names.json")).isEqualTo(bytes("second"));
  }
}
