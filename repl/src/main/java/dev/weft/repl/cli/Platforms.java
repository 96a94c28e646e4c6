package dev.weft.repl.cli;

import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Source;
import dev.weft.grammar.Span;

/** Opens real hosts: the embedded platform of a project, or a server. */
public final class Platforms implements Host.Opener {

  @Override
  public Host open(Target target) {
    throw ErrorCode.INTERNAL.failure(
        Span.all(new Source(Source.COMMAND, "")), "the platform is not wired yet");
  }
}
