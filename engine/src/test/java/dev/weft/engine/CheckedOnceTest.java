package dev.weft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.engine.model.ModelStore;
import dev.weft.engine.model.StoredPredictors;
import dev.weft.grammar.Source;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How often a script's statements are analysed: what has been checked is not checked again. */
class CheckedOnceTest {

  private static final int TIMES = 20;

  private final CountingRelations relations = new CountingRelations();
  @TempDir Path folder;

  @Test
  void aScriptOfSparksStatementsIsCheckedOnceAndPlannedOnce() {
    run("insert into t values (1);\nselect a from t;\n".repeat(TIMES));
    assertThat(relations.foreseen).isEqualTo(TIMES);
    assertThat(relations.queries).isEqualTo(2 * TIMES);
  }

  @Test
  void behindAnUnknownEffectCheckingBeginsAgain() {
    String known = "insert into t values (1);\nselect a from t;\n".repeat(TIMES);
    run(known + "use elsewhere;\n" + known);
    assertThat(relations.foreseen).isEqualTo(2 * TIMES + 1);
    assertThat(relations.queries).isEqualTo(4 * TIMES);
  }

  private void run(String text) {
    ModelStore store = new ModelStore(folder);
    EngineParts parts =
        new EngineParts(
            () -> relations,
            new StoredPredictors(store),
            () -> {
              throw new UnsupportedOperationException();
            },
            store,
            folder);
    try (Session session = new Engine(parts).newSession()) {
      Source source = new Source("counted.weft", text);
      session.run(new Submission(source, folder, OptionalLong.empty()), new SessionListener() {});
    }
  }
}
