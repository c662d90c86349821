import type { SpanAbout, SpanAttributes, Tracing } from './tracing';

/** A span as it was traced; `end` once it has ended, with the failure that ended it or `ok`. */
export interface TracedSpan extends SpanAbout {
  readonly traceparent: string;
  readonly attributes: SpanAttributes;
  readonly end?: string;
}

/** Traces into memory, for tests. Every span is kept, in the order of their beginnings. */
export const memoryTracing = (): Tracing & { readonly spans: readonly TracedSpan[] } => {
  const spans: TracedSpan[] = [];
  const change = (at: number, more: Partial<TracedSpan>): void => {
    const span = spans[at];
    if (span) spans[at] = { ...span, ...more };
  };
  return {
    spans,
    start: (about) => {
      const at = spans.length;
      const traceparent = `00-${'a'.repeat(32)}-${String(at + 1).padStart(16, '0')}-01`;
      spans.push({ ...about, traceparent });
      return {
        traceparent,
        set: (attributes) => change(at, { attributes: { ...spans[at]?.attributes, ...attributes } }),
        end: (failure = 'ok') => change(at, { end: failure }),
      };
    },
  };
};
