package io.cartage.client;

import java.time.Instant;

/**
 * What is now under a key. Without a state, whom it was about is forgotten, and so is what you keep of it. The sequence grows with every change of the key, with
 * gaps: keep it beside the state, and pass over what comes with a smaller one.
 */
public record Standing<State>(String key, State state, long sequence, Instant time) {}
