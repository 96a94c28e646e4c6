package dev.weft.server.flight;

import dev.weft.engine.Session;
import java.util.List;

/** A prepared statement of a client and the parameter rows bound to it last. */
final class PreparedHandle {

  private final String text;
  private final Session.Prepared planned;
  private volatile List<List<Object>> bound = List.of();

  /** Keeps what {@code planned} says of the statement while its parameters have no values. */
  PreparedHandle(String text, Session.Prepared planned) {
    this.text = text;
    this.planned = planned;
  }

  Session.Prepared planned() {
    return planned;
  }

  /** Takes rows of values, one per execution. */
  void bind(List<List<Object>> rows) {
    bound = rows;
  }

  /** One planned statement for each row of values, or the one without parameters. */
  List<Session.Prepared> executions(ClientSession session) {
    if (planned.parameters().getFields().isEmpty() || bound.isEmpty()) {
      return List.of(ClientSession.complete(planned));
    }
    return bound.stream().map(row -> session.prepare(text, row)).toList();
  }
}
