/** As much of a card as every model owes to whoever reads it. */
interface Card {
  readonly name: string;
  readonly version: string;
  readonly model: string;
  readonly data: { readonly about: string; readonly from: string | null; readonly to: string | null; readonly learnedFrom: number };
  readonly error: readonly { readonly measure: string; readonly value: number }[];
  readonly drift: readonly { readonly period: string; readonly decisions: number; readonly foretold: number; readonly happened: number }[];
  readonly notes: readonly string[];
  readonly notFor: readonly string[];
}

export interface CardsUnderTest {
  /** Of a model that has seen nothing yet. */
  fresh(): Promise<Card>;
  /** Of one that has learned, and whose decisions have come out. */
  learned(): Promise<Card>;
}

const DAY = /^\d{4}-\d\d-\d\d/;
const numbersIn = ({ error, drift }: Card): readonly number[] => [
  ...error.map(({ value }) => value),
  ...drift.flatMap(({ decisions, foretold, happened }) => [decisions, foretold, happened]),
];

/** What every card of a model promises: data, time span, error, drift, and what it must not be used for. */
export const modelCardContract = (name: string, { fresh, learned }: CardsUnderTest): void => {
  describe(`model card ${name}`, () => {
    it('says from what it was learned, and from when to when', async () => {
      const { name: own, version, model, data } = await learned();
      expect([own, version.length > 0, model.length > 0, data.about.length > 0]).toEqual([name, true, true, true]);
      expect(data.learnedFrom).toBeGreaterThan(0);
      expect([data.from, data.to]).toEqual([expect.stringMatching(DAY), expect.stringMatching(DAY)]);
      expect((data.from ?? '') <= (data.to ?? '')).toBe(true);
    });

    it('says how far off it is, and month by month whether that holds', async () => {
      const card = await learned();
      expect(card.error.length).toBeGreaterThan(0);
      expect(card.drift.length).toBeGreaterThan(0);
      for (const { period } of card.drift) expect(period).toMatch(/^\d{4}-\d\d/);
      expect(numbersIn(card).filter((value) => !Number.isFinite(value))).toEqual([]);
    });

    it('says how it is to be read, and what it must not be used for', async () => {
      for (const { notes, notFor } of [await fresh(), await learned()]) {
        expect([...notes, ...notFor].filter((line) => !line.endsWith('.'))).toEqual([]);
        expect([notes.length > 0, notFor.length > 0]).toEqual([true, true]);
      }
    });

    it('has no span, error or drift before anything is known', async () => {
      const { data, error, drift, model } = await fresh();
      expect({ ...data, about: '', error, drift, model }).toMatchObject({
        from: null,
        to: null,
        learnedFrom: 0,
        error: [],
        drift: [],
        model: '',
      });
    });
  });
};
