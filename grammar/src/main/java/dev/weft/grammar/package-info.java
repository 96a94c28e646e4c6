/**
 * Text to {@link dev.weft.grammar.ast.Script}: the language's one grammar, its statements as
 * records with places, and the shape of every error the system reports.
 *
 * <p>The walk: {@link dev.weft.grammar.StatementSplitter} cuts keystrokes into statements, {@link
 * dev.weft.grammar.ScriptParser} turns text into statements or diagnostics, and {@link
 * dev.weft.grammar.DiagnosticPrinter} shows a diagnostic to a person.
 */
@NullMarked
package dev.weft.grammar;

import org.jspecify.annotations.NullMarked;
