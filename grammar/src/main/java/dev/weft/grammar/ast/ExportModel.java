package dev.weft.grammar.ast;

import dev.weft.grammar.Span;
import java.util.Optional;

/** {@code EXPORT [OVERWRITE] MODEL m[@v] TO 'path' [FORMAT format]}. */
public record ExportModel(
    Span span, boolean overwrite, ModelReference model, Literal path, Optional<Name> format)
    implements Statement {}
