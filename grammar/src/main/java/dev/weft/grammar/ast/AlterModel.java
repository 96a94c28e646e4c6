package dev.weft.grammar.ast;

import dev.weft.grammar.Span;
import java.util.Optional;

/**
 * {@code ALTER MODEL m SET ALIAS alias = version}, or {@code UNSET ALIAS alias}, which has no
 * version.
 */
public record AlterModel(Span span, Name model, Name alias, Optional<Name> version)
    implements Statement {}
