import { selectOf } from './select';

const sales = { view: 'question_sales', key: ['date', 'channel'], time: { column: 'date', unit: 'day' as const } };

it('the SQL of an answer is narrowed as the answer is', () => {
  expect(selectOf(sales, {})).toBe('select * from reporting.question_sales\norder by date, channel;');
  expect(selectOf(sales, { from: '2026-10-01', to: '2026-10-31', channel: "o'hara" })).toBe(
    "select * from reporting.question_sales\nwhere date >= '2026-10-01'\n  and date <= '2026-10-31'\n  and channel = 'o''hara'\norder by date, channel;",
  );
  expect(selectOf({ ...sales, time: { column: 'month', unit: 'month' } }, { from: '2026-10-05' })).toContain(
    "where month >= date_trunc('month', '2026-10-05'::date)",
  );
});
