import { Topics, type Envelope } from '@cartage/contracts';
import { messageFor } from './kafka/publisher';
import { Unacceptable } from './unacceptable';
import { envelopeIn } from './record';

const envelope: Envelope = {
  id: '01890a5d-ac96-774b-bcce-b302099a8057',
  type: 'OrderPlaced',
  version: 2,
  topic: Topics.order,
  source: '/cartage/order',
  subject: 's-1',
  key: 'o-1',
  time: '2026-01-02T03:04:05.678Z',
  sequence: 7,
  correlationId: 'c-1',
  replay: true,
  data: { name: 'Žofie 🚚' },
};
const read = (message: Partial<ReturnType<typeof messageFor>>): Envelope =>
  envelopeIn(Topics.order, { value: message.value ?? null, headers: message.headers ?? {} });

describe('an event as a Kafka record', () => {
  it('is a CloudEvent in binary mode, keyed by what belongs together', () =>
    expect(messageFor(envelope)).toEqual({
      key: 'o-1',
      value: Buffer.from('{"name":"Žofie 🚚"}'),
      headers: {
        'content-type': 'application/json; charset=utf-8',
        ce_specversion: '1.0',
        ce_id: envelope.id,
        ce_type: 'OrderPlaced',
        ce_source: '/cartage/order',
        ce_subject: 's-1',
        ce_partitionkey: 'o-1',
        ce_time: envelope.time,
        ce_dataschema: 'urn:cartage:events:OrderPlaced:2',
        ce_sequence: '7',
        ce_correlationid: 'c-1',
        ce_replay: 'true',
      },
    }));

  it('is read back whole', () => {
    const whole = { ...envelope, versions: [1, 2], causationId: 'e-0', traceparent: '00-a-b-01' };
    expect(read(messageFor(whole))).toEqual(whole);
    expect(read(messageFor(envelope))).toEqual(envelope);
  });

  it.each(['ce_id', 'ce_type', 'ce_subject', 'ce_sequence', 'ce_dataschema'])('is none without %s', (name) => {
    const { headers, ...message } = messageFor(envelope);
    expect(() => read({ ...message, headers: { ...headers, [name]: undefined } })).toThrow(Unacceptable);
  });

  it('is keyed by its subject where its writer has said no key', () => {
    const { headers, ...message } = messageFor(envelope);
    expect(read({ ...message, headers: { ...headers, ce_partitionkey: undefined } }).key).toBe('s-1');
  });

  it('is none when its value is no JSON', () =>
    expect(() => read({ ...messageFor(envelope), value: Buffer.from('{') })).toThrow(Unacceptable));
});
