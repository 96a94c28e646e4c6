package dev.weft.spark.catalog;

/** What is wrong with the catalog's files, in one sentence that says what to do. */
public final class CatalogFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CatalogFailure(String sentence) {
    super(sentence);
  }

  CatalogFailure(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
