import { bodyOfReplay } from './replay';

const empty = { endpointId: 'e', from: '', to: '', types: '', rate: undefined, note: ' ' };

describe('a replay that is asked for', () => {
  it('says nothing of what was left empty', () => expect(bodyOfReplay(empty)).toEqual({ endpointId: 'e' }));

  it('is of a time in the reader’s zone, and of types that are named', () =>
    expect(bodyOfReplay({ ...empty, from: '2026-11-23T00:00', types: 'OrderPlaced, StockShort', rate: 20, note: 'Restored.' })).toEqual({
      endpointId: 'e',
      from: new Date('2026-11-23T00:00').toISOString(),
      type: ['OrderPlaced', 'StockShort'],
      rate: 20,
      note: 'Restored.',
    }));
});
