/** One task per kind of statement: runs a plan for a session. */
@NullMarked
package dev.weft.engine.task;

import org.jspecify.annotations.NullMarked;
