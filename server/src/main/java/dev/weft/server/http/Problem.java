package dev.weft.server.http;

/** What can be wrong with a request, and the status that says so. */
enum Problem {
  NOT_JSON(400),
  NOT_ROWS(400),
  MISSING_FIELD(400),
  UNKNOWN_FIELD(400),
  WRONG_TYPE(400),
  UNAUTHORIZED(401),
  NOT_FOUND(404),
  ENDPOINT_NOT_FOUND(404),
  METHOD_NOT_ALLOWED(405),
  TOO_LARGE(413),
  TOO_MANY_ROWS(413),
  PREDICTION_FAILED(500),
  UNAVAILABLE(503);

  private final int status;

  Problem(int status) {
    this.status = status;
  }

  /** The HTTP status. */
  int status() {
    return status;
  }
}
