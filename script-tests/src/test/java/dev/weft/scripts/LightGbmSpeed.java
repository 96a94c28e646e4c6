package dev.weft.scripts;

import dev.weft.engine.Session;
import dev.weft.engine.SessionListener;
import dev.weft.engine.Submission;
import dev.weft.grammar.Source;
import dev.weft.server.Platform;
import dev.weft.server.PlatformSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * No test but a measurement, so no build runs it: TRAIN of LightGBM beside the library on the same
 * Parquet files. benchmarks/lightgbm_speed.sh starts it.
 */
class LightGbmSpeed {

  /** Rounds that are not counted: the first one starts what stays. */
  private static final int WARM = 1;

  private static final int COLUMNS = 20;

  private final long rows = Long.parseLong(setting("rows", "5000000"));
  private final int runs = Integer.parseInt(setting("runs", "3"));

  private static String setting(String name, String otherwise) {
    String given = System.getProperty("lightgbm." + name, "");
    return given.isEmpty() ? otherwise : given;
  }

  @Test
  void measure() throws Exception {
    Path folder = Files.createTempDirectory("lightgbm-speed");
    // Where memory is a file system, so that nobody waits for a disk.
    Path memory = Path.of("/dev/shm");
    Path files = Files.createTempDirectory(Files.isDirectory(memory) ? memory : folder, "rows");
    Path table = files.resolve("table");
    BridgeTimes times = new BridgeTimes("seconds of TRAIN, 20 columns, warm and in turn", rows);
    try (Platform platform = Platform.open(PlatformSettings.of(folder));
        Session session = platform.newSession()) {
      run(session, folder, made(table));
      try (BridgeRival rival =
          BridgeRival.start(setting("python", ""), setting("rival", ""), "lightgbm", rows, table)) {
        for (int round = 0; round < WARM + runs; round++) {
          double ours = ours(session, folder);
          double theirs = rival.seconds("train");
          if (round >= WARM) {
            times.add("train", "weft", ours);
            times.add("train", "lightgbm", theirs);
          }
        }
      }
      times.write(Path.of(setting("results", "target/lightgbm_speed.json")));
    } finally {
      Folders.remove(files);
      Folders.remove(folder);
    }
  }

  /** Columns without any order, and a label that three of them and chance decide. */
  private String made(Path table) {
    String columns =
        IntStream.range(0, COLUMNS)
            .mapToObj(i -> "pmod(xxhash64(id, %d), 1000003) / 1000003D as c%d".formatted(i, i))
            .collect(Collectors.joining(", "));
    return """
    select %s from range(%d) as wide;
    select *, c0 + c1 * c2 + 0.5D * c3 > 1.0D as y from wide as labelled;
    save overwrite labelled as parquet.`%s`;
    load parquet.`%s` as stored;
    """
        .formatted(columns, rows, table, table);
  }

  private static double ours(Session session, Path folder) {
    String options = "num_iterations = 100 and num_threads = " + cores();
    long start = System.nanoTime();
    run(session, folder, "train stored as lightgbm.bench label y where " + options + " seed 42");
    return (System.nanoTime() - start) / 1e9;
  }

  private static int cores() {
    return Runtime.getRuntime().availableProcessors();
  }

  private static void run(Session session, Path folder, String text) {
    session.run(
        new Submission(new Source("speed.weft", text), folder, OptionalLong.empty()),
        new SessionListener() {});
  }
}
