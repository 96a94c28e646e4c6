package dev.weft.ml;

import dev.weft.planner.AlgorithmDeclaration;
import dev.weft.planner.AlgorithmDeclaration.OptionDeclaration;
import dev.weft.planner.AlgorithmDeclarations;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The declarations that Python reads too, from the class path. */
final class AlgorithmFiles {

  private static final List<String> NAMES =
      List.of(
          "lightgbm",
          "xgboost",
          "torch_mlp",
          "torch_image_classifier",
          "sklearn_logistic_regression",
          "sklearn_ridge",
          "sklearn_linear_regression",
          "sklearn_lasso",
          "sklearn_elastic_net",
          "sklearn_decision_tree",
          "sklearn_random_forest",
          "sklearn_extra_trees",
          "sklearn_hist_gradient_boosting",
          "sklearn_k_neighbors",
          "sklearn_gaussian_naive_bayes",
          "sklearn_bernoulli_naive_bayes",
          "sklearn_multinomial_naive_bayes",
          "sklearn_linear_svm",
          "sklearn_svm",
          "sklearn_mlp",
          "sklearn_k_means",
          "sklearn_gaussian_mixture");

  private AlgorithmFiles() {}

  /** Ours, then those of installed packages: the order of SHOW ALGORITHMS. */
  static List<AlgorithmDeclaration> read(RuntimeSettings settings) {
    List<OptionDeclaration> common = file("common_options", AlgorithmDeclarations::options);
    List<AlgorithmDeclaration> found = new ArrayList<>();
    NAMES.forEach(
        name -> found.add(file(name, stream -> AlgorithmDeclarations.read(stream, common))));
    found.addAll(new InstalledAlgorithms(settings, common).read());
    return found;
  }

  private static <T> T file(String name, Function<InputStream, T> read) {
    String resource = "algorithms/" + name + ".json";
    try (InputStream stream = AlgorithmFiles.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalStateException("the class path lacks " + resource);
      }
      return read.apply(stream);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
