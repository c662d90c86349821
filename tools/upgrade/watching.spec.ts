import { watchLists } from './watching';

const origins = [{ orders: 'http://a', payments: 'http://a', shipping: 'http://a', returns: 'http://a' }];

/** One answer of `/orders` after the other; then it is told to stop. */
const watched = async (answers: readonly { readonly status: number; readonly items: number }[]) => {
  const stopping = new AbortController();
  let asked = 0;
  return watchLists({
    ...{ origins, signal: stopping.signal, everyMs: 1 },
    ask: async (url) => {
      if (!url.includes('/orders')) return { status: 200, items: 1 };
      const answer = answers[asked] ?? { status: 200, items: 1 };
      asked += 1;
      if (asked >= answers.length) stopping.abort();
      if (answer.status === 0) throw new Error('ECONNREFUSED');
      return answer;
    },
  });
};

describe('lists during a rollout', () => {
  it('may be empty before anything was in them, and away while somebody is replaced', async () => {
    const found = await watched([
      { status: 200, items: 0 },
      { status: 200, items: 1 },
      { status: 0, items: 0 },
      { status: 503, items: 0 },
      { status: 200, items: 1 },
    ]);
    expect(found).toMatchObject({ breaches: [], refused: { 0: 1, 503: 1 } });
    expect(found.shown).toBeGreaterThan(3);
    // Of `/orders` the one look that came after it had shown something, and those at the other lists after their first.
    expect(found.compared).toBeGreaterThan(0);
    expect(found.compared).toBeLessThan(found.shown);
  });

  it('are there in every version', async () => {
    const { breaches } = await watched([{ status: 404, items: 0 }]);
    expect(breaches).toEqual(['/orders was answered with 404 at http://a']);
  });

  it('that never showed anything are named: nothing is shown of them', async () => {
    const { neverFilled, compared } = await watched([{ status: 200, items: 0 }]);
    expect([neverFilled, compared]).toEqual([['/orders'], 0]);
  });

  it('may not be empty afterwards', async () => {
    const { breaches } = await watched([
      { status: 200, items: 1 },
      { status: 200, items: 0 },
      { status: 200, items: 1 },
    ]);
    expect(breaches).toEqual([expect.stringContaining('/orders was empty at http://a')]);
  });
});
