import type { Answer, Asking } from './asking';
import { cellsIn } from './cells';
import { drawn } from './drawing';
import { htmlOf } from './markdown';
import { writeNotebook } from './writing';

jest.setTimeout(120_000);

const source = [
  '# Sales & more',
  '',
  'What **sold**, as `fact_order` has it.',
  '```sql sales',
  'select month, pounds from sales',
  '```',
  '```vega-lite sales',
  '{ "title": "By month", "mark": "bar", "encoding": { "x": { "field": "month" }, "y": { "field": "pounds", "type": "quantitative" } } }',
  '```',
  'The end.',
].join('\n');

const sales: Answer = {
  columns: ['month', 'pounds'],
  rows: [
    ['2026-10', 1234.5],
    ['<b>2026-11</b>', null],
  ],
};
const asked = (answers: Readonly<Record<string, Answer>>): Asking => ({
  answer: (sql) => Promise.resolve(answers[sql] ?? { columns: ['heard_until', 'missing'], rows: [['2026-11-28 09:00', 0]] }),
});
const numbers = asked({ 'select month, pounds from sales': sales });

describe('a notebook', () => {
  it('is text, questions and pictures of their answers, in their order', () =>
    expect(cellsIn(source).map(({ kind }) => kind)).toEqual(['text', 'question', 'picture', 'text']));

  it.each([
    ['a picture of no answer', '```vega-lite sales\n{}\n```', /^Line 1: no ```sql sales stands above/],
    [
      'a picture that is no JSON',
      '```sql a\nselect 1\n```\n\n```vega-lite a\n{\n```',
      /^Line 5: the specification of a picture is a JSON object/,
    ],
    ['a block without an end', 'Text\n```sql a\nselect 1', /^Line 2: this block has no end/],
    ['two answers of one name', '```sql a\nselect 1\n```\n```sql a\nselect 2\n```', /^Line 4: there are two answers a/],
  ])('is refused for %s, with its line', (_, wrong, message) => expect(() => cellsIn(wrong)).toThrow(message));

  it('becomes one page that loads nothing, with tables, pictures, and how fresh the numbers are', async () => {
    const { html, pictures } = await writeNotebook(cellsIn(source), numbers, drawn);
    expect(html).toContain('<title>Sales &amp; more</title>');
    expect(html).toContain('<td class="number">1,234.5</td>');
    expect(html).toContain('heard until 2026-11-28 09:00 UTC; events missing: 0.');
    expect(html).not.toMatch(/<script|<b>|https?:\/\/(?!www\.w3\.org)/);
    expect(pictures).toEqual([expect.stringMatching(/^<svg[^]*2026-10[^]*By month[^]*<\/svg>$/)]);
    expect(html).toContain(pictures[0]);
  });

  it('says of a picture that there is nothing to draw, where the answer has no rows', async () => {
    const nothing = asked({ 'select month, pounds from sales': { ...sales, rows: [] } });
    const { html, pictures } = await writeNotebook(cellsIn(source), nothing, drawn);
    expect(html).toContain('By month: the answer has no rows, so there is nothing to draw.');
    expect(pictures).toEqual([]);
  });

  it('draws the same picture of the same answer', async () => {
    const once = await writeNotebook(cellsIn(source), numbers, drawn);
    expect(await writeNotebook(cellsIn(source), numbers, drawn)).toEqual(once);
  });

  it('draws an answer without rows: a day on which nothing was sold is no fault', async () => {
    const encoding = { x: { field: 'day', type: 'temporal' }, y: { field: 'pounds', type: 'quantitative' } };
    expect(await drawn([{ title: 'By day', mark: 'bar', data: { values: [] }, encoding }])).toEqual([
      expect.stringMatching(/^<svg[^]*By day/),
    ]);
  });

  it.each([
    ['what Vega-Lite does not know', { title: 'Odd', mark: 'nothing', data: { values: [] } }, /^A picture could not be drawn: Odd: /],
    ['what is loaded from elsewhere', { mark: 'bar', data: { url: 'http://127.0.0.1:1/x.json' } }, /A picture loads nothing: http/],
  ])('is not drawn with %s', (_, spec, message) => expect(drawn([spec])).rejects.toThrow(message));
});

describe('the text of a notebook', () => {
  it.each([
    ['## A *b* `c*d*` [e](https://f.example/g)', '<h2>A <em>b</em> <code>c*d*</code> <a href="https://f.example/g">e</a></h2>'],
    ['- one\n- _two_', '<ul><li>one</li><li><em>two</em></li></ul>'],
    ['<img src=x onerror=y> [x](javascript:y) snake_case_name', '<p>&lt;img src=x onerror=y&gt; [x](javascript:y) snake_case_name</p>'],
  ])('%j is markup where it says so, and nowhere else', (markdown, html) => expect(htmlOf(markdown)).toBe(html));
});
