package dev.weft.ml;

import dev.weft.planner.AlgorithmDeclaration;
import dev.weft.planner.AlgorithmDeclarations;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The declarations that Python reads too, from the class path. */
final class AlgorithmFiles {

  private static final List<String> NAMES =
      List.of("lightgbm", "sklearn_logistic_regression", "sklearn_ridge");

  private AlgorithmFiles() {}

  /** All of them, in the order of SHOW ALGORITHMS. */
  static List<AlgorithmDeclaration> read() {
    return NAMES.stream().map(AlgorithmFiles::read).toList();
  }

  private static AlgorithmDeclaration read(String name) {
    String resource = "algorithms/" + name + ".json";
    try (InputStream stream = AlgorithmFiles.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalStateException("the class path lacks " + resource);
      }
      return AlgorithmDeclarations.read(stream);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
