package dev.weft.ml;

import dev.weft.engine.Progress;
import dev.weft.engine.spi.ArrowExchange;
import dev.weft.engine.spi.ArrowMap;
import dev.weft.engine.spi.PythonBackend;
import dev.weft.engine.spi.PythonCalls;
import dev.weft.engine.spi.RemoteFailure;
import dev.weft.engine.spi.Run;
import dev.weft.engine.spi.TrainingData;
import dev.weft.grammar.ast.Python.Per;
import dev.weft.ml.wire.Endpoint;
import dev.weft.ml.wire.OpenPython;
import dev.weft.ml.wire.PythonCode;
import dev.weft.ml.wire.PythonReply;
import dev.weft.planner.plan.PythonOptions;
import dev.weft.planner.plan.PythonProgram;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.arrow.vector.types.pojo.Schema;

/** Users' code on Ray actors. */
final class PythonOnRay implements PythonBackend {

  /** As long as it takes: the user or the clock of the statement ends it. */
  static final Duration NO_LIMIT = Duration.ofDays(365);

  private final RayRuntime runtime;
  private final Duration limit;
  private final PythonPackages packages;
  private final PythonCompiler compiler;

  PythonOnRay(RuntimeSettings settings, RayRuntime runtime) {
    this.runtime = runtime;
    this.limit = settings.batchLimit();
    this.packages = new PythonPackages(settings);
    this.compiler = new PythonCompiler(settings);
  }

  @Override
  public Optional<Problem> check(String text, int line) {
    return compiler.check(text, line);
  }

  @Override
  public ArrowMap map(PythonProgram program, Schema output, Run run) {
    PythonCode code = PythonMessages.toWire(program, Optional.of(output), folder(program, run));
    Opened opened = opened(code, program.options().workers(), run);
    return new PythonMap(
        opened.key(),
        opened.endpoints(),
        program.per() == Per.PARTITION,
        program.options().batchRows(),
        program.options().timeout().most().orElse(NO_LIMIT),
        PythonFault.OfBlock.of(program.code(), program.setup().orElse(null)));
  }

  @Override
  public ArrowExchange calls(PythonCalls calls, Run run) {
    Opened opened = opened(PythonMessages.toWire(calls), PythonOptions.USUAL.workers(), run);
    return new PythonAnswers(
        new PythonMap(
            opened.key(),
            opened.endpoints(),
            false,
            PythonOptions.USUAL.batchRows(),
            NO_LIMIT,
            new PythonFault.OfFunction()));
  }

  @Override
  public Made run(
      PythonProgram program, List<TrainingData> inputs, Optional<Schema> output, Run run) {
    PythonCode code = PythonMessages.toWire(program, output, folder(program, run));
    OpenPython request =
        OpenPython.newBuilder()
            .setKey(UUID.randomUUID().toString())
            .setWorkers(1)
            .setCode(code.toBuilder().setWhole(true))
            .build();
    Endpoint endpoint = open(request, run).get(0);
    Waiting waiting = new Waiting(run, program.options().timeout().most());
    try {
      return runtime.with(
          run,
          waiting,
          running ->
              new PythonRun(
                      program, request.getKey(), endpoint, limit, running.control(), run, waiting)
                  .over(inputs));
    } catch (RemoteFailure failure) {
      throw failure.at(run.span());
    }
  }

  private record Opened(String key, List<Endpoint> endpoints) {}

  /** The actors of a code: the same ones for the same code. */
  private Opened opened(PythonCode code, int workers, Run run) {
    UUID name = UUID.nameUUIDFromBytes(code.toByteArray());
    OpenPython request =
        OpenPython.newBuilder().setKey(name.toString()).setWorkers(workers).setCode(code).build();
    List<Endpoint> endpoints = open(request, run);
    // Opening again outlives the statement, whose progress and cancelling end with it.
    Run later = new Run(run.id(), run.span(), progress -> {}, () -> false);
    String key = Reopening.keep(() -> open(request, later));
    PythonPrints.read(key, run.output());
    return new Opened(key, endpoints);
  }

  private String folder(PythonProgram program, Run run) {
    if (program.options().packages().isEmpty()) {
      return "";
    }
    Waiting waiting = new Waiting(run, Optional.empty());
    try {
      return waiting
          .on(
              () ->
                  packages.folder(
                      program.options().packages(),
                      line -> run.progress().accept(Progress.of(line, 0, 0, ""))))
          .toString();
    } catch (PythonMissing e) {
      throw dev.weft.grammar.ErrorCode.PYTHON_MISSING.failure(
          run.span(), String.valueOf(e.getMessage()));
    }
  }

  private List<Endpoint> open(OpenPython request, Run run) {
    Waiting waiting = new Waiting(run, Optional.empty());
    PythonReply reply =
        runtime.with(
            run,
            waiting,
            running -> {
              PythonReply answer = waiting.on(() -> running.control().openPython(request));
              if (answer.hasError()) {
                throw Failures.at(run.span(), "", answer.getError());
              }
              return answer;
            });
    List<Endpoint> endpoints = reply.getEndpoints().getEndpointsList();
    endpoints.forEach(runtime::connected);
    return endpoints;
  }
}
