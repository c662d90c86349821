import { Topics, type Envelope } from '@cartage/contracts';
import { Hopeless } from '../delivery/keyed-retry';
import { envelopeIn, messageOf } from './message';

const envelope: Envelope = {
  id: '01890a5d-ac96-774b-bcce-b302099a8057',
  type: 'OrderPlaced',
  version: 2,
  topic: Topics.order,
  source: '/cartage/order',
  subject: 'o-1',
  time: '2026-01-02T03:04:05.678Z',
  sequence: 7,
  correlationId: 'c-1',
  replay: true,
  data: { name: 'Žofie 🚚' },
};
const read = (message: Partial<ReturnType<typeof messageOf>>): Envelope =>
  envelopeIn(Topics.order, { value: Buffer.from(message.value ?? ''), headers: message.headers ?? {} });

describe('an event as a Kafka record', () => {
  it('is a CloudEvent in binary mode, keyed by its subject', () =>
    expect(messageOf(envelope)).toEqual({
      key: 'o-1',
      value: '{"name":"Žofie 🚚"}',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        ce_specversion: '1.0',
        ce_id: envelope.id,
        ce_type: 'OrderPlaced',
        ce_source: '/cartage/order',
        ce_subject: 'o-1',
        ce_time: envelope.time,
        ce_dataschema: 'urn:cartage:events:OrderPlaced:2',
        ce_sequence: '7',
        ce_correlationid: 'c-1',
        ce_replay: 'true',
      },
    }));

  it('is read back whole', () => {
    const whole = { ...envelope, causationId: 'e-0', traceparent: '00-a-b-01' };
    expect(read(messageOf(whole))).toEqual(whole);
    expect(read(messageOf(envelope))).toEqual(envelope);
  });

  it.each(['ce_id', 'ce_type', 'ce_subject', 'ce_sequence', 'ce_dataschema'])('is none without %s', (name) => {
    const { headers, ...message } = messageOf(envelope);
    expect(() => read({ ...message, headers: { ...headers, [name]: undefined } })).toThrow(Hopeless);
  });

  it('is none when its value is no JSON', () => expect(() => read({ ...messageOf(envelope), value: '{' })).toThrow(Hopeless));
});
