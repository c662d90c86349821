import { byHand, meanwhile, roundsOver } from './actors';
import { Problem } from './problem';

describe('a round over a queue', () => {
  it('leaves alone what it handled and what still stands in the view, and handles it again once it came back', async () => {
    const queues = [['a', 'b'], ['b', 'c'], ['c'], ['b'], []];
    const handled: string[][] = [];
    const round = roundsOver<string>({
      list: () => Promise.resolve(queues.shift() ?? []),
      idOf: (id) => id,
      handle: (ids) => Promise.resolve(void handled.push([...ids])),
    });
    expect([await round(), await round(), await round(), await round(), await round()]).toEqual([2, 1, 0, 1, 0]);
    expect(handled).toEqual([['a', 'b'], ['c'], ['b']]);
  });
});

describe('a round by hand', () => {
  it.each([
    new Problem(409, 'SHIPMENT_HELD', 'POST /pack', 'Release the hold first.'),
    new Problem(422, 'NOTHING_TAKEN', 'POST /handovers', 'Nothing would be taken.'),
  ])('leaves what has changed since one looked, does the rest, and looks at it again: $code', async (changed) => {
    const queues = [['held', 'b'], ['held'], []];
    const done: string[] = [];
    const round = roundsOver<string>({
      list: () => Promise.resolve(queues.shift() ?? []),
      idOf: (id) => id,
      handle: byHand(2, async (id) => {
        if (id === 'held' && !done.includes('b')) throw changed;
        done.push(id);
      }),
    });
    expect([await round(), await round(), await round()]).toEqual([1, 1, 0]);
    expect(done).toEqual(['b', 'held']);
  });

  it('ends with what nobody could know of', async () => {
    const round = roundsOver<string>({
      list: () => Promise.resolve(['a']),
      idOf: (id) => id,
      handle: byHand(2, () => Promise.reject(new Problem(422, 'INVALID_REQUEST', 'POST /pack', 'parcels is missing.'))),
    });
    await expect(round()).rejects.toThrow('parcels is missing');
  });
});

describe('the play', () => {
  it('is over when it is over, and the actors go home', async () => {
    let rounds = 0;
    const actor = { name: 'busy', round: () => Promise.resolve((rounds += 1)) };
    await meanwhile([actor], async () => {
      while (rounds < 3) await new Promise((resolve) => setImmediate(resolve));
    });
    const then = rounds;
    await new Promise((resolve) => setImmediate(resolve));
    expect(rounds).toBe(then);
  });

  it('ends with the failure of an actor', async () => {
    const actor = { name: 'clumsy', round: () => Promise.reject(new Error('dropped it')) };
    await expect(meanwhile([actor], () => new Promise(() => undefined))).rejects.toThrow('dropped it');
  });
});
