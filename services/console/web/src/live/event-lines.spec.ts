import fc from 'fast-check';
import { eventLines, newsIn } from './event-lines';

const said = 'retry: 2000\n\nid: 7\nevent: OrderPlaced\ndata: {"orderid":"o-1"}\n\nid: 8\n: nothing new\n\nevent: end\ndata: {}\n\n';
const heard = [
  { id: '7', event: 'OrderPlaced', data: '{"orderid":"o-1"}' },
  { id: '8', event: 'message', data: '' },
  { event: 'end', data: '{}' },
];

describe('a stream of events', () => {
  it('is the same wherever its pieces end', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(said.length)), (cuts) => {
        const read = eventLines();
        const ends = [...cuts, said.length].sort((a, b) => a - b);
        expect(ends.flatMap((end, i) => read(said.slice(ends[i - 1] ?? 0, end)))).toEqual(heard);
      }),
    );
  });

  it('tells which order an event is of and who told it, and nothing where it is of none', () => {
    const data = '{"orderid":"o-1","topic":"order.events"}';
    expect(newsIn({ event: 'OrderPlaced', data })).toEqual({ orderId: 'o-1', topic: 'order.events' });
    for (const none of ['', '{}', '{"orderid":7}', 'no json']) expect(newsIn({ event: 'x', data: none })).toEqual({});
  });
});
