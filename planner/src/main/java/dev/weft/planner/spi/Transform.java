package dev.weft.planner.spi;

import dev.weft.planner.spi.ModelSignature.Feature;
import java.util.List;

/**
 * What TRANSFORM computes in front of a model: Spark's SQL over the columns of raw rows and over
 * values that were fitted to the training rows.
 *
 * @param inputs the columns that it reads, as they were at training
 * @param written what the user wrote, one text per feature of the model, in their order
 * @param expressions the same as SQL in which fitted values stand under {@link #fitted(int)}
 * @param fitted what is fitted, in an order in which each reads only those before it
 */
public record Transform(
    List<Feature> inputs, List<String> written, List<String> expressions, List<Fitted> fitted) {

  /** Copies the lists. */
  public Transform {
    inputs = List.copyOf(inputs);
    written = List.copyOf(written);
    expressions = List.copyOf(expressions);
    fitted = List.copyOf(fitted);
  }

  /** The name under which an expression reads a fitted value. */
  public static String fitted(int index) {
    return "__weft_fit_" + index;
  }

  /**
   * A value over all training rows.
   *
   * @param aggregate Spark's SQL
   * @param type Spark's DDL text; the value itself is kept as text that Spark casts to it
   */
  public record Fitted(String aggregate, String type) {}
}
