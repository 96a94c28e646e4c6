package dev.weft.spark.mllib;

import java.util.Arrays;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;

/** A sparse vector in the making; places come in rising order. */
final class Entries {

  private int[] indices = new int[16];
  private double[] values = new double[16];
  private int used;

  /** Keeps a value, unless it is 0. */
  void add(int index, double value) {
    if (value == 0) {
      return;
    }
    if (used == indices.length) {
      indices = Arrays.copyOf(indices, 2 * used);
      values = Arrays.copyOf(values, 2 * used);
    }
    indices[used] = index;
    values[used++] = value;
  }

  Vector vector(int width) {
    return Vectors.sparse(width, Arrays.copyOf(indices, used), Arrays.copyOf(values, used));
  }
}
