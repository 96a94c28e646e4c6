package dev.weft.engine;

import dev.weft.engine.model.Json;
import dev.weft.engine.spi.Run;
import dev.weft.engine.task.Task.Outcome;
import dev.weft.engine.task.TaskContext;
import dev.weft.engine.task.Tasks;
import dev.weft.grammar.Diagnostic;
import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Source;
import dev.weft.grammar.Span;
import dev.weft.grammar.WeftException;
import dev.weft.planner.AlgorithmCatalog;
import dev.weft.planner.Checked;
import dev.weft.planner.PlanningContext;
import dev.weft.planner.Settings;
import dev.weft.planner.TimeLimit;
import dev.weft.planner.explain.ScriptLineage;
import dev.weft.planner.explain.ScriptPlanText;
import dev.weft.planner.param.GivenParams;
import dev.weft.planner.plan.StatementPlan;
import dev.weft.planner.plan.StatementPlan.SetPlan;
import dev.weft.planner.rel.SharedTable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A session in the same process as its engine: check everything, then run one plan after another.
 */
final class EmbeddedSession implements Session {

  private final EngineParts parts;
  private final SessionRelations relations;
  private final AlgorithmCatalog algorithms;
  private final ScriptChecker checker;
  private final Workspace workspace = new Workspace();
  private final Runs runs;

  EmbeddedSession(EngineParts parts, AlgorithmCatalog algorithms) {
    this.relations = new SessionRelations(parts.relations());
    this.parts = parts.with(relations);
    this.algorithms = algorithms;
    this.checker = new ScriptChecker(this.parts, algorithms);
    this.runs = new Runs(id -> relations.get().cancel(id));
  }

  @Override
  public synchronized void run(Submission submission, SessionListener listener) {
    runs.beginScript();
    PlanningContext context = context(submission, Optional.empty());
    // What is planned again when it is reached would warn again.
    Set<Diagnostic> warned = new HashSet<>();
    Consumer<Diagnostic> warn =
        warning -> {
          if (warned.add(warning)) {
            listener.warning(warning);
          }
        };
    Checked checked = sound(checker.check(submission.source(), workspace, context), warn);
    int done = 0;
    while (true) {
      int total = done + checked.plans().size() + checked.rest().size();
      try {
        for (StatementPlan plan : checked.plans()) {
          done++;
          run(plan, done, total, listener);
        }
      } finally {
        release(checked.shared());
      }
      if (checked.rest().isEmpty()) {
        return;
      }
      context = context(submission, Optional.empty());
      checked = sound(checker.rest(checked.rest(), checked.unchecked(), workspace, context), warn);
    }
  }

  @Override
  public synchronized List<Diagnostic> check(Submission submission, SessionListener listener) {
    PlanningContext context = context(submission, Optional.empty());
    Checked checked = checker.check(submission.source(), workspace, context);
    checked.warnings().forEach(listener::warning);
    checked
        .unchecked()
        .ifPresent(
            span ->
                listener.note(
                    span.place()
                        + ": from here on the script is checked as it runs, because the statement"
                        + " before decides what these can see"));
    return checked.errors();
  }

  @Override
  public synchronized String plan(Submission submission) {
    return ScriptPlanText.of(planned(submission), submission.folder());
  }

  @Override
  public synchronized String lineage(Submission submission) {
    return ScriptLineage.of(planned(submission), submission.folder()).stream()
        .map(entry -> Json.line(entry) + "\n")
        .collect(Collectors.joining());
  }

  private Checked planned(Submission submission) {
    PlanningContext context = context(submission, Optional.empty());
    return sound(checker.check(submission.source(), workspace, context), warning -> {});
  }

  @Override
  public synchronized Prepared prepare(Source source, Path folder, List<Object> parameters) {
    Submission submission = new Submission(source, folder, OptionalLong.empty());
    Optional<List<Object>> values =
        parameters.isEmpty()
            ? Optional.empty()
            // A parameter may be null, which List.copyOf refuses.
            : Optional.of(Collections.unmodifiableList(new ArrayList<>(parameters)));
    Checked checked =
        sound(checker.check(source, workspace, context(submission, values)), warning -> {});
    // A client may run what it has prepared at any time and more than once.
    checked.shared().forEach(SharedTable::close);
    if (checked.plans().size() != 1 || !checked.rest().isEmpty()) {
      throw ErrorCode.INVALID_CLAUSE.failure(
          Span.all(source), "a client sends one statement at a time; this text has another number");
    }
    return new PreparedStatement(this, checked.plans().get(0), checked.parameterTypes());
  }

  @Override
  public void cancel() {
    runs.cancel();
  }

  @Override
  public synchronized Names names() {
    return SessionNames.of(parts, algorithms, workspace);
  }

  @Override
  public void close() {
    cancel();
    workspace.release();
    relations.close();
  }

  /** Begins a run of a plan; its rows end the run when they are closed. */
  Rows answer(StatementPlan plan, SessionListener listener) {
    Run run = runs.begin(plan.span(), listener, limit(plan));
    boolean open = false;
    try {
      Outcome outcome;
      synchronized (this) {
        outcome = Tasks.run(plan, task(run, listener, true));
      }
      open = true;
      return new EndingRows(outcome.rows().orElseGet(TableRows::none), run, runs);
    } catch (WeftException failure) {
      runs.check(run);
      throw failure;
    } finally {
      if (!open) {
        runs.end(run);
      }
    }
  }

  TaskContext task(Run run, SessionListener listener, boolean last) {
    return new TaskContext(parts, algorithms, workspace, run, listener, last);
  }

  Run idle(StatementPlan plan) {
    Run run = runs.begin(plan.span(), new SessionListener() {}, TimeLimit.NONE);
    runs.end(run);
    return run;
  }

  private void run(StatementPlan plan, int number, int total, SessionListener listener) {
    long start = System.nanoTime();
    listener.started(number, total, Titles.of(plan.span().text()));
    Run run = runs.begin(plan.span(), listener, limit(plan));
    try {
      runs.checkScript(plan.span());
      Outcome outcome = Tasks.run(plan, task(run, listener, number == total));
      outcome.rows().ifPresent(rows -> show(rows, listener));
      runs.check(run);
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      listener.finished(number, total, outcome.summary(), took);
    } catch (WeftException failure) {
      runs.check(run);
      throw failure;
    } finally {
      runs.end(run);
    }
  }

  private void release(List<SharedTable> shared) {
    if (!shared.isEmpty()) {
      relations.get().release(shared);
    }
  }

  /** SET has none, so that a limit that is too short can be mended. */
  private TimeLimit limit(StatementPlan plan) {
    Object set = workspace.settings().get(Settings.TIMEOUT);
    return set instanceof TimeLimit limit && !(plan instanceof SetPlan) ? limit : TimeLimit.NONE;
  }

  private static void show(Rows rows, SessionListener listener) {
    try (rows) {
      listener.rows(rows);
    }
  }

  private static Checked sound(Checked checked, Consumer<Diagnostic> warn) {
    if (!checked.errors().isEmpty()) {
      throw new WeftException(checked.errors());
    }
    checked.warnings().forEach(warn);
    return checked;
  }

  private PlanningContext context(Submission submission, Optional<List<Object>> parameters) {
    boolean byzer = submission.source().isByzer();
    return new PlanningContext(
        submission.folder(),
        workspace.settings(),
        parameters,
        submission.seed(),
        byzer,
        new GivenParams(submission.params(), submission.strict(), workspace.params()));
  }
}
