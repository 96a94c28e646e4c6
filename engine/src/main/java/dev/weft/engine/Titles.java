package dev.weft.engine;

/** A statement's beginning on one line, for the line that reports it. */
final class Titles {

  private static final int LENGTH = 60;

  private Titles() {}

  static String of(String statement) {
    String line = statement.replaceAll("--[^\\n]*", " ").replaceAll("\\s+", " ").strip();
    int[] points = line.codePoints().limit(LENGTH + 1L).toArray();
    return points.length <= LENGTH ? line : new String(points, 0, LENGTH - 1) + "…";
  }
}
