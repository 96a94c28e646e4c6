package dev.weft.planner.spi;

import java.util.List;
import java.util.Optional;

/** What planning asks about trained models. */
public interface ModelCatalog {

  /** Model names. */
  List<String> names();

  /** Versions and aliases of a model, newest version first; empty when there is no such model. */
  List<String> versions(String name);

  /**
   * A version of a model.
   *
   * @param version a number, an alias, or empty for the latest
   */
  Optional<TrainedModel> find(String name, Optional<String> version);

  /** Endpoint names that are registered. */
  List<String> endpoints();

  /**
   * The metrics a version was stored with for its held-out part: rows of metric, value, baseline;
   * empty when nothing was held out.
   */
  List<List<Object>> heldOutMetrics(String name, int version);

  /** A version of a model that exists. */
  record TrainedModel(int version, ModelSignature signature) {}
}
