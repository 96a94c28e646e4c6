package dev.weft.engine.task;

import dev.weft.engine.model.VersionChanges.Refused;
import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Span;
import dev.weft.planner.spi.BrokenModel;
import java.io.IOException;

/** Makes a change to a model's versions, and words what stops it. */
final class ModelChange {

  private ModelChange() {}

  /** A change that tells something. */
  interface Change<T> {
    T make() throws IOException, Refused;
  }

  static <T> T made(Span span, String model, Change<T> change) {
    try {
      return change.make();
    } catch (Refused e) {
      throw ErrorCode.STATEMENT_FAILED.failure(span, String.valueOf(e.getMessage()));
    } catch (BrokenModel e) {
      throw ErrorCode.MODEL_CORRUPT.failure(span, e.model(), e.reason());
    } catch (IOException e) {
      throw ErrorCode.STATEMENT_FAILED.failure(
          span, "the model '" + model + "' cannot be changed: " + e);
    }
  }
}
