import { dataSchemaOf, type Envelope, type Topic } from '@cartage/contracts';
import type { IHeaders, KafkaMessage, Message } from 'kafkajs';
import { Hopeless } from '../delivery/keyed-retry';

/** An envelope as a Kafka record: CloudEvents 1.0, binary mode. */
export const messageOf = (envelope: Envelope): Message & { readonly key: string; readonly value: string; readonly headers: IHeaders } => ({
  key: envelope.subject,
  value: JSON.stringify(envelope.data),
  headers: {
    'content-type': 'application/json; charset=utf-8',
    ce_specversion: '1.0',
    ce_id: envelope.id,
    ce_type: envelope.type,
    ce_source: envelope.source,
    ce_subject: envelope.subject,
    ce_time: envelope.time,
    ce_dataschema: dataSchemaOf(envelope.type, envelope.version),
    ce_sequence: String(envelope.sequence),
    ce_correlationid: envelope.correlationId,
    ce_replay: String(envelope.replay),
    ...(envelope.causationId === undefined ? {} : { ce_causationid: envelope.causationId }),
    // Twice: as CloudEvents wants it, and where tracing libraries look for it.
    ...(envelope.traceparent === undefined ? {} : { ce_traceparent: envelope.traceparent, traceparent: envelope.traceparent }),
  },
});

/** Reads a record of ours. What is none is hopeless: no further try will make it readable. */
export const envelopeIn = (topic: Topic, { value, headers = {} }: Pick<KafkaMessage, 'value' | 'headers'>): Envelope => {
  const optional = (name: string): string | undefined => textOf(headers[name]);
  const required = (name: string): string => optional(name) ?? unreadable(`header ${name} is missing`);
  const causationId = optional('ce_causationid');
  const traceparent = optional('ce_traceparent') ?? optional('traceparent');
  return {
    id: required('ce_id'),
    type: required('ce_type'),
    version: wholeNumber('ce_dataschema', required('ce_dataschema').split(':').at(-1)),
    topic,
    source: required('ce_source'),
    subject: required('ce_subject'),
    time: required('ce_time'),
    sequence: wholeNumber('ce_sequence', required('ce_sequence')),
    correlationId: required('ce_correlationid'),
    ...(causationId === undefined ? {} : { causationId }),
    ...(traceparent === undefined ? {} : { traceparent }),
    replay: optional('ce_replay') === 'true',
    data: parsed(value),
  };
};

const unreadable = (why: string, cause?: unknown): never => {
  throw new Hopeless(`This record is no event of ours: ${why}.`, { cause });
};

const textOf = (header: IHeaders[string]): string | undefined => {
  const first = Array.isArray(header) ? header[0] : header;
  return first?.toString();
};

const wholeNumber = (name: string, text: string | undefined): number =>
  text !== undefined && /^\d+$/.test(text) ? Number(text) : unreadable(`header ${name} holds no number`);

const parsed = (value: Buffer | null): unknown => {
  if (value === null) return unreadable('it has no value');
  try {
    return JSON.parse(value.toString()) as unknown;
  } catch (error) {
    return unreadable('its value is no JSON', error);
  }
};
