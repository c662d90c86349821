import { array, assert, asyncProperty, integer, record } from 'fast-check';
import { comparedBy, type Entry } from './comparing';

async function* side(...entries: readonly Entry[]): AsyncGenerator<Entry> {
  yield* entries;
}
const entry = (id: string, figures: Entry['figures']): Entry => ({ id, figures });

describe('two sides', () => {
  it('agree where one has a row of nothing and the other none', async () =>
    expect(await comparedBy(side(entry('a', { units: 0, carrier: null })), side())).toMatchObject({
      compared: 1,
      differences: [],
      different: [],
    }));

  it('are told apart by thing and figure, with what each says, and with the sums', async () =>
    expect(
      await comparedBy(
        side(entry('a', { total: 100, currency: 'GBP' }), entry('b', { total: 5 }), entry('d', { total: 1 })),
        side(entry('a', { total: 101, currency: 'GBP' }), entry('c', { total: 7 }), entry('d', { total: 1 })),
      ),
    ).toEqual({
      compared: 4,
      differences: [
        { id: 'a', figure: 'total', theirs: 100, ours: 101 },
        { id: 'b', figure: 'total', theirs: 5, ours: null },
        { id: 'c', figure: 'total', theirs: null, ours: 7 },
      ],
      different: ['a', 'b', 'c'],
      totals: { total: { theirs: 106, ours: 109 } },
    }));

  const ids = array(record({ id: integer({ min: 10, max: 99 }), units: integer({ min: 1, max: 3 }) }), { maxLength: 30 });
  const entriesOf = (given: readonly { readonly id: number; readonly units: number }[]): readonly Entry[] =>
    [...new Map(given.map(({ id, units }) => [String(id), entry(String(id), { units })]))]
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([, each]) => each);

  it('differ in just those things of which they say something else', () =>
    assert(
      asyncProperty(ids, ids, async (theirs, ours) => {
        const [left, right] = [entriesOf(theirs), entriesOf(ours)];
        const said = (of: readonly Entry[], id: string) => of.find((each) => each.id === id)?.figures['units'];
        const all = [...new Set([...left, ...right].map(({ id }) => id))].toSorted();
        const { compared, different } = await comparedBy(side(...left), side(...right));
        expect([compared, different]).toEqual([all.length, all.filter((id) => said(left, id) !== said(right, id))]);
      }),
    ));
});
