import { readQueueAddress } from './address';

describe('the address of a queue', () => {
  it('has filters and the item that is looked at', () =>
    expect(readQueueAddress({ item: 'order.17', hold: 'operator', snoozed: true })).toEqual({
      ...{ item: 'order.17', hold: 'operator', snoozed: 'true' },
    }));

  it('has nothing that is no filter of ours, whoever wrote it', () =>
    expect(
      readQueueAddress({ item: ' ', hold: { a: 1 }, channel: 'x'.repeat(201), '__proto__ x': 'y', 'Not-a-name': 'z', gone: undefined }),
    ).toEqual({}));
});
