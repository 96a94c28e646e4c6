package dev.weft.ml;

import dev.weft.engine.Progress;
import dev.weft.engine.spi.ArrowExchange;
import dev.weft.engine.spi.ModelBackend;
import dev.weft.engine.spi.RowPredictor;
import dev.weft.engine.spi.Run;
import dev.weft.grammar.ErrorCode;
import dev.weft.ml.wire.OpenModel;
import dev.weft.ml.wire.Reply;
import dev.weft.planner.AlgorithmDeclaration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.arrow.flight.FlightRuntimeException;
import org.jspecify.annotations.Nullable;

/** Trains and answers on Ray actors; nothing starts before the first call that needs it. */
public final class RayBackend implements ModelBackend {

  private final RuntimeSettings settings;
  private final PythonEnvironment environment;
  private final List<AlgorithmDeclaration> algorithms = AlgorithmFiles.read();
  private @Nullable RuntimeProcess process;
  private boolean closed;

  public RayBackend(RuntimeSettings settings) {
    this.settings = settings;
    environment = PythonEnvironment.runtime(settings);
  }

  @Override
  public List<AlgorithmDeclaration> algorithms() {
    return algorithms;
  }

  @Override
  public Trained train(Job job, Run run) {
    if (job.workers() > 1) {
      throw ErrorCode.NOT_AVAILABLE.failure(
          run.span(), "training with several workers", "leave USING WORKERS out");
    }
    Waiting waiting = new Waiting(run, limit(job));
    try {
      return withRuntime(
          run,
          waiting,
          running ->
              new Training(running.control(), job, run, settings.batchLimit(), waiting).run());
    } catch (RuntimeException e) {
      HalfWritten.delete(job.folder());
      throw e;
    }
  }

  @Override
  public ArrowExchange exchange(ModelFiles model, Run run) {
    return open(model, run);
  }

  @Override
  public RowPredictor predictor(ModelFiles model, Run run) {
    return new FlightRows(model.signature(), () -> open(model, run));
  }

  /** The actors that live, for those who look after the runtime; empty when it does not run. */
  public synchronized List<String> actors() {
    if (process == null || !process.alive()) {
      return List.of();
    }
    return process.control().stats().getStats().getActorsList().stream()
        .map(actor -> actor.getRole() + " " + actor.getPid() + " " + actor.getName())
        .toList();
  }

  /** The process id of the service, if it runs. */
  public synchronized Optional<Long> pid() {
    return process != null && process.alive() ? Optional.of(process.pid()) : Optional.empty();
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (process != null) {
      process.close();
      process = null;
    }
  }

  private FlightExchange open(ModelFiles model, Run run) {
    OpenModel request =
        OpenModel.newBuilder()
            .setName(model.name())
            .setVersion(model.version())
            .setFolder(model.folder().toAbsolutePath().toString())
            .setSignature(Messages.toWire(model.signature(), run.span()))
            .build();
    String name = model.name() + "@" + model.version();
    Waiting waiting = new Waiting(run, Optional.empty());
    Reply reply =
        withRuntime(
            run, waiting, running -> waiting.on(() -> running.control().openModel(request)));
    if (reply.hasError()) {
      throw Failures.at(run.span(), name, reply.getError());
    }
    return new FlightExchange(name, reply.getEndpoints().getEndpointsList(), settings.batchLimit());
  }

  private <T> T withRuntime(Run run, Waiting waiting, Function<RuntimeProcess, T> work) {
    RuntimeProcess running = null;
    try {
      running = waiting.on(() -> started(run));
      return work.apply(running);
    } catch (RuntimeFailure e) {
      throw ErrorCode.RUNTIME_FAILED.failure(run.span(), e.sentence());
    } catch (PythonMissing e) {
      throw ErrorCode.PYTHON_MISSING.failure(run.span(), String.valueOf(e.getMessage()));
    } catch (FlightRuntimeException e) {
      String words = running == null ? "" : running.lastWords();
      throw ErrorCode.RUNTIME_FAILED.failure(run.span(), "has ended" + words);
    }
  }

  private synchronized RuntimeProcess started(Run run) {
    if (closed) {
      throw new RuntimeFailure("has been closed");
    }
    if (process != null && process.alive()) {
      return process;
    }
    if (process != null) {
      process.close();
    }
    Path python = environment.python(line -> run.progress().accept(Progress.of(line, 0, 0, "")));
    run.progress().accept(Progress.of("starting Ray", 0, 0, ""));
    RuntimeProcess started = RuntimeProcess.start(settings, python);
    process = started;
    Reply greeting = started.control().handshake();
    if (greeting.hasError()) {
      throw new RuntimeFailure(greeting.getError().getMessage());
    }
    return started;
  }

  private static Optional<Duration> limit(Job job) {
    return job.timeout().isPresent()
        ? Optional.of(Duration.ofMillis(Math.round(job.timeout().getAsDouble() * 1000)))
        : Optional.empty();
  }
}
