package dev.weft.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.SparkSession;

/** Runs files of statements in fresh sessions, once in plain Spark and once planned. */
final class Corpus {

  /** Thousands of tiny queries: no code is generated and nothing is adapted for them. */
  private static final Map<String, String> QUICK =
      Map.of(
          "spark.sql.shuffle.partitions", "1",
          "spark.sql.leafNodeDefaultParallelism", "1",
          "spark.sql.adaptive.enabled", "false",
          "spark.sql.codegen.wholeStage", "false",
          "spark.sql.codegen.factoryMode", "NO_CODEGEN");

  private final SparkSession root;

  Corpus(SparkSession root) {
    this.root = root;
  }

  List<Comparison> compare(CorpusFile file) {
    return compare(file, plain(file));
  }

  /** Compares with what plain Spark has answered. */
  List<Comparison> compare(CorpusFile file, List<Outcome> plain) {
    PlannedSpark planned = new PlannedSpark(session(file));
    PlainSpark parser = new PlainSpark(session(file));
    List<Comparison> results = new ArrayList<>();
    for (int i = 0; i < file.statements().size(); i++) {
      String statement = file.statements().get(i);
      Outcome ours = planned.answer(statement);
      results.add(
          new Comparison(
              file.name(),
              i + 1,
              statement,
              parser.parses(statement),
              PlannedSpark.refusal(statement).isEmpty(),
              planned.wasQuery(),
              planned.handedOver(),
              planned.clauses(),
              Verdicts.of(statement, plain.get(i), ours),
              plain.get(i),
              ours));
    }
    clean();
    boolean differs = results.stream().anyMatch(result -> isAboutRows(result.verdict()));
    return differs ? withoutVolatile(file, results) : results;
  }

  private static boolean isAboutRows(Verdicts verdict) {
    return verdict == Verdicts.ROWS || verdict == Verdicts.ORDER;
  }

  List<Outcome> plain(CorpusFile file) {
    PlainSpark plain = new PlainSpark(session(file));
    List<Outcome> outcomes = file.statements().stream().map(plain::answer).toList();
    clean();
    return outcomes;
  }

  /** A statement whose rows differ between two runs of plain Spark shows nothing. */
  private List<Comparison> withoutVolatile(CorpusFile file, List<Comparison> results) {
    List<Outcome> again = plain(file);
    List<Comparison> rest = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      Comparison result = results.get(i);
      boolean same = Verdicts.of(result.statement(), result.plain(), again.get(i)) == Verdicts.SAME;
      rest.add(same || !isAboutRows(result.verdict()) ? result : result.volatileRows());
    }
    return rest;
  }

  private SparkSession session(CorpusFile file) {
    SparkSession session = root.newSession();
    session.conf().set("spark.sql.session.timeZone", "America/Los_Angeles");
    QUICK.forEach((key, value) -> set(session, key, value));
    file.settings().forEach((key, value) -> set(session, key, value));
    SparkSession.setActiveSession(session);
    CorpusTables.create(session);
    return session;
  }

  private static void set(SparkSession session, String key, String value) {
    try {
      session.conf().set(key, value);
    } catch (Exception fixed) {
      // A setting that cannot be changed in a session: both ways run without it.
    }
  }

  /** Drops what a file has left in the catalog that all sessions share. */
  private void clean() {
    SparkSession.setActiveSession(root);
    for (Row database : root.sql("show databases").collectAsList()) {
      String name = database.getString(0);
      if (!name.equals("default")) {
        root.sql("drop database if exists `" + name + "` cascade");
      }
    }
    for (Row table : root.sql("show tables in default").collectAsList()) {
      drop(table.getString(1));
    }
    for (Row function : root.sql("show user functions").collectAsList()) {
      String name = function.getString(0);
      if (name.contains(".")) {
        root.sql("drop function if exists " + name);
      }
    }
    empty(Path.of(java.net.URI.create(warehouse()).getPath()));
  }

  private String warehouse() {
    String folder = root.conf().get("spark.sql.warehouse.dir");
    return folder.startsWith("file:") ? folder : "file:" + folder;
  }

  private void drop(String table) {
    try {
      root.sql("drop table if exists `" + table + "`");
    } catch (Exception view) {
      root.sql("drop view if exists `" + table + "`");
    }
  }

  private static void empty(Path folder) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        if (!path.equals(folder)) {
          Files.delete(path);
        }
      }
    } catch (IOException stuck) {
      throw new UncheckedIOException(stuck);
    }
  }
}
