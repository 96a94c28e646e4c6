package dev.weft.engine;

import dev.weft.engine.spi.RelationalBackend;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The relational engine of one session, opened when it is first asked for. */
final class SessionRelations implements Supplier<RelationalBackend>, AutoCloseable {

  private final Supplier<RelationalBackend> open;
  private @Nullable RelationalBackend opened;

  SessionRelations(Supplier<RelationalBackend> open) {
    this.open = open;
  }

  @Override
  public synchronized RelationalBackend get() {
    RelationalBackend ready = opened;
    if (ready == null) {
      ready = open.get();
      opened = ready;
    }
    return ready;
  }

  @Override
  public synchronized void close() {
    if (opened != null) {
      opened.close();
    }
  }
}
