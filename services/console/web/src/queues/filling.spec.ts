import { askedOf, given, initialValues, isFilled } from './filling';
import type { Deed, Field } from './queue';

const fields: readonly Field[] = [
  { name: 'choice', label: 'queues.field.choice', kind: 'choice', options: ['wait', 'substitute'] },
  {
    ...{ name: 'substitute', label: 'queues.field.substitute', kind: 'line', isRequired: true },
    when: ({ choice }) => choice === 'substitute',
  },
];
const deed: Pick<Deed, 'fields'> = { fields };

describe('the form of a deed', () => {
  it('begins with the first of what can be chosen, or with what was known', () =>
    expect(initialValues({ fields: [...fields, { name: 'assignee', label: 'queues.work.who', kind: 'line', initial: 'anna' }] })).toEqual({
      ...{ choice: 'wait', substitute: '', assignee: 'anna' },
    }));

  it('asks for nothing that does not matter, and can be sent once all that matters is there', () => {
    expect(askedOf(deed, { choice: 'wait' }).map(({ name }) => name)).toEqual(['choice']);
    expect(isFilled(deed, { choice: 'wait' })).toBe(true);
    expect(isFilled(deed, { choice: 'substitute', substitute: '  ' })).toBe(false);
    expect(isFilled(deed, { choice: 'substitute', substitute: 'MUG-2' })).toBe(true);
    expect(isFilled({}, {})).toBe(true);
  });

  it('takes no amount that is none of its currency, and none at all where none is needed', () => {
    const amount = { name: 'amount', label: 'queues.field.amount', kind: 'amount', currency: 'GBP' } as const;
    const isFit = (written: string, isRequired: boolean): boolean => isFilled({ fields: [{ ...amount, isRequired }] }, { amount: written });
    expect(['12.50', '12', '12.505', 'much', ''].map((each) => isFit(each, true))).toEqual([true, true, false, false, false]);
    expect(isFit('', false)).toBe(true);
  });

  it('sends nothing that was left empty', () =>
    expect([given('note', ''), given('note', undefined), given('note', 'x')]).toEqual([{}, {}, { note: 'x' }]));
});
