package dev.weft.ml;

import dev.weft.engine.spi.ModelBackend.ModelFiles;
import dev.weft.engine.spi.OnnxFiles;
import dev.weft.engine.spi.Run;
import dev.weft.ml.wire.ExportModel;
import dev.weft.ml.wire.ImportModel;
import dev.weft.ml.wire.Reply;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** Lets an actor write models as ONNX and take such files in. */
final class RayOnnx implements OnnxFiles {

  private final RayRuntime runtime;

  RayOnnx(RayRuntime runtime) {
    this.runtime = runtime;
  }

  @Override
  public void write(ModelFiles model, String transform, Path target, Run run) {
    String name = model.name() + "@" + model.version();
    ExportModel request =
        ExportModel.newBuilder()
            .setName(name)
            .setFolder(model.folder().toAbsolutePath().toString())
            .setTransform(transform)
            .setTarget(target.toAbsolutePath().toString())
            .build();
    Reply reply = reply(run, name, control -> control.exportModel(request));
    assert reply.hasDone();
  }

  @Override
  public Taken take(Path source, String written, Path folder, Run run) {
    ImportModel request =
        ImportModel.newBuilder()
            .setSource(source.toAbsolutePath().toString())
            .setFolder(folder.toAbsolutePath().toString())
            .build();
    Reply reply = reply(run, written, control -> control.importModel(request));
    return Messages.fromWire(reply.getImported());
  }

  private Reply reply(Run run, String subject, Function<Control, Reply> call) {
    Waiting waiting = new Waiting(run, Optional.empty());
    return runtime.with(
        run,
        waiting,
        running -> {
          Reply reply = waiting.on(() -> call.apply(running.control()));
          if (reply.hasError()) {
            throw Failures.at(run.span(), subject, reply.getError());
          }
          return reply;
        });
  }
}
