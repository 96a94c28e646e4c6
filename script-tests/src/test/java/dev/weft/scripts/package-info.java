/**
 * The language's behaviour as files that read like a session: a statement, then what it answers.
 *
 * <p>{@link dev.weft.scripts.TestFile} reads and writes such a file, {@link
 * dev.weft.scripts.BlockRunner} runs its blocks on a session, {@link dev.weft.scripts.Stage} opens
 * that session embedded or over Flight SQL.
 */
@NullMarked
package dev.weft.scripts;

import org.jspecify.annotations.NullMarked;
