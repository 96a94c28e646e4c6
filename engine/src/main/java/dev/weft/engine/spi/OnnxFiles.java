package dev.weft.engine.spi;

import dev.weft.engine.spi.ModelBackend.ModelFiles;
import dev.weft.planner.spi.ModelSignature;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Writes models as files of ONNX, and makes models of such files. */
public interface OnnxFiles {

  /**
   * Writes a model, whole or not at all; failures come as WeftException.
   *
   * @param model its folder holds what {@link ModelBackend#portable} told
   * @param transform JSON of what is computed in front of it: {@code inputs} with name, type and
   *     kind, and an expression for each feature; empty for a model of plain columns
   * @param target a file, which is replaced if it is there
   */
  void write(ModelFiles model, String transform, Path target, Run run);

  /**
   * Makes a model of a file; failures come as WeftException.
   *
   * @param written the file as the user wrote it
   * @param folder empty; the model's files go there
   */
  Taken take(Path source, String written, Path folder, Run run);

  /**
   * A model made of a file.
   *
   * @param classes the labels as text, in the model's order; empty for regression
   * @param versions library to version
   * @param example one input row that it has answered, for SERVE's self test
   */
  record Taken(
      ModelSignature signature,
      List<String> classes,
      Map<String, String> versions,
      Map<String, Object> example) {}
}
