package dev.weft.grammar;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the valid name that a misspelt one most likely meant. */
public final class Nearest {

  private Nearest() {}

  /** The candidate at the smallest edit distance, if that is at most a third of the name. */
  public static Optional<String> to(String name, Collection<String> candidates) {
    int limit = Math.max(1, (name.length() + 2) / 3);
    return candidates.stream()
        .filter(candidate -> distance(name, candidate) <= limit)
        .min(
            Comparator.comparingInt((String c) -> distance(name, c))
                .thenComparingInt(c -> cost(name, c))
                .thenComparing(c -> c));
  }

  /** {@code "; did you mean 'x'?"}, or the empty text: the usual end of a message. */
  public static String hint(String name, Collection<String> candidates) {
    return to(name, candidates).map(near -> "; did you mean '" + near + "'?").orElse("");
  }

  /** {@link #hint}, or where nothing is near the choice as a list of at most 12 names. */
  public static String hintOrList(String name, Collection<String> candidates) {
    String hint = hint(name, candidates);
    if (!hint.isEmpty() || candidates.isEmpty()) {
      return hint;
    }
    String list = String.join(", ", candidates.stream().sorted().limit(12).toList());
    return "; there are: " + list + (candidates.size() > 12 ? ", …" : "");
  }

  private static int distance(String left, String right) {
    return cost(left.toLowerCase(Locale.ROOT), right.toLowerCase(Locale.ROOT));
  }

  private static int cost(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        cost[i][j] = i == 0 || j == 0 ? i + j : step(cost, a, b, i, j);
      }
    }
    return cost[a.length()][b.length()];
  }

  /** Insert, remove, replace, or swap two neighbours. */
  private static int step(int[][] cost, String a, String b, int i, int j) {
    boolean same = a.charAt(i - 1) == b.charAt(j - 1);
    int best = Math.min(cost[i - 1][j], cost[i][j - 1]) + 1;
    best = Math.min(best, cost[i - 1][j - 1] + (same ? 0 : 1));
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
  }
}
