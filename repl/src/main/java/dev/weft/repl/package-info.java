/**
 * What people type into: {@link dev.weft.repl.Main} reads the command line, {@code cli} holds one
 * class per subcommand, {@code terminal} the interactive part, {@code print} one class per output
 * format. Everything below talks to a {@link dev.weft.engine.Session}, embedded or remote.
 */
@NullMarked
package dev.weft.repl;

import org.jspecify.annotations.NullMarked;
