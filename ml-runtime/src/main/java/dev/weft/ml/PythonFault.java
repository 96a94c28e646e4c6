package dev.weft.ml;

import dev.weft.engine.spi.RemoteFailure;
import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Source;
import dev.weft.grammar.Span;
import dev.weft.grammar.ast.Code;
import dev.weft.ml.wire.PythonError;
import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What users' code has done wrong, as an error of ours; travels to executors. */
sealed interface PythonFault extends Serializable {

  RemoteFailure failure(PythonError error);

  /** Of a function, which names its own place: the error points to the statement that calls it. */
  record OfFunction() implements PythonFault {
    @Override
    public RemoteFailure failure(PythonError error) {
      return new RemoteFailure(ErrorCode.PYTHON_FAILED, error.getMessage());
    }
  }

  /** Of the blocks of a PYTHON statement, whose places travel with it. */
  record OfBlock(
      String file,
      String script,
      int codeStart,
      int codeEnd,
      int codeLine,
      int setupStart,
      int setupEnd,
      int setupLine)
      implements PythonFault {

    static OfBlock of(Code code, @Nullable Code setup) {
      Source source = code.span().source();
      return new OfBlock(
          source.name(),
          source.text(),
          code.span().start(),
          code.span().end(),
          code.line(),
          setup == null ? -1 : setup.span().start(),
          setup == null ? -1 : setup.span().end(),
          setup == null ? -1 : setup.line());
    }

    @Override
    public RemoteFailure failure(PythonError error) {
      Source source = new Source(file, script);
      Code code = new Code(new Span(source, codeStart, codeEnd), "", codeLine);
      Optional<Code> setup =
          setupStart < 0
              ? Optional.empty()
              : Optional.of(new Code(new Span(source, setupStart, setupEnd), "", setupLine));
      return PythonMessages.remote(error, code, setup);
    }
  }
}
