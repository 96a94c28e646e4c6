/** Spark's errors in Weft's words: a code, one sentence, what to do. */
@NullMarked
package dev.weft.planner.error;

import org.jspecify.annotations.NullMarked;
