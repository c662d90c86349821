import { kinOf, lanesOf, type TracedEvent } from './lanes';

const event = (eventId: string, service: string): TracedEvent => ({
  eventId,
  service,
  type: 'OrderPlaced',
  published: true,
  subject: 'order-1',
  version: 1,
  recordedAt: '2026-11-28T12:00:00Z',
  actor: 'anna',
  commandId: 'command',
  correlationId: 'request',
  rules: [],
});

describe('what led to what', () => {
  const lanes = lanesOf({
    events: [
      event('placed', 'order'),
      event('reserved', 'inventory'),
      event('confirmed', 'order'),
      event('noted', 'order'),
      event('planned', 'routing'),
    ],
    edges: [
      { cause: 'placed', effect: 'reserved' },
      { cause: 'reserved', effect: 'confirmed' },
      { cause: 'confirmed', effect: 'planned' },
      { cause: 'elsewhere', effect: 'noted' },
    ],
  });

  it('has a lane for each service, and a row for each event with the rows of its causes', () => {
    expect(lanes.services).toEqual(['order', 'inventory', 'routing']);
    expect(lanes.placed.map(({ lane, causes }) => [lane, causes])).toEqual([
      [0, []],
      [1, [0]],
      [0, [1]],
      [0, []],
      [2, [2]],
    ]);
  });

  it('is, of one event, all that led to it and all that followed', () => {
    expect([...kinOf(lanes, 1)].sort()).toEqual([0, 1, 2, 4]);
    expect([...kinOf(lanes, 3)]).toEqual([3]);
  });
});
