package dev.weft.planner.plan;

import dev.weft.planner.spi.ModelSignature;
import java.util.Optional;

/**
 * A model that statements of a script refer to: one that exists, or one that an earlier statement
 * of the script will train and whose version is bound when it has.
 */
public final class PlannedModel {

  private final String name;
  private final ModelSignature signature;
  private volatile Optional<Integer> version;

  private PlannedModel(String name, ModelSignature signature, Optional<Integer> version) {
    this.name = name;
    this.signature = signature;
    this.version = version;
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
    return version;
  }

  /** Called once, when training has committed a version. */
  public synchronized void bind(int trained) {
    if (version.isPresent()) {
      throw new IllegalStateException("model " + name + " is bound to a version already");
    }
    version = Optional.of(trained);
  }

  /** {@code name@3}, or {@code name@new} before training. */
  @Override
  public String toString() {
    return name + "@" + version().map(String::valueOf).orElse("new");
  }
}
