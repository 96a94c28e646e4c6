package dev.weft.engine.spi;

import dev.weft.engine.Progress;
import dev.weft.grammar.Span;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * What a running statement gives to the parts that work for it.
 *
 * @param id unique in the process; the Spark job group and the name of everything opened for it
 * @param span where errors point to
 * @param progress takes progress from any thread
 * @param cancelled whether the user has asked to stop
 * @param output takes lines that the user's own code prints, from any thread
 */
public record Run(
    String id,
    Span span,
    Consumer<Progress> progress,
    BooleanSupplier cancelled,
    Consumer<String> output) {

  /** A run in which nobody reads what code prints. */
  public Run(String id, Span span, Consumer<Progress> progress, BooleanSupplier cancelled) {
    this(id, span, progress, cancelled, line -> {});
  }
}
