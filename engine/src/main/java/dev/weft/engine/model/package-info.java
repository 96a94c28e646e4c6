/** Trained models and endpoints as folders and files of a project: written whole or not at all. */
@NullMarked
package dev.weft.engine.model;

import org.jspecify.annotations.NullMarked;
