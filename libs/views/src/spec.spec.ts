import { rowsAfter } from './spec';
import { add, patch, put, remove, type View } from './view';
import { totals, type Noted } from './entries.fixture';

const note = (text: string): Noted => ({ type: 'Noted', data: { note: text } });

it('shows the rows of a view that asks for the state of the stream', () =>
  expect(rowsAfter(totals, [note('a'), note('bcd'), note('e')])).toEqual([{ stream: 'stream-1', longest: 3, notes: 3, letters: 5 }]));

it('leaves out what was removed, and what was changed but never there', () => {
  const view: View<Noted, number> = {
    ...totals,
    on: { Noted: ({ data, version }) => (version > 1 ? remove({ stream: 'a' }) : [put({ stream: 'a' }), add({ stream: data.note }, {})]) },
  };
  expect(rowsAfter(view, [note('b')])).toEqual([{ stream: 'a' }]);
  expect(rowsAfter(view, [note('b'), note('c')])).toEqual([]);
  expect(rowsAfter({ ...totals, on: { Noted: () => patch({ stream: 'a' }, { notes: 1 }) } }, [note('b')])).toEqual([]);
});

it('says that a projector asks for a state which no fold makes', () => {
  const { fold: _fold, ...unfolded } = totals;
  expect(() => rowsAfter(unfolded, [note('a')])).toThrow('View totals asks for a state, but names no fold.');
});
