package dev.weft.planner.plan;

import dev.weft.planner.spi.ModelSignature;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A model that statements of a script refer to: one that exists, or one that an earlier statement
 * of the script will train and whose version is bound when it has.
 */
public final class PlannedModel {

  private final String name;
  private final ModelSignature signature;
  private final AtomicReference<Optional<Integer>> version;

  private PlannedModel(String name, ModelSignature signature, Optional<Integer> version) {
    this.name = name;
    this.signature = signature;
    this.version = new AtomicReference<>(version);
  }

  /** A version that exists. */
  public static PlannedModel existing(String name, int version, ModelSignature signature) {
    return new PlannedModel(name, signature, Optional.of(version));
  }

  /** A model that a TRAIN of this script is going to make. */
  public static PlannedModel toBeTrained(String name, ModelSignature signature) {
    return new PlannedModel(name, signature, Optional.empty());
  }

  public String name() {
    return name;
  }

  public ModelSignature signature() {
    return signature;
  }

  /** The version, empty until training has made it. */
  public Optional<Integer> version() {
    return version.get();
  }

  /** Called once, when training has committed a version. */
  public void bind(int trained) {
    if (!version.compareAndSet(Optional.empty(), Optional.of(trained))) {
      throw new IllegalStateException("model " + name + " is bound to a version already");
    }
  }

  /** {@code name@3}, or {@code name@new} before training. */
  @Override
  public String toString() {
    return name + "@" + version().map(String::valueOf).orElse("new");
  }
}
