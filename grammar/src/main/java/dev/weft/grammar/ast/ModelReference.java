package dev.weft.grammar.ast;

import dev.weft.grammar.Span;
import java.util.Optional;

/** {@code model} or {@code model@version}; the version is a number or an alias. */
public record ModelReference(Span span, Name model, Optional<Name> version) {}
