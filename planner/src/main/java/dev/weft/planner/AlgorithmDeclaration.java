package dev.weft.planner;

import dev.weft.planner.spi.ModelSignature.FeatureKind;
import dev.weft.planner.spi.ModelSignature.Task;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An algorithm as declared in its JSON file, which the planner and the Python runtime both read.
 *
 * @param name canonical name, lower case with underscores
 * @param aliases other names, compared without case
 * @param where {@code ray} (Python, on actors) or {@code spark} (inside Spark's JVM)
 * @param tasks what it can be trained for
 * @param doc one sentence
 * @param features the kinds of columns it learns from
 * @param columns how many columns it learns from; 0 for any number
 * @param onnx whether its models can be written as ONNX
 * @param distributed whether several workers can train it together
 * @param advice what to know before one takes it, told once when it is trained on plain columns
 * @param problem why it cannot be used, of one that a user has installed
 */
public record AlgorithmDeclaration(
    String name,
    List<String> aliases,
    String where,
    List<Task> tasks,
    String doc,
    List<FeatureKind> features,
    int columns,
    List<OptionDeclaration> options,
    boolean onnx,
    boolean distributed,
    Optional<String> advice,
    Optional<String> problem) {

  /** One that is known by name and cannot be used. */
  public static AlgorithmDeclaration broken(String name, String problem) {
    return new AlgorithmDeclaration(
        name,
        List.of(),
        "ray",
        List.of(),
        "Cannot be used: " + problem + ".",
        FeatureKind.PLAIN,
        0,
        List.of(),
        false,
        false,
        Optional.empty(),
        Optional.of(problem));
  }

  /** Copies the lists. */
  public AlgorithmDeclaration {
    features = List.copyOf(features);
    aliases = List.copyOf(aliases);
    tasks = List.copyOf(tasks);
    options = List.copyOf(options);
  }

  /** The types an option's value can have. */
  public enum OptionType {
    INTEGER,
    NUMBER,
    BOOLEAN,
    TEXT,
    /** The name of a column of the input. */
    COLUMN
  }

  /**
   * An option of an algorithm, under the library's own name.
   *
   * @param defaultValue a Long, Double, Boolean or String; null where the library decides
   * @param minimum inclusive bound for numbers
   * @param maximum inclusive bound for numbers
   * @param choices the only texts allowed, empty for any
   */
  public record OptionDeclaration(
      String name,
      List<String> aliases,
      OptionType type,
      @Nullable Object defaultValue,
      Optional<Double> minimum,
      Optional<Double> maximum,
      List<String> choices,
      String doc) {

    /** Copies the lists. */
    public OptionDeclaration {
      aliases = List.copyOf(aliases);
      choices = List.copyOf(choices);
    }
  }
}
