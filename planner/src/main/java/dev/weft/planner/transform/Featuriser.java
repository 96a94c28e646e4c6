package dev.weft.planner.transform;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The functions that TRANSFORM has beside Spark's: each writes itself out as SQL. */
enum Featuriser {
  STANDARD_SCALE(1, 1, "standard_scale(x)") {
    @Override
    String sql(List<String> a, Fit fit) {
      String spread = fit.of("stddev_pop(" + a.get(0) + ")");
      String mean = fit.of("avg(" + a.get(0) + ")");
      return "((" + a.get(0) + ") - " + mean + ") / if(" + spread + " > 0, " + spread + ", 1)";
    }
  },
  MIN_MAX_SCALE(1, 1, "min_max_scale(x)") {
    @Override
    String sql(List<String> a, Fit fit) {
      String least = fit.of("min(CAST(" + a.get(0) + " AS DOUBLE))");
      String most = fit.of("max(CAST(" + a.get(0) + " AS DOUBLE))");
      String range = "if(" + most + " > " + least + ", " + most + " - " + least + ", 1)";
      return "((" + a.get(0) + ") - " + least + ") / " + range;
    }
  },
  MAX_ABS_SCALE(1, 1, "max_abs_scale(x)") {
    @Override
    String sql(List<String> a, Fit fit) {
      String most = fit.of("max(abs(CAST(" + a.get(0) + " AS DOUBLE)))");
      return "(" + a.get(0) + ") / if(" + most + " > 0, " + most + ", 1)";
    }
  },
  ROBUST_SCALE(1, 1, "robust_scale(x)") {
    @Override
    String sql(List<String> a, Fit fit) {
      String middle = fit.of("percentile(" + a.get(0) + ", 0.5)");
      String low = fit.of("percentile(" + a.get(0) + ", 0.25)");
      String high = fit.of("percentile(" + a.get(0) + ", 0.75)");
      String range = "if(" + high + " > " + low + ", " + high + " - " + low + ", 1)";
      return "((" + a.get(0) + ") - " + middle + ") / " + range;
    }
  },
  QUANTILE_BUCKET(2, 2, "quantile_bucket(x, buckets)") {
    @Override
    String sql(List<String> a, Fit fit) {
      int buckets = whole(a.get(1), 2, MOST_BUCKETS);
      String above =
          IntStream.range(1, buckets)
              .mapToObj(i -> fit.of("percentile(" + a.get(0) + ", " + i + ".0D / " + buckets + ")"))
              .map(edge -> "if((" + a.get(0) + ") > " + edge + ", 1, 0)")
              .collect(Collectors.joining(" + "));
      return "if((" + a.get(0) + ") IS NULL, NULL, " + above + ")";
    }
  },
  HASH_BUCKET(2, 2, "hash_bucket(x, buckets)") {
    @Override
    String sql(List<String> a, Fit fit) {
      int buckets = whole(a.get(1), 2, Integer.MAX_VALUE);
      String bucket = "CAST(pmod(xxhash64(" + a.get(0) + "), " + buckets + "L) AS STRING)";
      return "if((" + a.get(0) + ") IS NULL, NULL, " + bucket + ")";
    }
  },
  IMPUTE(1, 2, "impute(x [, 'mean' | 'median' | 'mode'])") {
    @Override
    String sql(List<String> a, Fit fit) {
      String way = a.size() == 1 ? "'mean'" : a.get(1).strip().toLowerCase(Locale.ROOT);
      String value =
          switch (way) {
            case "'mean'" -> fit.of("avg(" + a.get(0) + ")");
            case "'median'" -> fit.of("percentile(" + a.get(0) + ", 0.5)");
            case "'mode'" -> fit.of("mode(" + a.get(0) + ", true)");
            default ->
                throw new IllegalArgumentException("takes 'mean', 'median' or 'mode', not " + way);
          };
      return "coalesce(" + a.get(0) + ", " + value + ")";
    }
  },
  MISSING(1, 1, "missing(x)") {
    @Override
    String sql(List<String> a, Fit fit) {
      return "((" + a.get(0) + ") IS NULL)";
    }
  };

  private static final int MOST_BUCKETS = 100;

  private final int least;
  private final int most;
  private final String form;

  Featuriser(int least, int most, String form) {
    this.least = least;
    this.most = most;
    this.form = form;
  }

  /** Takes an aggregate out; gives the name under which its value is read. */
  interface Fit {
    String of(String aggregate);
  }

  /** Itself as SQL; an IllegalArgumentException continues "its name ". */
  abstract String sql(List<String> arguments, Fit fit);

  /** The same after the number of arguments has been looked at. */
  String checked(List<String> arguments, Fit fit) {
    if (arguments.size() < least || arguments.size() > most) {
      throw new IllegalArgumentException("is called as " + form);
    }
    return "(" + sql(arguments, fit) + ")";
  }

  /** Whether its first argument has to be a number; the mode is known of texts too. */
  boolean takesNumbers(List<String> arguments) {
    return switch (this) {
      case HASH_BUCKET, MISSING -> false;
      case IMPUTE -> arguments.size() < 2 || !arguments.get(1).equalsIgnoreCase("'mode'");
      default -> true;
    };
  }

  static Optional<Featuriser> of(String name) {
    for (Featuriser featuriser : values()) {
      if (featuriser.name().equalsIgnoreCase(name)) {
        return Optional.of(featuriser);
      }
    }
    return Optional.empty();
  }

  static List<String> names() {
    return java.util.Arrays.stream(values()).map(f -> f.name().toLowerCase(Locale.ROOT)).toList();
  }

  private static int whole(String text, int least, int most) {
    try {
      int value = Integer.parseInt(text.strip());
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException notWhole) {
      // The same sentence as for a number out of range.
    }
    String range = most == Integer.MAX_VALUE ? "from " + least : "from " + least + " to " + most;
    throw new IllegalArgumentException("takes a whole number of buckets " + range);
  }
}
