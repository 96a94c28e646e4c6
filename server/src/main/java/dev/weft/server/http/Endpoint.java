package dev.weft.server.http;

import dev.weft.engine.spi.EndpointServer.Served;

/** A model behind a name, closed when it is retired and its last request has ended. */
final class Endpoint {

  private final Served served;
  private int requests;
  private boolean retired;

  Endpoint(Served served) {
    this.served = served;
  }

  Served served() {
    return served;
  }

  /** Takes a request in; false when another model has taken over. */
  synchronized boolean enter() {
    if (retired) {
      return false;
    }
    requests++;
    return true;
  }

  /** A request has ended. */
  void leave() {
    boolean last;
    synchronized (this) {
      requests--;
      last = retired && requests == 0;
    }
    if (last) {
      served.predictor().close();
    }
  }

  /** Takes no more requests. */
  void retire() {
    boolean unused;
    synchronized (this) {
      unused = !retired && requests == 0;
      retired = true;
    }
    if (unused) {
      served.predictor().close();
    }
  }
}
