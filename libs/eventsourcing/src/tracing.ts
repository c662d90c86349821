import { codeOf, isError } from './errors';
import { Refused } from './refused';

/** What is told of a span: figures, types, and ids that Cartage made; never what a person or a channel wrote. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean | readonly string[]>>;

export interface SpanAbout {
  readonly name: string;
  readonly kind: 'server' | 'client' | 'producer' | 'consumer' | 'internal';
  /** W3C trace context of what it follows from; absent: a trace begins with it. */
  readonly parent?: string | undefined;
  readonly attributes: SpanAttributes;
}

/** One step of a trace, as long as it lasts. */
export interface Span {
  /** W3C trace context of this span: what follows from it carries it along. */
  readonly traceparent: string;
  set(attributes: SpanAttributes): void;
  /** Once. `failure` is what kind of failure ended it, where one did. */
  end(failure?: string): void;
}

/** The port by which work is traced (OpenTelemetry). Context travels in `Meta.traceparent`, for commands of many callers share their round trips. */
export interface Tracing {
  start(about: SpanAbout): Span;
  /** Does the work as a part of this span: what it asks of the world outside can be seen under it. Absent: nobody looks. */
  within?<Value>(span: Span, work: () => Value): Value;
  /** W3C trace context of the span that this is done as a part of: kept beside what is to follow later, in another process perhaps. */
  current?(): string | undefined;
}

/** The kind of a failure, without its message: that may hold what nobody should read. */
export const failureOf = (error: unknown): string => codeOf(error) ?? (isError(error) ? error.name : 'error');

/** Does the work in a span that ends with it. A refusal is an answer, and no failure. */
export const inSpan = async <Value>(tracing: Tracing, about: SpanAbout, work: (span: Span) => Promise<Value>): Promise<Value> => {
  const span = tracing.start(about);
  try {
    const value = await (tracing.within ? tracing.within(span, () => work(span)) : work(span));
    span.end();
    return value;
  } catch (error) {
    if (error instanceof Refused) span.set({ 'cartage.refusal': error.code });
    span.end(error instanceof Refused ? undefined : failureOf(error));
    throw error;
  }
};

const uuid = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

/** An id, if Cartage made it: any other may be an address, or say who somebody is. */
export const ownId = (name: string, id: string): SpanAttributes => (uuid.exec(id)?.index === 0 ? { [name]: id } : {});

/** What a stream is of, and which, as far as that may be told. */
export const streamAttributes = (stream: string): SpanAttributes => {
  const id = uuid.exec(stream)?.[0] ?? '';
  return {
    'cartage.stream.category': stream.slice(0, stream.indexOf('-') < 0 ? undefined : stream.indexOf('-')),
    ...ownId('cartage.stream.id', id),
  };
};
