import { Refusal } from '../api/client';
import { jsonFaults, lineRange, refusedFields } from './faults';

const routing = { parts: ['rules'], prefix: 'rules' } as const;
const rules = '{\n  "maxSplit": 0,\n  "cost": { "rates": [] }\n}';

describe('what is wrong with a draft', () => {
  it('is told at the line of its field', () => {
    const fault = new Refusal(422, 'BODY_INVALID', 'Two fields are wrong.', {
      errors: [
        { field: 'rules.maxSplit', code: 'min', message: 'must not be less than 1' },
        { field: 'note', code: 'isNotEmpty', message: 'should not be empty' },
      ],
    });
    expect(refusedFields(routing, { rules }, fault)).toEqual([
      { part: 'rules', line: 2, field: 'rules.maxSplit', message: 'must not be less than 1' },
      { part: 'rules', line: 1, field: 'note', message: 'should not be empty' },
    ]);
  });

  it('is told of the part of a message that it is in', () => {
    const fault = new Refusal(422, 'TEMPLATE_BROKEN', 'No.', { errors: [{ field: 'mjml', code: 'x', message: 'is broken' }] });
    expect(refusedFields({ parts: ['subject', 'text', 'mjml'], prefix: '' }, {}, fault)).toEqual([
      { part: 'mjml', field: 'mjml', message: 'is broken' },
    ]);
  });

  it('is nothing of fields where nobody said any', () => expect(refusedFields(routing, { rules }, new Error('Broken.'))).toEqual([]));

  it('is found before anybody is asked where the text is no JSON', () => {
    expect(jsonFaults(routing, { rules })).toEqual([]);
    expect(jsonFaults(routing, { rules: '{\n  "a": 1,\n  oops\n}' })).toEqual([
      { part: 'rules', field: '', message: expect.any(String), line: 3 },
    ]);
    expect(jsonFaults({ parts: ['subject', 'text', 'mjml'] }, { text: 'not { json' })).toEqual([]);
  });
});

it('a line is selected from its beginning to its end', () => {
  const [from, to] = lineRange('ab\ncde\nf', 2);
  expect('ab\ncde\nf'.slice(from, to)).toBe('cde');
});
