import { sampleOf } from '@cartage/testkit';
import fc from 'fast-check';
import { Audit, lineOf } from './audit';
import type { Heard } from './book';
import { minute, wholeLife } from './life.fixture';
import { expectationsOf, findingsOf, isOpen, nextLook } from './judging';
import { booksOf, hear } from './hearing';
import type { Book } from './book';

const life = wholeLife(sampleOf);

/** Some of a life, some of it told twice, and perhaps one fact that is there a second time as another event. */
const told = fc
  .record({
    kept: fc.subarray([...life], { minLength: 1 }),
    again: fc.subarray([...life]),
    doubled: fc.option(fc.constantFrom(...life)),
  })
  .map(({ kept, again, doubled }): readonly Heard[] => [
    ...kept,
    ...again.filter((event) => kept.includes(event)),
    ...(doubled ? [{ ...doubled, id: 'ffffffff-0000-7000-8000-000000000009', sequence: doubled.sequence + 1 }] : []),
  ]);

const shuffled = told.chain((events) => fc.tuple(fc.constant(events), fc.shuffledSubarray([...events], { minLength: events.length })));
const time = fc.integer({ min: 0, max: 100_000 }).map(minute);

const linesOf = (events: readonly Heard[], at: string): readonly string[] => {
  const audit = new Audit();
  for (const event of events) audit.hear(event);
  return audit.findings(at, { late: true }).map(lineOf);
};

const bookOf = (events: readonly Heard[]): Book => {
  let book: Book | undefined;
  for (const event of events) for (const key of booksOf(event)) if (key === event.key) book = hear(book, event, key);
  if (!book) throw new Error('Nothing was heard.');
  return book;
};

describe('what is found', () => {
  it('is the same in whatever order it is heard, and however often', () =>
    fc.assert(
      fc.property(shuffled, time, ([events, otherwise], at) =>
        expect(linesOf([...otherwise, ...otherwise.slice(0, 3)], at)).toEqual(linesOf(events, at)),
      ),
    ));

  it('is the same after a book was kept and read again at any point', () =>
    fc.assert(
      fc.property(shuffled, fc.nat({ max: 20 }), time, ([, events], cut, at) => {
        let book: Book | undefined = undefined;
        for (const [index, event] of events.entries()) {
          book = hear(book, event);
          if (index === cut) book = JSON.parse(JSON.stringify(book)) as Book;
        }
        expect(findingsOf(book as unknown as Book, at)).toEqual(findingsOf(bookOf(events), at));
      }),
    ));

  it('grows with time only at the moments that were foretold', () =>
    fc.assert(
      fc.property(told, time, time, (events, one, other) => {
        const [from, to] = one < other ? [one, other] : [other, one];
        const book = bookOf(events);
        const next = nextLook(book, from);
        if (next === undefined || next >= to) expect(findingsOf(book, to).filter(isOpen)).toEqual(findingsOf(book, from).filter(isOpen));
      }),
    ));

  it('never is of something that is met in time', () =>
    fc.assert(
      fc.property(told, time, (events, at) => {
        const book = bookOf(events);
        const met = expectationsOf(book).filter(({ came, due }) => came && (due === undefined || came.at <= due));
        const names = new Set(met.map(({ rule, about }) => `${rule.name} ${about}`));
        expect(findingsOf(book, at).filter(({ kind, rule, about }) => kind !== 'doubled' && names.has(`${rule} ${about}`))).toEqual([]);
      }),
    ));
});
