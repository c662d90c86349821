import type { Envelope } from '@cartage/contracts';
import { memoryTracing } from '@cartage/eventsourcing';
import { sendingSpans } from './sending-spans';

const parent = `00-${'b'.repeat(32)}-${'c'.repeat(16)}-01`;
const envelope = (id: string, traceparent?: string): Envelope => ({
  ...{ id, type: 'OrderPlaced', version: 1, topic: 'order.events', source: '/cartage/order', subject: 's-1', key: 'o-1' },
  ...{ time: '2026-01-02T03:04:05.678Z', sequence: 1, correlationId: 'c-1', replay: false, data: {} },
  ...(traceparent === undefined ? {} : { traceparent }),
});

describe('events that are sent', () => {
  it('are a span each, of the trace of their command; those that will never be taken fail', () => {
    const tracing = memoryTracing();
    const end = sendingSpans({ tracing, system: 'kafka' }, [envelope('e-1', parent), envelope('e-2', parent), envelope('e-3')]);
    expect(tracing.spans.map((span) => span.end)).toEqual([undefined, undefined]);
    end(new Set(['e-2']));
    expect(tracing.spans).toMatchObject([
      { name: 'send order.events', kind: 'producer', parent, end: 'ok', attributes: { 'messaging.message.id': 'e-1' } },
      { name: 'send order.events', kind: 'producer', parent, end: 'parked', attributes: { 'messaging.message.id': 'e-2' } },
    ]);
  });

  it('say when sending ended before they were acknowledged', () => {
    const tracing = memoryTracing();
    sendingSpans({ tracing, system: 'kafka' }, [envelope('e-1', parent)])(new Set(), 'stopped');
    expect(tracing.spans).toMatchObject([{ end: 'stopped' }]);
  });
});
