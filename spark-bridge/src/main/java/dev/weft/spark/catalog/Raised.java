package dev.weft.spark.catalog;

/**
 * Spark's exceptions as they are: checked ones to Java, which Scala's interfaces do not declare.
 */
final class Raised {

  private Raised() {}

  static RuntimeException as(Throwable failure) {
    Raised.<RuntimeException>rethrow(failure);
    return new IllegalStateException(failure);
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> void rethrow(Throwable failure) throws E {
    throw (E) failure;
  }
}
