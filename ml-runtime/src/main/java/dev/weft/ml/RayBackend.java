package dev.weft.ml;

import dev.weft.engine.spi.ArrowExchange;
import dev.weft.engine.spi.ModelBackend;
import dev.weft.engine.spi.OnnxFiles;
import dev.weft.engine.spi.PythonBackend;
import dev.weft.engine.spi.RowPredictor;
import dev.weft.engine.spi.Run;
import dev.weft.ml.wire.Endpoint;
import dev.weft.ml.wire.OpenModel;
import dev.weft.ml.wire.Reply;
import dev.weft.planner.AlgorithmDeclaration;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Trains and answers on Ray actors; nothing starts before the first call that needs it. */
public final class RayBackend implements ModelBackend {

  /** The algorithm of models that were taken in, which nothing trains. */
  private static final String IMPORTED = "onnx";

  private final RuntimeSettings settings;
  private final RayRuntime runtime;
  private final List<AlgorithmDeclaration> algorithms;

  public RayBackend(RuntimeSettings settings) {
    this.settings = settings;
    algorithms = AlgorithmFiles.read(settings);
    runtime = new RayRuntime(settings);
  }

  /** Runs users' code in the same runtime. */
  public PythonBackend python() {
    return new PythonOnRay(settings, runtime);
  }

  @Override
  public List<AlgorithmDeclaration> algorithms() {
    return algorithms;
  }

  @Override
  public boolean answers(String algorithm) {
    return algorithm.equals(IMPORTED) || ModelBackend.super.answers(algorithm);
  }

  @Override
  public Optional<OnnxFiles> onnx() {
    return Optional.of(new RayOnnx(runtime));
  }

  @Override
  public Trained train(Job job, Run run) {
    Waiting waiting = new Waiting(run, limit(job));
    try {
      return runtime.with(run, waiting, running -> training(job, run, waiting, running).run());
    } catch (RuntimeException e) {
      HalfWritten.delete(job.folder());
      throw e;
    }
  }

  @Override
  public ArrowExchange exchange(ModelFiles model, Run run) {
    return open(model, run, run);
  }

  @Override
  public RowPredictor predictor(ModelFiles model, Run run) {
    // It outlives its statement, whose progress and cancelling end with it.
    Run later = new Run(run.id(), run.span(), progress -> {}, () -> false);
    return new FlightRows(
        model.signature(), open(model, run, later), () -> open(model, later, later), run.span());
  }

  /** The actors that live, for those who look after the runtime; empty when it does not run. */
  public List<String> actors() {
    return runtime
        .running()
        .map(running -> running.control().stats().getStats().getActorsList())
        .orElse(List.of())
        .stream()
        .map(actor -> actor.getRole() + " " + actor.getPid() + " " + actor.getName())
        .toList();
  }

  /** The process id of the service, if it runs. */
  public Optional<Long> pid() {
    return runtime.running().map(RuntimeProcess::pid);
  }

  @Override
  public void close() {
    runtime.close();
  }

  private Training training(Job job, Run run, Waiting waiting, RuntimeProcess running) {
    return new Training(
        running.control(), job, run, settings.batchLimit(), waiting, runtime::connected);
  }

  private FlightExchange open(ModelFiles model, Run run, Run again) {
    List<Endpoint> endpoints = endpoints(model, run);
    String key = Reopening.keep(() -> endpoints(model, again));
    return new FlightExchange(
        model.name() + "@" + model.version(), key, endpoints, settings.batchLimit());
  }

  private List<Endpoint> endpoints(ModelFiles model, Run run) {
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
        runtime.with(
            run,
            waiting,
            running -> checked(waiting.on(() -> running.control().openModel(request)), name, run));
    List<Endpoint> endpoints = reply.getEndpoints().getEndpointsList();
    endpoints.forEach(runtime::connected);
    return endpoints;
  }

  private static Reply checked(Reply reply, String model, Run run) {
    if (reply.hasError()) {
      throw Failures.at(run.span(), model, reply.getError());
    }
    return reply;
  }

  private static Optional<Duration> limit(Job job) {
    return job.timeout().isPresent()
        ? Optional.of(Duration.ofMillis(Math.round(job.timeout().getAsDouble() * 1000)))
        : Optional.empty();
  }
}
