package dev.weft.ml;

import dev.weft.engine.spi.RemoteFailure;
import dev.weft.grammar.ErrorCode;
import dev.weft.ml.wire.Endpoint;
import java.util.List;

/** What follows when an actor was ended for want of memory: halves, and an error for theirs. */
final class Starved {

  private Starved() {}

  /**
   * Makes the next actors get halves.
   *
   * @param known the actors before
   * @param endpoints those after the loss, which tell why
   * @param losses how many there have been without an answer in between
   * @throws RemoteFailure where halves have ended an actor too
   */
  static void halve(
      Unanswered unanswered,
      List<Endpoint> known,
      List<Endpoint> endpoints,
      int losses,
      Failing failing) {
    // The same actors have lost a connection, whatever ended those before them.
    if (known.equals(endpoints) || endpoints.stream().noneMatch(Endpoint::getOutOfMemory)) {
      return;
    }
    if (unanswered.halved() && losses > 1 && !unanswered.isEmpty()) {
      throw new RemoteFailure(
          failing.code(),
          "%s did not answer %s: %s"
              .formatted(failing.who(), unanswered.described(), endpoints.get(0).getLost()));
    }
    unanswered.halve();
  }

  /**
   * Who fails.
   *
   * @param who as an error calls it
   */
  record Failing(ErrorCode code, String who) {}
}
