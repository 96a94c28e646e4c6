package dev.weft.spark.mllib;

import java.util.Objects;

/** The first line of what MLlib says went wrong. */
final class MllibFailure {

  private MllibFailure() {}

  static String sentence(Throwable failure) {
    Throwable root = failure;
    for (int depth = 0; root.getCause() != null && depth < 50; depth++) {
      root = root.getCause();
    }
    String message = Objects.requireNonNullElse(root.getMessage(), root.getClass().getSimpleName());
    if (message.contains("Vector values MUST NOT be Negative")) {
      return "some feature has negative numbers, which counts have not; write model_type = 'gaussian'";
    }
    return message
        .lines()
        .findFirst()
        .orElse("")
        .replaceFirst("^requirement failed:? ?", "")
        .replaceFirst(" SQLSTATE:.*$", "")
        .replaceFirst("\\.$", "");
  }
}
