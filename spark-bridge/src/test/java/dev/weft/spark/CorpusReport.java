package dev.weft.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What comparing has shown: rates, and every statement that differs or is not planned. */
record CorpusReport(List<Comparison> all) {

  /** Percent of the statements Spark's parser takes that our grammar takes. */
  double parsed() {
    return percent(Comparison::sparkParses, Comparison::weParse);
  }

  /** Percent of the statements Spark answers with the same rows from us. */
  double equal() {
    return percent(Comparison::answered, c -> c.verdict() == Verdicts.SAME);
  }

  /** Percent of the statements Spark answers with the same rows, column names and types aside. */
  double equalRows() {
    return percent(
        Comparison::answered, c -> c.verdict() == Verdicts.SAME || c.verdict() == Verdicts.COLUMNS);
  }

  /** Percent of the statements Spark refuses that we refuse. */
  double refused() {
    return percent(c -> !c.answered(), c -> c.verdict() == Verdicts.SAME);
  }

  /** Percent of the queries that we answer in which Spark has to plan some text. */
  double handedOver() {
    return percent(
        c -> c.query() && c.ours() instanceof Outcome.Answered, c -> !c.handedOver().isEmpty());
  }

  /** Percent of the queries that we answer, all of it planned but for single clauses. */
  double clauses() {
    return percent(
        c -> c.query() && c.ours() instanceof Outcome.Answered,
        c -> c.handedOver().isEmpty() && !c.clauses().isEmpty());
  }

  private double percent(Predicate<Comparison> of, Predicate<Comparison> those) {
    long whole = all.stream().filter(of).count();
    long part = all.stream().filter(of).filter(those).count();
    return whole == 0 ? 100 : Math.round(1000.0 * part / whole) / 10.0;
  }

  String summary() {
    return "%d statements: parsed %.1f %%, equal %.1f %% (rows %.1f %%), refused %.1f %%, handed over %.1f %%, single clauses %.1f %% of %d queries"
        .formatted(
            all.size(),
            parsed(),
            equal(),
            equalRows(),
            refused(),
            handedOver(),
            clauses(),
            all.stream().filter(Comparison::query).count());
  }

  void write(Path file) throws IOException {
    List<String> lines = new ArrayList<>(List.of(summary(), "", "# Verdicts", ""));
    count(all.stream().collect(Collectors.groupingBy(c -> c.verdict().name())), lines);
    lines.addAll(List.of("", "# Reasons for handing over", ""));
    Map<String, List<Comparison>> reasons = new TreeMap<>();
    for (Comparison each : all) {
      each.handedOver().forEach(r -> reasons.computeIfAbsent(r, k -> new ArrayList<>()).add(each));
    }
    count(reasons, lines);
    lines.addAll(List.of("", "# Differences", ""));
    all.stream().filter(c -> c.verdict() != Verdicts.SAME).forEach(c -> detail(c, lines));
    lines.addAll(List.of("", "# Refused by our grammar", ""));
    all.stream().filter(c -> c.sparkParses() && !c.weParse()).forEach(c -> detail(c, lines));
    lines.addAll(List.of("", "# Handed over", ""));
    for (Comparison each : all) {
      if (!each.handedOver().isEmpty()) {
        lines.add(place(each) + " " + each.handedOver() + "\n    " + indented(each.statement()));
      }
    }
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, lines);
  }

  private static void count(Map<String, List<Comparison>> groups, List<String> lines) {
    groups.entrySet().stream()
        .sorted(Comparator.comparing(entry -> -entry.getValue().size()))
        .forEach(entry -> lines.add("%6d  %s".formatted(entry.getValue().size(), entry.getKey())));
  }

  private static void detail(Comparison each, List<String> lines) {
    lines.add("## " + each.verdict() + " " + place(each) + " " + each.handedOver());
    lines.add("    " + indented(each.statement()));
    lines.add("  spark: " + brief(each.plain()));
    lines.add("  weft:  " + brief(each.ours()));
  }

  private static String brief(Outcome outcome) {
    String text = outcome.toString().replace('\n', ' ');
    return text.length() > 700 ? text.substring(0, 700) + "…" : text;
  }

  private static String place(Comparison each) {
    return each.file() + ":" + each.number();
  }

  private static String indented(String statement) {
    return statement.replace("\n", "\n    ");
  }
}
