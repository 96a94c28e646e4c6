package dev.weft.repl;

import dev.weft.engine.Names;
import dev.weft.engine.Progress;
import dev.weft.engine.Rows;
import dev.weft.engine.Session;
import dev.weft.engine.SessionListener;
import dev.weft.engine.Submission;
import dev.weft.grammar.Diagnostic;
import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Source;
import dev.weft.grammar.Span;
import dev.weft.grammar.StatementSplitter;
import dev.weft.grammar.WeftException;
import dev.weft.planner.spi.Column;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A session without an engine: {@code select N} gives N rows, {@code slow N} a while after it was
 * asked, {@code wait} runs until it is cancelled and {@code learn} too, with progress, {@code
 * missing}, {@code fail}, {@code assert} and {@code crash} go wrong.
 */
public final class FakeSession implements Session {

  private static final Progress LEARNING =
      new Progress(
          "training",
          30,
          100,
          "iterations",
          Optional.of("auc"),
          OptionalDouble.of(0.91),
          OptionalDouble.of(95.4));

  private volatile CountDownLatch cancelled = new CountDownLatch(1);

  @Override
  public void run(Submission submission, SessionListener listener) {
    List<Diagnostic> wrong = check(submission, listener);
    if (!wrong.isEmpty()) {
      throw new WeftException(wrong);
    }
    cancelled = new CountDownLatch(1);
    List<Span> statements = StatementSplitter.split(submission.source());
    for (int i = 0; i < statements.size(); i++) {
      listener.started(i + 1, statements.size(), statements.get(i).text());
      runOne(statements.get(i), listener);
      listener.finished(i + 1, statements.size(), "done", Duration.ofMillis(120));
    }
  }

  private void runOne(Span span, SessionListener listener) {
    String[] words = span.text().split("\\s+");
    switch (words[0]) {
      case "select" -> listener.rows(ArrowRows.numbers(Integer.parseInt(words[1])));
      case "slow" -> listener.rows(new SlowRows(ArrowRows.numbers(Integer.parseInt(words[1]))));
      case "make" -> listener.produced("model m@1", ".weft/models/m/1");
      case "wait" -> await(span);
      case "learn" -> {
        listener.progress(LEARNING);
        await(span);
      }
      case "fail" -> throw ErrorCode.QUERY_FAILED.failure(span, "division by zero");
      case "assert" -> throw ErrorCode.ASSERTION_FAILED.failure(span, "too few");
      case "crash" -> throw new IllegalStateException("broken");
      default -> listener.note("note: " + span.text());
    }
  }

  private void await(Span span) {
    try {
      if (!cancelled.await(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException("nobody cancelled");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    throw ErrorCode.CANCELLED.failure(span);
  }

  @Override
  public List<Diagnostic> check(Submission submission, SessionListener listener) {
    return StatementSplitter.split(submission.source()).stream()
        .filter(span -> span.text().startsWith("missing"))
        .map(span -> ErrorCode.TABLE_NOT_FOUND.at(span, "missing", ""))
        .toList();
  }

  @Override
  public Prepared prepare(Source source, Path folder, List<Object> parameters) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void cancel() {
    cancelled.countDown();
  }

  @Override
  public Names names() {
    Column origin = new Column("origin", "string", true);
    return new Names(
        Map.of(
            "flights", List.of(origin, new Column("delay", "int", true)),
            "airports", List.of(new Column("state", "string", true))),
        Map.of("late_flights", List.of("1", "2", "prod")),
        Map.of("lightgbm", List.of("num_leaves", "num_iterations")),
        List.of("avg", "upper"),
        List.of("late_api"),
        Map.of("csv", List.of("header", "sep"), "json", List.of("multiLine")),
        List.of("weft.planner", "weft.timeout"),
        List.of("since", "until"));
  }

  @Override
  public void close() {}

  /** Rows that take long enough for progress to be shown. */
  private record SlowRows(Rows rows) implements Rows {
    @Override
    public Schema schema() {
      return rows.schema();
    }

    @Override
    public @Nullable VectorSchemaRoot next() {
      try {
        Thread.sleep(900);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return rows.next();
    }

    @Override
    public void close() {
      rows.close();
    }
  }
}
