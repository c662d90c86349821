import { dataSchemaOf, type CloudEvent } from '@cartage/contracts';
import type { Entry } from './journaling';

const ofOrder = ({ orderId, sequence, channel }: Entry): Pick<CloudEvent, 'orderid' | 'sequence' | 'channel'> => ({
  ...(orderId === undefined ? {} : { orderid: orderId }),
  ...(sequence === undefined ? {} : { sequence }),
  ...(channel === undefined ? {} : { channel }),
});

/** An entry as everybody sees it; flagged where it is sent by a replay. */
export const cloudEventOf = (entry: Entry, replayId?: string): CloudEvent => {
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
    ...(replayId === undefined ? {} : { replayid: replayId }),
    data: fact.data,
  };
};
