package dev.weft.ml;

import dev.weft.engine.Progress;
import dev.weft.engine.spi.PythonBackend.Made;
import dev.weft.engine.spi.Run;
import dev.weft.engine.spi.TrainingData;
import dev.weft.grammar.Diagnostic;
import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.WeftException;
import dev.weft.ml.wire.Endpoint;
import dev.weft.ml.wire.PythonInput;
import dev.weft.ml.wire.PythonReply;
import dev.weft.ml.wire.PythonTable;
import dev.weft.ml.wire.RunPython;
import dev.weft.planner.plan.PythonProgram;
import dev.weft.planner.spi.Column;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.apache.arrow.flight.FlightRuntimeException;

/** One run of code over whole tables: their upload, the code, and what it leaves. */
final class PythonRun {

  private final PythonProgram program;
  private final String key;
  private final Endpoint endpoint;
  private final Duration limit;
  private final Control control;
  private final Run run;
  private final Waiting waiting;

  /**
   * One that has not begun.
   *
   * @param limit how long one batch of what it leaves may take
   */
  PythonRun(
      PythonProgram program,
      String key,
      Endpoint endpoint,
      Duration limit,
      Control control,
      Run run,
      Waiting waiting) {
    this.program = program;
    this.key = key;
    this.endpoint = endpoint;
    this.limit = limit;
    this.control = control;
    this.run = run;
    this.waiting = waiting;
  }

  /** Runs it; whatever stops it ends the actor too. */
  Made over(List<TrainingData> inputs) {
    boolean done = false;
    try {
      RunPython.Builder request = RunPython.newBuilder().setKey(key);
      for (int i = 0; i < inputs.size(); i++) {
        request.addInputs(send(program.inputs().get(i), inputs.get(i)));
      }
      Made made = made(follow(request.build()));
      done = true;
      return made;
    } finally {
      if (!done) {
        release(control, key);
      }
    }
  }

  private PythonInput send(String name, TrainingData rows) {
    run.progress().accept(Progress.of("sending rows", 0, 0, "rows"));
    FlightSink sink = new FlightSink(endpoint, key, name, PythonOnRay.NO_LIMIT);
    PythonInput.Builder input = PythonInput.newBuilder().setName(name);
    try {
      rows.send(sink).forEach(sent -> input.addReceipts(Messages.toWire(sent)));
    } catch (WeftException failure) {
      throw named(failure);
    }
    waiting.check();
    return input.build();
  }

  /** An upload that fails knows only of training. */
  private WeftException named(WeftException failure) {
    Diagnostic said = failure.diagnostics().get(0);
    return said.code() == ErrorCode.TRAINING_FAILED
        ? ErrorCode.PYTHON_FAILED.failure(run.span(), said.message())
        : failure;
  }

  private PythonTable follow(RunPython request) {
    run.progress().accept(Progress.of("running Python", 0, 0, ""));
    Iterator<PythonReply> events = control.runPython(request);
    while (waiting.on(events::hasNext)) {
      PythonReply event = events.next();
      switch (event.getBodyCase()) {
        case PRINTED -> run.output().accept(event.getPrinted());
        case TABLE -> {
          return event.getTable();
        }
        case PYTHON ->
            throw PythonMessages.remote(event.getPython(), program.code(), program.setup());
        case ERROR -> throw Failures.at(run.span(), "", event.getError());
        default -> throw new IllegalStateException("an unknown event of Python code");
      }
    }
    throw ErrorCode.PYTHON_FAILED.failure(run.span(), "the Python code ended without a result");
  }

  private Made made(PythonTable table) {
    List<Column> columns =
        table.getColumnsList().stream()
            .map(column -> new Column(column.getName(), column.getType(), true))
            .toList();
    List<String> names = columns.stream().map(Column::name).toList();
    Control service = control;
    String held = key;
    return new Made(
        columns,
        table.getRows(),
        PythonTables.of(endpoint, key, names, limit, () -> release(service, held)));
  }

  private static void release(Control control, String key) {
    try {
      control.releasePython(key);
    } catch (FlightRuntimeException e) {
      // The service is gone, and its actors with it.
    }
  }
}
