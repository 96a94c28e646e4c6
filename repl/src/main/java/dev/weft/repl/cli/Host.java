package dev.weft.repl.cli;

import dev.weft.engine.Session;

/** What sessions come from; closing it stops everything it started. */
public interface Host extends AutoCloseable {

  /** A fresh session. */
  Session newSession();

  @Override
  void close();

  /** Opens hosts. */
  interface Opener {

    /**
     * Opens the host of a target.
     *
     * @throws dev.weft.grammar.WeftException when it cannot be reached or started
     */
    Host open(Target target);
  }
}
