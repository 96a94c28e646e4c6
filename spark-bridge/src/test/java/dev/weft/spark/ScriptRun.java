package dev.weft.spark;

import dev.weft.engine.Engine;
import dev.weft.engine.EngineParts;
import dev.weft.engine.Rows;
import dev.weft.engine.Session;
import dev.weft.engine.SessionListener;
import dev.weft.engine.Submission;
import dev.weft.engine.model.ModelStore;
import dev.weft.engine.model.StoredPredictors;
import dev.weft.grammar.Source;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A session over the test's Spark, and what its scripts answered and cost Spark. */
final class ScriptRun implements AutoCloseable {

  private final Path folder;
  private final Session session;
  private final List<List<List<@Nullable Object>>> answers = new ArrayList<>();

  ScriptRun(Path folder) {
    this.folder = folder;
    ModelStore store = new ModelStore(folder.resolve(".weft"));
    EngineParts parts =
        new EngineParts(
            TestSpark.spark()::newSession,
            new StoredPredictors(store),
            () -> {
              throw new IllegalStateException("nothing is served here");
            },
            store,
            folder);
    this.session = new Engine(parts).newSession();
  }

  Session session() {
    return session;
  }

  /** What the statements that show something showed, in their order. */
  List<List<List<@Nullable Object>>> answers() {
    return answers;
  }

  /** Runs a script and says what Spark did for it. */
  SparkWork run(String text) {
    answers.clear();
    return SparkWork.of(() -> submit(text));
  }

  /** Runs a script. */
  void submit(String text) {
    Submission script =
        new Submission(new Source("script.weft", text), folder, OptionalLong.empty());
    session.run(
        script,
        new SessionListener() {
          @Override
          public void rows(Rows rows) {
            answers.add(TestSpark.collect(rows));
          }
        });
  }

  @Override
  public void close() {
    session.close();
  }
}
