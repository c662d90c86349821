import type { Topic } from './topics';

/**
 * What stands around every public event: CloudEvents 1.0 (binary mode in Kafka: each attribute a `ce_` header, `data` the value).
 * `subject` is what it is about, such as an order, `item/MUG` or `location/LDN-1` (`subjects`); `sequence` counts its events on the topic from 1 without gaps: whoever keeps the last one seen per subject
 * can prove that nothing was missed and nothing came twice.
 */
export interface Envelope<
  Event extends { readonly type: string; readonly data: unknown } = { readonly type: string; readonly data: unknown },
> {
  /** Stable for ever; also across replays, and the same for every version of an event. */
  readonly id: string;
  readonly type: Event['type'];
  /** Version of the event type; in CloudEvents the end of `dataschema`. */
  readonly version: number;
  /** Every version in which this event is published, where there are several: read the newest that you know, pass over the others. */
  readonly versions?: readonly number[];
  readonly topic: Topic;
  /** `/cartage/<service>` */
  readonly source: string;
  readonly subject: string;
  /** What belongs together: the order for everything of an order, else the subject. CloudEvents' `partitionkey`, and the Kafka key. */
  readonly key: string;
  /** ISO 8601 UTC: when it was recorded. */
  readonly time: string;
  readonly sequence: number;
  readonly correlationId: string;
  readonly causationId?: string;
  readonly traceparent?: string;
  /** Sent again on request. Handlers with effects in the outside world must not run on these. */
  readonly replay: boolean;
  readonly data: Event['data'];
}

/** `dataschema` of CloudEvents: `urn:cartage:events:<type>:<version>`. */
export const dataSchemaOf = (type: string, version: number): string => `urn:cartage:events:${type}:${version}`;
