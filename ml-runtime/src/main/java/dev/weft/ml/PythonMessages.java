package dev.weft.ml;

import com.google.protobuf.ByteString;
import dev.weft.engine.spi.PythonCalls;
import dev.weft.engine.spi.RemoteFailure;
import dev.weft.engine.spi.RemoteFailure.Place;
import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Span;
import dev.weft.grammar.ast.Code;
import dev.weft.grammar.ast.Python.Per;
import dev.weft.ml.wire.PythonArgument;
import dev.weft.ml.wire.PythonCode;
import dev.weft.ml.wire.PythonError;
import dev.weft.ml.wire.PythonScalar;
import dev.weft.ml.wire.PythonScalarCall;
import dev.weft.planner.plan.PythonProgram;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.util.Optional;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.Schema;

/** Programs as messages, and their errors as ours. */
final class PythonMessages {

  private PythonMessages() {}

  static PythonCode toWire(PythonProgram program, Optional<Schema> output, String packages) {
    PythonCode.Builder message =
        PythonCode.newBuilder()
            .setCode(program.code().text())
            .setLine(program.code().line())
            .addAllInputs(program.inputs())
            .setOutput(program.output())
            .setWhole(program.per() != Per.BATCH)
            .setPackages(packages);
    program.setup().ifPresent(setup -> message.setSetup(setup.text()).setSetupLine(setup.line()));
    output.ifPresent(schema -> message.setSchema(bytes(schema)));
    return message.build();
  }

  static PythonCode toWire(PythonCalls calls) {
    PythonCode.Builder message = PythonCode.newBuilder().setSchema(bytes(calls.output()));
    for (dev.weft.planner.plan.PythonUdf function : calls.functions()) {
      message.addScalars(
          PythonScalar.newBuilder()
              .setName(function.name())
              .setCode(function.code())
              .setFile(function.file())
              .setLine(function.line())
              .setTable(function.table()));
    }
    calls.calls().forEach(call -> message.addCalls(toWire(call)));
    return message.build();
  }

  private static PythonScalarCall toWire(PythonCalls.Call call) {
    PythonScalarCall.Builder message =
        PythonScalarCall.newBuilder().setFunction(call.function()).setType(bytes(call.type()));
    for (PythonCalls.Argument argument : call.arguments()) {
      PythonArgument.Builder given = PythonArgument.newBuilder();
      message.addArguments(
          argument instanceof PythonCalls.Call inner
              ? given.setCall(toWire(inner))
              : given.setColumn(((PythonCalls.Input) argument).column()));
    }
    return message.build();
  }

  /** An error of the user's code, at its line. */
  static RemoteFailure remote(PythonError error, Code code, Optional<Code> setup) {
    return new RemoteFailure(
        ErrorCode.PYTHON_FAILED, error.getMessage(), Place.of(place(error, code, setup)));
  }

  private static Span place(PythonError error, Code code, Optional<Code> setup) {
    int line = error.getLine();
    if (line == 0) {
      return code.place(code.line());
    }
    Code faulty = setup.filter(block -> line < code.span().line()).orElse(code);
    return faulty.place(line);
  }

  private static ByteString bytes(Schema schema) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      MessageSerializer.serialize(new WriteChannel(Channels.newChannel(out)), schema);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return ByteString.copyFrom(out.toByteArray());
  }
}
