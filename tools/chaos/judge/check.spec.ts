import { countedChecks, linesOf, settle, standingOf, type Check, type Checked, type Looked } from './check';

const orders = (look: Check['look']): Check => ({ name: 'every order is somewhere', things: 'orders', look });
const checked = (looked: Looked): Checked => ({ name: 'every order is somewhere', things: 'orders', ...looked, seconds: 0 });
const now = { withinMs: 0, everyMs: 1 };

describe('a check', () => {
  const patience = { withinMs: 10_000, everyMs: 1 };

  it('looks again until nothing is missing any more', async () => {
    const answers = [['a is missing', 'b is missing'], ['b is missing'], []];
    const look = async () => ({ of: 2, breaches: answers.shift() ?? ['asked too often'] });
    expect(await settle(orders(look), patience)).toMatchObject({ name: 'every order is somewhere', of: 2, breaches: [] });
    expect(answers).toEqual([]);
  });

  it('says what was still missing when its time was over', async () => {
    const found = await settle(
      orders(async () => ({ of: 1, breaches: ['a is missing'] })),
      now,
    );
    expect([found.breaches, standingOf(found)]).toEqual([['a is missing'], 'broken']);
  });

  it('is no success when nobody could look', async () => {
    const found = await settle(
      orders(() => Promise.reject(new Error('Nobody answers.'))),
      now,
    );
    expect([found.breaches, standingOf(found)]).toEqual([['could not be looked at: Nobody answers.'], 'broken']);
  });

  it('that had nothing to look at shows nothing, and fails', async () => {
    const found = await settle(
      orders(async () => ({ of: 0, breaches: [] })),
      now,
    );
    expect(standingOf(found)).toBe('not shown');
    expect(linesOf(found)).toEqual(['NOT SHOWN  every order is somewhere, for there were no orders to look at']);
    expect(countedChecks([found])).toEqual({ passed: 0, failed: 1 });
  });

  it('says of how many things it holds, and of which kind there was none', () => {
    expect(linesOf(checked({ of: 1_204, breaches: [] }))).toEqual(['holds      every order is somewhere, of 1,204 orders']);
    expect(linesOf(checked({ of: 2, breaches: [], without: ['refund', 'label'] }))).toEqual([
      'holds      every order is somewhere, of 2 orders (none of them: refund, label)',
    ]);
  });

  it('names what broke it, the first twenty', () => {
    const breaches = Array.from({ length: 25 }, (_, i) => `order ${i}`);
    const lines = linesOf(checked({ of: 30, breaches }));
    expect([lines[0], lines.length, lines.at(-1)?.trim()]).toEqual([
      'BROKEN     every order is somewhere, of 30 orders',
      22,
      '… and 5 more',
    ]);
    expect(countedChecks([checked({ of: 30, breaches }), checked({ of: 1, breaches: [] })])).toEqual({ passed: 1, failed: 1 });
  });
});
