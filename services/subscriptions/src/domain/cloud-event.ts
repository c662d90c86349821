import { dataSchemaOf } from '@cartage/contracts';
import type { Entry } from './journaling';

/** An entry as CloudEvents 1.0 in JSON: what `GET /stream`, webhooks and the journal over HTTP show. */
export interface CloudEvent {
  readonly specversion: '1.0';
  readonly id: string;
  readonly type: string;
  readonly source: string;
  readonly subject: string;
  readonly time: string;
  readonly dataschema: string;
  readonly datacontenttype: 'application/json';
  readonly partitionkey: string;
  /** Where it stands in the log of all facts, as digits: where to go on. */
  readonly position: string;
  /** Its number in the journal of its order; absent where it belongs to none. */
  readonly sequence?: number;
  readonly orderid?: string;
  readonly channel?: string;
  readonly topic: string;
  /** Its number among the events of its subject on its topic. */
  readonly topicsequence: number;
  readonly correlationid: string;
  readonly causationid?: string;
  readonly traceparent?: string;
  readonly data: unknown;
}

const ofOrder = ({ orderId, sequence, channel }: Entry): Pick<CloudEvent, 'orderid' | 'sequence' | 'channel'> => ({
  ...(orderId === undefined ? {} : { orderid: orderId }),
  ...(sequence === undefined ? {} : { sequence }),
  ...(channel === undefined ? {} : { channel }),
});

export const cloudEventOf = (entry: Entry): CloudEvent => {
  const { fact, position } = entry;
  const { id, type, source, subject, time, topic, key, causationId, traceparent } = fact;
  return {
    specversion: '1.0',
    ...{ id, type, source, subject, time },
    dataschema: dataSchemaOf(type, fact.version),
    datacontenttype: 'application/json',
    partitionkey: entry.orderId ?? key,
    position: String(position),
    ...ofOrder(entry),
    topic,
    topicsequence: fact.sequence,
    correlationid: fact.correlationId,
    ...(causationId === undefined ? {} : { causationid: causationId }),
    ...(traceparent === undefined ? {} : { traceparent }),
    data: fact.data,
  };
};
