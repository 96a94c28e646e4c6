package dev.weft.server.flight;

import org.apache.arrow.flight.FlightProducer.ServerStreamListener;

/** Something that a ticket stands for: rows that a client may fetch. */
interface Ticketed {

  /** Begins to send the rows; returns at once. */
  void fetch(ServerStreamListener listener);

  /** Stops it, from any thread; whether there was anything to stop. */
  boolean cancel();
}
