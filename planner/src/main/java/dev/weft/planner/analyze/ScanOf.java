package dev.weft.planner.analyze;

import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Quotes;
import dev.weft.grammar.Span;
import dev.weft.planner.NotRepresentable;
import dev.weft.planner.rel.FileScan;
import dev.weft.planner.spi.Column;
import dev.weft.planner.spi.FileSource;
import dev.weft.planner.spi.SparkError;
import dev.weft.planner.types.SparkTypes;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.rel.RelNode;

/** The scan of a file source, its columns taken from where they are known. */
final class ScanOf {

  private final ScriptState state;

  ScanOf(ScriptState state) {
    this.state = state;
  }

  /** The scan; {@code written} is the path that messages name. */
  RelNode scan(FileSource source, String written, Span place) {
    Optional<Overlay.SavedFile> saved = saved(source);
    if (saved.isPresent()) {
      return saved(source, saved.get());
    }
    state.files().mustExist(source, written, place);
    try {
      return scan(source, columns(source, written, place));
    } catch (NotRepresentable type) {
      throw ErrorCode.FILE_UNREADABLE.failure(place, written, type.reason() + " is not supported");
    }
  }

  /** Fails unless the source is there, or an earlier statement will write it. */
  void mustExist(FileSource source, String written, Span place) {
    if (saved(source).isEmpty()) {
      state.files().mustExist(source, written, place);
    }
  }

  private Optional<Overlay.SavedFile> saved(FileSource source) {
    return FilePlaces.isUri(source.path())
        ? Optional.empty()
        : state.overlay().saved(Path.of(source.path()));
  }

  private List<Column> columns(FileSource source, String written, Span place) {
    try {
      List<Column> columns = state.outside().relations().columnsOf(source);
      if (columns.isEmpty()) {
        throw ErrorCode.FILE_EMPTY.failure(place, written);
      }
      return columns;
    } catch (SparkError error) {
      throw ErrorCode.FILE_UNREADABLE.failure(
          place, written, Objects.requireNonNullElse(error.getMessage(), error.condition()));
    }
  }

  /** What an earlier statement will write is read with the types that it has there. */
  private RelNode saved(FileSource source, Overlay.SavedFile file) {
    if (!source.schema().isEmpty()) {
      return scan(source, SparkTypes.columns(source.schema(), state.cluster().getTypeFactory()));
    }
    List<Column> columns = SavedColumns.of(source, file);
    String schema =
        columns.stream()
            .map(c -> Quotes.quoted(c.name()) + " " + c.type())
            .collect(Collectors.joining(", "));
    boolean typed = source.format().equals("parquet") || source.format().equals("orc");
    FileSource known =
        typed ? source : new FileSource(source.format(), source.path(), source.options(), schema);
    return scan(known, columns);
  }

  private RelNode scan(FileSource source, List<Column> columns) {
    return new FileScan(
        state.cluster(),
        state.cluster().traitSetOf(Convention.NONE),
        source,
        SparkTypes.row(columns, state.cluster().getTypeFactory()));
  }
}
