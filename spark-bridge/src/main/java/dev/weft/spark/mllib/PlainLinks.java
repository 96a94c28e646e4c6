package dev.weft.spark.mllib;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.ml.regression.GeneralizedLinearRegressionModel;

/** Generalised linear models as maps and lists: a line, its link, and where answers may lie. */
final class PlainLinks {

  private static final Map<String, String> CANONICAL =
      Map.of("gaussian", "identity", "binomial", "logit", "poisson", "log", "gamma", "inverse");

  private PlainLinks() {}

  static Map<String, Object> of(GeneralizedLinearRegressionModel model) {
    String family = family(model);
    boolean tweedie = named(model).equals("tweedie");
    return Map.of(
        "kind",
        "linked",
        "family",
        family,
        "link",
        tweedie ? "power" : link(model, family),
        "power",
        tweedie ? power(model) : 1.0,
        "coefficients",
        List.of(model.coefficients().toArray()),
        "intercepts",
        new double[] {model.intercept()});
  }

  /** Tweedie's of the power 0 is a normal distribution, which has negative numbers too. */
  private static String family(GeneralizedLinearRegressionModel model) {
    String name = named(model);
    return name.equals("tweedie") && model.getVariancePower() == 0 ? "gaussian" : name;
  }

  private static String named(GeneralizedLinearRegressionModel model) {
    return model.getFamily().toLowerCase(Locale.ROOT);
  }

  private static String link(GeneralizedLinearRegressionModel model, String family) {
    if (model.isSet(model.link())) {
      return model.getLink().toLowerCase(Locale.ROOT);
    }
    return CANONICAL.getOrDefault(family, "of " + family);
  }

  /** MLlib reads no other link of Tweedie's than its power. */
  private static double power(GeneralizedLinearRegressionModel model) {
    return model.isSet(model.linkPower()) ? model.getLinkPower() : 1 - model.getVariancePower();
  }
}
