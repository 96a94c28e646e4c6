package dev.weft.engine.task;

import java.nio.file.Path;

/** What Spark says of a plan, without what changes from run to run or from machine to machine. */
final class SparkPlanText {

  private SparkPlanText() {}

  /**
   * The text without the numbers of columns, plans and accumulators.
   *
   * @param folder paths below it are shown relative to it
   */
  static String stable(String text, Path folder) {
    String base = folder.toAbsolutePath().normalize() + "/";
    return text.replaceAll("(?<=[\\w\\]})*.`])#\\d+L?\\b", "")
        .replaceAll(",? ?\\[?plan_id=\\d+]?", "")
        .replaceAll("\\bfile:/+(?=[^/\\s])", "/")
        .replace(base, "");
  }
}
