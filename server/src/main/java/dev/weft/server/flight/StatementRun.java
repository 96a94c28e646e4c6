package dev.weft.server.flight;

import dev.weft.engine.Rows;
import dev.weft.engine.Session;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.arrow.flight.FlightProducer.ServerStreamListener;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * One execution of a statement whose rows a client fetches in a second call. A plain query runs
 * when it is fetched; a statement with effects runs once, from the first call on, fetched or not.
 */
final class StatementRun implements Ticketed {

  private final ClientSession owner;
  private final Session.Prepared statement;
  private final Executor threads;
  private final HandedRows handed;
  private final CompletableFuture<Void> ran = new CompletableFuture<>();

  StatementRun(ClientSession owner, Session.Prepared statement, Executor threads) {
    this.owner = owner;
    this.statement = statement;
    this.threads = threads;
    this.handed = new HandedRows(owner, owner::cancelComputing);
  }

  /** The columns as clients see them. */
  Schema schema() {
    return ColumnMetadata.enrich(statement.schema());
  }

  /** Starts a statement with effects and reports a failure that comes within the wait. */
  void startEffects(long waitMillis) {
    if (!statement.hasEffects()) {
      return;
    }
    threads.execute(this::runEffects);
    try {
      ran.get(waitMillis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException stillRunning) {
      return;
    } catch (ExecutionException failed) {
      throw FlightErrors.of(failed.getCause() == null ? failed : failed.getCause());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void fetch(ServerStreamListener listener) {
    if (statement.hasEffects()) {
      handed.fetch(listener);
    } else {
      Outflow outflow = new Outflow(listener);
      threads.execute(() -> runQuery(outflow));
    }
  }

  @Override
  public boolean cancel() {
    if (statement.hasEffects()) {
      boolean running = !ran.isDone();
      if (running) {
        owner.cancelComputing();
      }
      return handed.cancel() || running;
    }
    return owner.cancelComputing();
  }

  private void runQuery(Outflow outflow) {
    outflow.onCancel(owner::cancelComputing);
    try (Rows rows = owner.run(statement)) {
      owner.send(rows, outflow);
    } catch (RuntimeException | Error failure) {
      outflow.fail(failure);
    }
  }

  private void runEffects() {
    try (Rows rows = owner.run(statement)) {
      if (statement.isUpdate()) {
        owner.drain(rows);
      }
      ran.complete(null);
      handed.hand(rows, owner::isClosed);
    } catch (RuntimeException | Error failure) {
      ran.completeExceptionally(failure);
      handed.fail(failure);
    }
  }
}
