package dev.weft.scripts;

import dev.weft.engine.Progress;
import dev.weft.engine.Session;
import dev.weft.engine.SessionListener;
import dev.weft.engine.Submission;
import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Source;
import dev.weft.grammar.WeftException;
import dev.weft.server.Platform;
import dev.weft.server.PlatformSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * No test but a measurement, so no build runs it: rows that go from Spark to an actor and back,
 * beside rivals. benchmarks/bridge_speed.sh starts it.
 */
class BridgeSpeed {

  /** Rounds that are not counted, of all: until both JVMs have compiled what they run. */
  private static final int WARM = 6;

  /** Where rounds are short, so long at least. */
  private static final double WARM_SECONDS = 90;

  private static final long MILLIS_TO_SETTLE = 1500;

  private static final int CORES = Runtime.getRuntime().availableProcessors();

  private final long rows = Long.parseLong(setting("rows", "10000000"));
  private final int runs = Integer.parseInt(setting("runs", "5"));
  private final List<String> only =
      List.of(setting("only", "round trip,function,upload").split(","));

  private static String setting(String name, String otherwise) {
    String given = System.getProperty("bridge." + name, "");
    return given.isEmpty() ? otherwise : given;
  }

  private String tables() {
    String columns =
        IntStream.range(0, 10)
            .mapToObj(i -> "cast(id as double) + " + i + " as c" + i)
            .collect(Collectors.joining(", "));
    String schema =
        IntStream.range(0, 10).mapToObj(i -> "c" + i + " double").collect(Collectors.joining(", "));
    return """
    select %s from range(0, %d, 1, %d) as wide;
    python wide per batch as back schema (%s) where batch_rows = 16384 and workers = %d \
    '''back = wide''';
    create temporary function shifted(x double) returns double language python as '''
    import pyarrow.compute as pc
    def shifted(x):
        return pc.add(pc.multiply(x, 1.8), 32.0)
    ''';
    """
        .formatted(columns, rows, CORES, schema, CORES);
  }

  @Test
  void measure() throws Exception {
    Path folder = Files.createTempDirectory("bridge-speed");
    // Where memory is a file system, so that no rival waits for a disk.
    Path memory = Path.of("/dev/shm");
    Path files = Files.createTempDirectory(Files.isDirectory(memory) ? memory : folder, "rival");
    List<BridgeRival> rivals = new ArrayList<>();
    try (Platform platform = Platform.open(PlatformSettings.of(folder));
        Session session = platform.newSession()) {
      run(session, folder, tables(), new SessionListener() {});
      for (String name : List.of("pyspark", "raydp")) {
        if (!setting(name, "").isEmpty()) {
          rivals.add(BridgeRival.start(setting(name, ""), setting("rival", ""), name, rows, files));
        }
      }
      BridgeTimes times = new BridgeTimes("seconds, 10 columns of doubles, warm and in turn", rows);
      for (String what : only) {
        long start = System.nanoTime();
        int round = 0;
        while (round < WARM || System.nanoTime() - start < WARM_SECONDS * 1e9) {
          round(what, round++, session, folder, rivals, (w, who, seconds) -> {});
        }
        for (int run = 0; run < runs; run++) {
          round(what, round++, session, folder, rivals, times::add);
        }
        // What is measured stays, should a rival not get through the next.
        times.write(Path.of(setting("results", "target/bridge_speed.json")));
      }
    } finally {
      rivals.forEach(BridgeRival::close);
      Folders.remove(files);
      Folders.remove(folder);
    }
  }

  /** Each once, beginning with another one in every round. */
  private void round(
      String what,
      int round,
      Session session,
      Path folder,
      List<BridgeRival> rivals,
      Counting counting)
      throws IOException {
    List<Contestant> all = new ArrayList<>();
    all.add(new Contestant("weft", () -> ours(what, session, folder)));
    for (BridgeRival rival : rivals) {
      for (String can : rival.can()) {
        if (can.startsWith(what + "/")) {
          all.add(new Contestant(can.substring(what.length() + 1), () -> rival.seconds(can)));
        }
      }
    }
    for (int i = 0; i < all.size(); i++) {
      Contestant next = all.get((i + round) % all.size());
      double took = next.run().seconds();
      counting.add(what, next.name(), took);
      settle();
    }
  }

  /** Each leaves actors to start and memory to give back, which must not slow the next. */
  private static void settle() {
    try {
      Thread.sleep(MILLIS_TO_SETTLE);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private interface Counting {
    void add(String what, String who, double seconds);
  }

  private record Contestant(String name, Timed run) {}

  private interface Timed {
    double seconds() throws IOException;
  }

  private static double ours(String what, Session session, Path folder) {
    String sums =
        IntStream.range(0, 10).mapToObj(i -> "sum(c" + i + ")").collect(Collectors.joining(" + "));
    return switch (what) {
      case "round trip" -> timed(session, folder, "select " + sums + " as s from back");
      case "function" -> timed(session, folder, "select sum(shifted(c0)) as s from wide");
      case "upload" -> upload(session, folder);
      default -> throw new IllegalArgumentException(what);
    };
  }

  private static double timed(Session session, Path folder, String text) {
    long start = System.nanoTime();
    run(session, folder, text, new SessionListener() {});
    return (System.nanoTime() - start) / 1e9;
  }

  /** From the beginning of TRAIN until its rows are committed; the training itself is cancelled. */
  private static double upload(Session session, Path folder) {
    long start = System.nanoTime();
    AtomicLong took = new AtomicLong();
    SessionListener listener =
        new SessionListener() {
          @Override
          public void progress(Progress progress) {
            if (progress.what().equals("rows sent") && took.get() == 0) {
              took.set(System.nanoTime() - start);
              session.cancel();
            }
          }
        };
    try {
      run(session, folder, "train wide as sklearn_ridge.bench label c9", listener);
    } catch (WeftException cancelled) {
      if (cancelled.diagnostics().get(0).code() != ErrorCode.CANCELLED) {
        throw cancelled;
      }
    }
    if (took.get() == 0) {
      throw new IllegalStateException("TRAIN did not say that its rows were sent");
    }
    return took.get() / 1e9;
  }

  private static void run(Session session, Path folder, String text, SessionListener listener) {
    session.run(
        new Submission(new Source("speed.weft", text), folder, OptionalLong.empty()), listener);
  }
}
