package dev.weft.server.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.engine.Progress;
import dev.weft.engine.Rows;
import dev.weft.engine.Session;
import dev.weft.engine.SessionListener;
import dev.weft.engine.Submission;
import dev.weft.grammar.Diagnostic;
import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Source;
import dev.weft.grammar.WeftException;
import dev.weft.server.flight.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A remote session behaves as an embedded one. */
@Timeout(60)
class RemoteSessionTest {

  private final TestServer server = new TestServer();
  private final Session session = RemoteSession.connect(server.url());

  @AfterEach
  void close() {
    session.close();
    server.close();
  }

  @Test
  void aScriptTellsItsEventsInOrder(@TempDir Path folder) {
    Heard heard = new Heard();
    session.run(script("numbers 25000; create t; numbers 3", folder), heard);
    assertThat(heard.lines)
        .containsExactly(
            "started 1/3 numbers 25000",
            "progress thinking",
            "rows 25000",
            "note note " + folder,
            "produced thing there",
            "finished 1 done",
            "started 2/3 create t",
            "progress thinking",
            "rows 0",
            "note note " + folder,
            "produced thing there",
            "finished 2 done",
            "started 3/3 numbers 3",
            "progress thinking",
            "rows 3",
            "note note " + folder,
            "produced thing there",
            "finished 3 done");
  }

  @Test
  void allErrorsComeWithTheirPlaces(@TempDir Path folder) {
    Submission submission = script("select wrong;\nselect wrong", folder);
    assertThatThrownBy(() -> session.run(submission, new Heard()))
        .isInstanceOfSatisfying(
            WeftException.class,
            e -> {
              assertThat(e.diagnostics())
                  .extracting(d -> d.span().place())
                  .containsExactly("s.weft:1:8", "s.weft:2:8");
              assertThat(e.diagnostics().get(0).code()).isEqualTo(ErrorCode.TABLE_NOT_FOUND);
              assertThat(e.diagnostics().get(0).span().source()).isSameAs(submission.source());
            });
    assertThat(session.check(submission, new Heard())).hasSize(2);
    assertThat(session.check(script("numbers 1", folder), new Heard())).isEmpty();
  }

  @Test
  void anErrorWhileRowsStreamIsTheScriptsOwn(@TempDir Path folder) {
    Thread canceller =
        new Thread(
            () -> {
              sleep(500);
              session.cancel();
            });
    canceller.start();
    assertThatThrownBy(() -> session.run(script("numbers 2;slow 1000000000", folder), new Heard()))
        .isInstanceOfSatisfying(
            WeftException.class,
            e -> {
              assertThat(e.diagnostics().get(0).code()).isEqualTo(ErrorCode.CANCELLED);
              assertThat(e.diagnostics().get(0).span().source().name()).isEqualTo("s.weft");
            });
    session.run(script("numbers 2", folder), new Heard());
  }

  @Test
  void aListenerThatReadsALittleLetsTheScriptGoOn(@TempDir Path folder) {
    List<String> finished = new ArrayList<>();
    session.run(
        script("numbers 50000000;numbers 1", folder),
        new SessionListener() {
          @Override
          public void rows(Rows rows) {
            assertThat(rows.next()).isNotNull();
          }

          @Override
          public void finished(int number, int total, String outcome, Duration took) {
            finished.add(outcome);
          }
        });
    assertThat(finished).hasSize(2);
  }

  @Test
  void statementsArePreparedWithParameters(@TempDir Path folder) {
    Source source = new Source("<q>", "typed ?, ?, ?, ?, ?, ?, ?, ?");
    Session.Prepared unbound = session.prepare(source, folder, List.of());
    assertThat(unbound.parameters().getFields()).hasSize(8);
    assertThat(unbound.isUpdate()).isFalse();
    List<Object> values =
        Arrays.asList(1, 2L, 2.5, "x", true, null, null, new java.math.BigDecimal("1.20"));
    try (Rows rows = session.prepare(source, folder, values).run(new Heard())) {
      VectorSchemaRoot root = Objects.requireNonNull(rows.next());
      assertThat(root.getVector(3).getObject(0)).hasToString("x");
      assertThat(rows.next()).isNull();
    }
    assertThat(server.weft.parameters).isEqualTo(values);
    try (Rows none =
        session.prepare(new Source("<q>", "create x"), folder, List.of()).run(new Heard())) {
      assertThat(none.next()).isNull();
    }
    assertThat(server.weft.effects).containsExactly("create x");
  }

  @Test
  void namesAreTheServers() {
    assertThat(session.names().tables()).containsOnlyKeys("trips", "other_things");
  }

  @Test
  void nobodyThereOrAWrongTokenIsAConnectionError() {
    assertThatThrownBy(() -> RemoteSession.connect("grpc://127.0.0.1:1?token=x"))
        .isInstanceOfSatisfying(
            WeftException.class,
            e -> assertThat(e.diagnostics().get(0).code()).isEqualTo(ErrorCode.CONNECTION_FAILED))
        .hasMessageContaining("no Weft server answers at 127.0.0.1:1");
    assertThatThrownBy(
            () -> RemoteSession.connect("grpc://127.0.0.1:" + server.port() + "?token=x"))
        .isInstanceOfSatisfying(
            WeftException.class,
            e -> assertThat(e.diagnostics().get(0).code()).isEqualTo(ErrorCode.CONNECTION_FAILED))
        .hasMessageContaining("the token is wrong");
    assertThatThrownBy(() -> RemoteSession.connect("http://x?token=secret"))
        .hasMessageContaining("does not name a Weft server")
        .hasMessageNotContaining("secret");
  }

  @Test
  void closingEndsTheServersSession() {
    RemoteSession.connect(server.url()).close();
    assertThat(server.weft.closed.get()).isEqualTo(1);
  }

  private static Submission script(String text, Path folder) {
    return new Submission(new Source("s.weft", text), folder, OptionalLong.empty());
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** Writes down what it hears. */
  private static final class Heard implements SessionListener {

    final List<String> lines = new ArrayList<>();

    @Override
    public void started(int number, int total, String title) {
      lines.add("started " + number + "/" + total + " " + title);
    }

    @Override
    public void progress(Progress progress) {
      lines.add("progress " + progress.what());
    }

    @Override
    public void warning(Diagnostic warning) {
      lines.add("warning " + warning);
    }

    @Override
    public void note(String line) {
      lines.add("note " + line);
    }

    @Override
    public void produced(String what, String where) {
      lines.add("produced " + what + " " + where);
    }

    @Override
    public void rows(Rows rows) {
      long count = 0;
      for (VectorSchemaRoot batch = rows.next(); batch != null; batch = rows.next()) {
        count += batch.getRowCount();
      }
      lines.add("rows " + count);
    }

    @Override
    public void finished(int number, int total, String outcome, Duration took) {
      lines.add("finished " + number + " " + outcome);
    }
  }
}
