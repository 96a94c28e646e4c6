package dev.weft.ml;

import dev.weft.engine.Progress;
import dev.weft.engine.spi.Run;
import dev.weft.grammar.Diagnostic;
import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.WeftException;
import dev.weft.ml.wire.Endpoint;
import dev.weft.ml.wire.Reply;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.arrow.flight.FlightRuntimeException;
import org.jspecify.annotations.Nullable;

/** The one service process: started on first need, replaced when it has failed. */
final class RayRuntime implements AutoCloseable {

  private final RuntimeSettings settings;
  private final PythonEnvironment environment;
  private final Set<Endpoint> actors = ConcurrentHashMap.newKeySet();
  private final Object starting = new Object();
  private @Nullable RuntimeProcess process;
  private boolean closed;

  RayRuntime(RuntimeSettings settings) {
    this.settings = settings;
    environment = PythonEnvironment.runtime(settings);
  }

  /** Does some work with the running service; what goes wrong with it gets a place. */
  <T> T with(Run run, Waiting waiting, Function<RuntimeProcess, T> work) {
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
      discard(running);
      throw ErrorCode.RUNTIME_FAILED.failure(run.span(), "has ended" + words);
    } catch (WeftException e) {
      throw running == null ? e : considered(e, running);
    }
  }

  /** Remembers an actor that this JVM has a connection to. */
  void connected(Endpoint actor) {
    actors.add(actor);
  }

  /** The service, if it runs. */
  synchronized Optional<RuntimeProcess> running() {
    return process != null && process.alive() ? Optional.of(process) : Optional.empty();
  }

  @Override
  public void close() {
    RuntimeProcess last;
    synchronized (this) {
      closed = true;
      last = process;
      process = null;
    }
    if (last != null) {
      end(last);
    }
  }

  /** A service that says it has failed is ended: the next statement starts one that may not. */
  private WeftException considered(WeftException failure, RuntimeProcess running) {
    Diagnostic said = failure.diagnostics().get(0);
    if (said.code() != ErrorCode.RUNTIME_FAILED) {
      return failure;
    }
    discard(running);
    String message = said.message() + " (see " + running.log() + ")";
    return new WeftException(new Diagnostic(said.span(), said.code(), message), failure);
  }

  /** One at a time, and not under the lock that closing takes: packages may be on their way. */
  private RuntimeProcess started(Run run) {
    synchronized (starting) {
      Optional<RuntimeProcess> running = running();
      if (running.isPresent() && answers(running.get())) {
        return running.get();
      }
      running.ifPresent(this::discard);
      Path python = environment.python(line -> tell(run, line));
      tell(run, "starting Ray");
      RuntimeProcess started = RuntimeProcess.start(settings, python);
      keep(started);
      Reply greeting = started.control().handshake();
      if (greeting.hasError()) {
        throw new RuntimeFailure(greeting.getError().getMessage());
      }
      return started;
    }
  }

  /** A service that is about to end lives for a moment more, and refuses to be greeted. */
  private static boolean answers(RuntimeProcess running) {
    try {
      return !running.control().handshake().hasError();
    } catch (FlightRuntimeException e) {
      return false;
    }
  }

  private void keep(RuntimeProcess started) {
    synchronized (this) {
      if (!closed) {
        process = started;
        return;
      }
    }
    end(started);
    throw new RuntimeFailure("has been closed");
  }

  private void discard(@Nullable RuntimeProcess failed) {
    synchronized (this) {
      if (failed == null || process != failed) {
        return;
      }
      process = null;
    }
    end(failed);
  }

  private void end(RuntimeProcess ended) {
    ended.close();
    actors.forEach(Connections::forget);
    actors.clear();
  }

  private static void tell(Run run, String line) {
    run.progress().accept(Progress.of(line, 0, 0, ""));
  }
}
