import { inSpan, streamAttributes, type OnDue, type Tracing } from '@cartage/eventsourcing';

/** A trace begins with each deadline that is told: what it is about may have begun weeks ago. */
export const tracedDeadlines =
  (tracing: Tracing, tell: OnDue): OnDue =>
  (deadline, meta) => {
    const attributes = streamAttributes(deadline.stream);
    return inSpan(tracing, { name: `deadline ${String(attributes['cartage.stream.category'])}`, kind: 'internal', attributes }, (span) =>
      tell(deadline, { ...meta, traceparent: span.traceparent }),
    );
  };
