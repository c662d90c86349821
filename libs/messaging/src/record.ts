import { dataSchemaOf, type Envelope, type Topic } from '@cartage/contracts';
import { Unacceptable } from './unacceptable';

type HeaderText = string | Buffer;

export type RecordHeaders = Readonly<Record<string, HeaderText | HeaderText[] | undefined>>;

/** A record as Kafka carries it and the dead letters keep it: any bytes. */
export interface RawRecord {
  readonly headers: RecordHeaders;
  readonly value: Buffer | null;
}

/** The attributes of an envelope as headers: CloudEvents 1.0, binary mode. */
const headersOf = (envelope: Envelope): Record<string, string> => {
  const headers: Record<string, string> = {
    'content-type': 'application/json; charset=utf-8',
    ce_specversion: '1.0',
    ce_id: envelope.id,
    ce_type: envelope.type,
    ce_source: envelope.source,
    ce_subject: envelope.subject,
    ce_partitionkey: envelope.key,
    ce_time: envelope.time,
    ce_dataschema: dataSchemaOf(envelope.type, envelope.version),
    ce_sequence: String(envelope.sequence),
    ce_correlationid: envelope.correlationId,
    ce_replay: String(envelope.replay),
  };
  if (envelope.versions !== undefined) headers['ce_versions'] = envelope.versions.join(',');
  if (envelope.causationId !== undefined) headers['ce_causationid'] = envelope.causationId;
  if (envelope.traceparent !== undefined) {
    // Twice: as CloudEvents wants it, and where tracing libraries look for it.
    headers['ce_traceparent'] = envelope.traceparent;
    headers['traceparent'] = envelope.traceparent;
  }
  return headers;
};

export const recordOf = (envelope: Envelope): { readonly headers: Record<string, string>; readonly value: Buffer } => ({
  headers: headersOf(envelope),
  value: Buffer.from(JSON.stringify(envelope.data)),
});

/** Reads a record of ours. What is none is unacceptable: no further try will make it readable. */
export const envelopeIn = (topic: Topic, { value, headers }: RawRecord): Envelope => {
  const causationId = textOf(headers['ce_causationid']);
  const traceparent = textOf(headers['ce_traceparent']) ?? textOf(headers['traceparent']);
  const versions = textOf(headers['ce_versions']);
  const subject = required(headers, 'ce_subject');
  return {
    id: required(headers, 'ce_id'),
    type: required(headers, 'ce_type'),
    version: versionIn(required(headers, 'ce_dataschema')),
    ...(versions === undefined ? {} : { versions: versions.split(',').map((each) => wholeNumber('ce_versions', each)) }),
    topic,
    source: required(headers, 'ce_source'),
    subject,
    key: textOf(headers['ce_partitionkey']) ?? subject,
    time: required(headers, 'ce_time'),
    sequence: wholeNumber('ce_sequence', required(headers, 'ce_sequence')),
    correlationId: required(headers, 'ce_correlationid'),
    ...(causationId === undefined ? {} : { causationId }),
    ...(traceparent === undefined ? {} : { traceparent }),
    replay: textOf(headers['ce_replay']) === 'true',
    data: parsed(value),
  };
};

const unreadable = (why: string, cause?: unknown): never => {
  throw new Unacceptable(`This record is no event of ours: ${why}.`, { cause });
};

const textOf = (header: RecordHeaders[string]): string | undefined => {
  const first = Array.isArray(header) ? header[0] : header;
  return first?.toString();
};

const required = (headers: RecordHeaders, name: string): string => textOf(headers[name]) ?? unreadable(`header ${name} is missing`);

const wholeNumber = (name: string, text: string): number =>
  /^\d+$/.test(text) ? Number(text) : unreadable(`header ${name} holds no number`);

const versionIn = (dataSchema: string): number => wholeNumber('ce_dataschema', dataSchema.slice(dataSchema.lastIndexOf(':') + 1));

const parsed = (value: Buffer | null): unknown => {
  if (value === null) return unreadable('it has no value');
  try {
    return JSON.parse(value.toString()) as unknown;
  } catch (error) {
    return unreadable('its value is no JSON', error);
  }
};
