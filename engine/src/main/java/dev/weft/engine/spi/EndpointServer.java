package dev.weft.engine.spi;

import dev.weft.planner.spi.ModelSignature;
import java.net.URI;

/** Serves models over HTTP. */
public interface EndpointServer extends AutoCloseable {

  /**
   * Makes an endpoint, or replaces it without losing a request; closes the replaced predictor when
   * its last request has ended.
   *
   * @return the URL that takes POSTed rows
   */
  URI serve(String endpoint, Served model, Run run);

  /** Ends an endpoint; unknown names are ignored. */
  void remove(String endpoint);

  /** The bearer token a client sends. */
  String token();

  @Override
  void close();

  /** A model behind an endpoint. */
  record Served(String model, int version, ModelSignature signature, RowPredictor predictor) {}
}
