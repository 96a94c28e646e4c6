package dev.weft.server;

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
import dev.weft.grammar.WeftException;
import dev.weft.planner.spi.Column;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A Weft by hand with a tiny language: {@code numbers N}, {@code slow N}, {@code typed ?…}, {@code
 * create …}, {@code train …}, {@code wrong …}, {@code breaks}, {@code dies}.
 */
public final class FakeWeft {

  /** The types of the eight parameters of {@code typed}. */
  public static final Schema TYPED =
      new Schema(
          List.of(
              Field.nullable("i", new ArrowType.Int(32, true)),
              Field.nullable("l", new ArrowType.Int(64, true)),
              Field.nullable("d", new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE)),
              Field.nullable("s", new ArrowType.Utf8()),
              Field.nullable("b", new ArrowType.Bool()),
              Field.nullable("day", new ArrowType.Date(DateUnit.DAY)),
              Field.nullable("at", new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC")),
              Field.nullable("m", new ArrowType.Decimal(10, 2, 128))));

  /** The report of {@code train}. */
  public static final Schema REPORT =
      new Schema(List.of(Field.nullable("model", new ArrowType.Utf8())));

  private static final Schema NONE = new Schema(List.of());

  /** What ran with effects, in order. */
  public final List<String> effects = new CopyOnWriteArrayList<>();

  /** Sessions opened. */
  public final AtomicInteger opened = new AtomicInteger();

  /** Sessions closed. */
  public final AtomicInteger closed = new AtomicInteger();

  /** Cancels heard. */
  public final AtomicInteger cancels = new AtomicInteger();

  /** Results closed. */
  public final AtomicInteger ended = new AtomicInteger();

  /** Rows given by the last {@code numbers} or {@code slow}. */
  public final AtomicLong given = new AtomicLong();

  /** The parameters that the last statement ran with. */
  public volatile List<Object> parameters = List.of();

  /** A new session. */
  public Session session() {
    opened.incrementAndGet();
    return new FakeSession();
  }

  private final class FakeSession implements Session {

    private final AtomicInteger cancelled = new AtomicInteger();
    private final AtomicInteger active = new AtomicInteger();

    @Override
    public void run(Submission submission, SessionListener listener) {
      String[] statements = submission.source().text().split(";\\s*");
      List<Diagnostic> wrong = check(submission, listener);
      if (!wrong.isEmpty()) {
        throw new WeftException(wrong);
      }
      for (int i = 0; i < statements.length; i++) {
        listener.started(i + 1, statements.length, statements[i]);
        listener.progress(Progress.of("thinking", 1, 2, "rows"));
        try (Rows rows =
            prepare(submission.source(), statements[i].trim(), List.of()).run(listener)) {
          listener.rows(rows);
        }
        listener.note("note " + submission.folder());
        listener.produced("thing", "there");
        listener.finished(i + 1, statements.length, "done", Duration.ofMillis(5));
      }
    }

    @Override
    public List<Diagnostic> check(Submission submission, SessionListener listener) {
      Source source = submission.source();
      List<Diagnostic> found = new ArrayList<>();
      int at = source.text().indexOf("wrong");
      while (at >= 0) {
        found.add(ErrorCode.TABLE_NOT_FOUND.at(new Span(source, at, at + 5), "wröng", ""));
        at = source.text().indexOf("wrong", at + 1);
      }
      return found;
    }

    @Override
    public Prepared prepare(Source source, Path folder, List<Object> parameters) {
      List<Diagnostic> wrong =
          check(
              new Submission(source, folder, java.util.OptionalLong.empty()),
              new SessionListener() {});
      if (!wrong.isEmpty()) {
        throw new WeftException(wrong);
      }
      return prepare(source, source.text().replaceAll(";\\s*$", ""), parameters);
    }

    private Prepared prepare(Source source, String text, List<Object> parameters) {
      return new FakePrepared(this, text, Span.all(source), parameters);
    }

    @Override
    public void cancel() {
      cancels.incrementAndGet();
      cancelled.set(active.get());
    }

    @Override
    public Names names() {
      Column id = new Column("id", "bigint", false);
      return new Names(
          Map.of(
              "trips",
              List.of(id, new Column("fare", "decimal(10,2)", true)),
              "other_things",
              List.of(id, new Column("tags", "map<string,array<int>>", true))),
          Map.of("m", List.of("1")),
          Map.of(),
          List.of(),
          List.of(),
          Map.of("csv", List.of("header")),
          List.of(),
          List.of());
    }

    @Override
    public void close() {
      closed.incrementAndGet();
    }

    boolean stopped(int number) {
      return cancelled.get() >= number;
    }
  }

  private final class FakePrepared implements Session.Prepared {

    private final FakeSession session;
    private final String text;
    private final Span span;
    private final List<Object> values;

    FakePrepared(FakeSession session, String text, Span span, List<Object> values) {
      this.session = session;
      this.text = text;
      this.span = span;
      this.values = Collections.unmodifiableList(new ArrayList<>(values));
    }

    @Override
    public boolean isUpdate() {
      return schema().getFields().isEmpty();
    }

    @Override
    public boolean hasEffects() {
      return text.startsWith("create") || text.startsWith("train");
    }

    @Override
    public Schema schema() {
      if (text.startsWith("typed")) {
        return TYPED;
      }
      if (text.startsWith("create")) {
        return NONE;
      }
      return text.startsWith("train") ? REPORT : FakeRows.SCHEMA;
    }

    @Override
    public Schema parameters() {
      return text.contains("?") ? TYPED : NONE;
    }

    @Override
    public Rows run(SessionListener listener) {
      parameters = values;
      int number = session.active.incrementAndGet();
      if (text.startsWith("typed")) {
        return new ValueRows(TYPED, values);
      }
      if (hasEffects()) {
        effects.add(text);
        return effect(number);
      }
      if (text.startsWith("breaks")) {
        throw ErrorCode.QUERY_FAILED.failure(span, "it broke while it ran");
      }
      if (text.startsWith("dies")) {
        throw new StackOverflowError("too deep");
      }
      long pause = text.startsWith("slow") ? 50 : 0;
      long count = Long.parseLong(text.replaceAll("\\D", ""));
      return new FakeRows(
          count, pause, () -> session.stopped(number), span, given, ended::incrementAndGet);
    }

    private Rows effect(int number) {
      for (int i = 0; i < 40 && text.contains("slowly"); i++) {
        if (session.stopped(number)) {
          throw ErrorCode.CANCELLED.failure(span);
        }
        sleep();
      }
      return isUpdate() ? new ValueRows(NONE, List.of()) : new ValueRows(REPORT, List.of("m"));
    }

    private void sleep() {
      try {
        Thread.sleep(50);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
