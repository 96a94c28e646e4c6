package dev.weft.scripts;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a measurement beside rivals has taken, and its medians, as JSON. */
final class BridgeTimes {

  private final String title;
  private final long rows;
  private final Map<String, Map<String, List<Double>>> times = new LinkedHashMap<>();

  /**
   * @param title which times these are, and of what
   */
  BridgeTimes(String title, long rows) {
    this.title = title;
    this.rows = rows;
  }

  void add(String what, String who, double seconds) {
    times
        .computeIfAbsent(what, w -> new LinkedHashMap<>())
        .computeIfAbsent(who, w -> new ArrayList<>())
        .add(seconds);
  }

  void write(Path file) throws IOException {
    Files.writeString(
        file,
        """
        {
          "what": "%s",
          "rows": %d,
          "machine": "%s, %d cores, load %.1f",
          "runs": %s,
          "median": %s,
          "ratio": %s
        }
        """
            .formatted(
                title,
                rows,
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                object(runs -> runs.stream().map(BridgeTimes::number).toList().toString()),
                object(runs -> number(median(runs))),
                ratios()));
  }

  private String object(java.util.function.Function<List<Double>, String> value) {
    return times.entrySet().stream()
        .map(
            what ->
                "\n    \"%s\": {%s}"
                    .formatted(
                        what.getKey(),
                        what.getValue().entrySet().stream()
                            .map(
                                who ->
                                    "\"%s\": %s"
                                        .formatted(who.getKey(), value.apply(who.getValue())))
                            .collect(Collectors.joining(", "))))
        .collect(Collectors.joining(",", "{", "\n  }"));
  }

  private String ratios() {
    List<String> found = new ArrayList<>();
    times.forEach(
        (what, all) -> {
          double ours = median(all.getOrDefault("weft", List.of(Double.NaN)));
          all.forEach(
              (who, runs) -> {
                if (!who.equals("weft")) {
                  found.add(
                      "\n    \"%s, weft / %s\": %s"
                          .formatted(what, who, number(ours / median(runs))));
                }
              });
        });
    return found.stream().collect(Collectors.joining(",", "{", "\n  }"));
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
