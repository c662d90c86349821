import { Topics } from '@cartage/contracts';
import { questions } from '../../domain/questions/catalogue';
import { viewNameOf, type QuestionColumn } from '../../domain/questions/question';
import { star } from '../../domain/star';
import type { Fact, Row } from '../../domain/table';
import { startReporting, type RunningReporting } from '../reporting.fixture';
import { generationOf, tableIn } from '../star/definition';
import { toldOf } from '../star/events.fixture';
import { renewNames } from '../star/generations';
import { starIn } from '../star/postgres-star';
import { decidedCases } from './decided.given.fixture';
import { earnedCases } from './earned.given.fixture';
import { order } from './given.fixture';
import { owedCases } from './owed.given.fixture';
import { sentCases } from './sent.given.fixture';
import { soldCases } from './sold.given.fixture';

jest.setTimeout(120_000);

let reporting: RunningReporting;
let pool: RunningReporting['pool'];
const generation = generationOf('1');
const cases = [...soldCases, ...sentCases, ...owedCases, ...earnedCases, ...decidedCases];

beforeAll(async () => {
  reporting = await startReporting();
  pool = reporting.pool;
});

afterAll(() => reporting.close());

/** Nothing but these facts is known; an event that says nothing brings them. */
const know = async (facts: readonly Fact[]): Promise<void> => {
  await pool.query(`truncate ${[...star.map(({ name }) => name), 'heard'].map((name) => tableIn(generation, name)).join(', ')}`);
  const [envelope] = toldOf(Topics.order, { type: 'OrderConfirmed', data: {} } as never);
  if (envelope) await starIn(pool, generation).keep([{ envelope, facts }]);
};

interface Answer {
  readonly status: number;
  readonly body: {
    readonly rows: readonly Row[];
    readonly next: string | null;
    readonly freshness: readonly Row[];
    readonly code?: string;
  };
}

const ask = async (path: string): Promise<Answer> => {
  const response = await fetch(`${reporting.url}/reporting/questions/${path}`);
  return { status: response.status, body: (await response.json()) as Answer['body'] };
};

describe('a question', () => {
  it.each(cases.map((each) => [each.question, each.that, each] as const))('%s: %s', async (name, _, { given, asked = '', rows }) => {
    await know(given);
    const { status, body } = await ask(`${name}?${asked}`);
    expect({ status, rows: body.rows, next: body.next }).toEqual({ status: 200, rows, next: null });
  });

  it('is tested, whichever it is', () =>
    expect([...new Set(cases.map(({ question }) => question))].toSorted()).toEqual(questions.map(({ name }) => name).toSorted()));

  it('has a view of the columns that it says, in their order and of their types', async () => {
    const { rows } = await pool.query<{ view: string; columns: readonly string[] }>(
      `select c.relname as view, array_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod) order by a.attnum) as columns
       from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
       where c.relnamespace = 'reporting'::regnamespace and c.relname like 'question%' group by c.relname`,
    );
    const typeOf = ({ type }: QuestionColumn): string => (type === 'timestamptz' ? 'timestamp with time zone' : type);
    const expected = questions.map((each) => [
      viewNameOf(each),
      Object.entries<QuestionColumn>(each.columns).map(([column, about]) => `${column} ${typeOf(about)}`),
    ]);
    expect(Object.fromEntries(rows.map(({ view, columns }) => [view, columns]))).toEqual(Object.fromEntries(expected));
  });

  it('goes by the words of the program that started last, and is gone where that one does not know it', async () => {
    await pool.query(`update generation set wording = 'another'; create view question_of_before as select 1 as one`);
    await pool.query(`comment on view question_sales is 'What it said before.'`);
    const views = `select relname, obj_description(oid) as about from pg_class where relname in ('question_sales', 'question_of_before')`;
    await renewNames(pool, { generation, reader: 'nobody' });
    expect((await pool.query(views)).rows).toEqual([{ relname: 'question_sales', about: expect.stringContaining('What was sold') }]);
    await pool.query(`comment on view question_sales is 'Not looked at any more.'`);
    await renewNames(pool, { generation, reader: 'nobody' });
    expect((await pool.query(views)).rows).toEqual([{ relname: 'question_sales', about: 'Not looked at any more.' }]);
  });

  it('is answered page by page, says how fresh it is, and is a file without formulas', async () => {
    await know([1, 2, 3].flatMap((n) => order(n, { channel_key: `=channel-${n}`, placed_at: `2026-10-0${4 - n}T10:00:00Z` })));
    const dates: unknown[] = [];
    for (let next: string | null = ''; next !== null;) {
      const { body } = await ask(`sales?limit=1${next === '' ? '' : `&cursor=${next}`}`);
      dates.push(...body.rows.map(({ date }) => date));
      expect(body.freshness).toEqual(expect.arrayContaining([expect.objectContaining({ table: 'fact_order', topic: 'order.events' })]));
      next = body.next;
    }
    expect(dates).toEqual(['2026-10-01', '2026-10-02', '2026-10-03']);
    const file = await fetch(`${reporting.url}/reporting/questions/sales/rows.csv?limit=2`);
    expect([file.headers.get('content-type'), typeof file.headers.get('cartage-next')]).toEqual(['text/csv; charset=utf-8', 'string']);
    const [header, first, ...others] = (await file.text()).trimEnd().split('\r\n');
    expect(header).toMatch(/^date,channel,country,currency,orders,/);
    expect(first).toMatch(/^2026-10-01,'=channel-3,GB,GBP,1,/);
    expect(others).toHaveLength(1);
  });

  it('is added up by time, never over two currencies, and told apart by what there is most of', async () => {
    await know([
      ...order(1),
      ...order(2, { channel_key: 'shop', country: undefined }),
      ...order(3, { currency: 'EUR', total: 1_500 }),
      ...order(4, { placed_at: '2026-10-06T12:00:00Z' }),
    ]);
    const first = '2026-10-05';
    const { body } = await ask('sales/figures?measure=total&from=2026-10-01&to=2026-10-31');
    expect(body).toMatchObject({
      ...{ question: 'sales', measure: 'total', by: null, left: 0 },
      figures: [
        { at: first, group: null, currency: 'EUR', value: 1_500 },
        { at: first, group: null, currency: 'GBP', value: 2_602 },
        { at: '2026-10-06', group: null, currency: 'GBP', value: 1_301 },
      ],
    });
    expect(body.freshness).toEqual(expect.arrayContaining([expect.objectContaining({ table: 'fact_order' })]));
    expect((await ask('sales/figures?measure=units&by=channel&to=2026-10-05')).body).toMatchObject({
      figures: [
        { at: first, group: 'web', currency: null, value: 4 },
        { at: first, group: 'shop', currency: null, value: 2 },
      ],
    });
    await know(Array.from({ length: 10 }, (_, n) => order(n + 1, { channel_key: `channel-${n}` })).flat());
    const { body: many } = await ask('sales/figures?measure=orders&by=channel');
    expect(many).toMatchObject({ left: 2, figures: Array.from({ length: 8 }, (_, n) => ({ group: `channel-${n}` })) });
  });

  it('is taken from a list that says what can be added up, by what it is told apart, and its SQL', async () => {
    const { items } = (await (await fetch(`${reporting.url}/reporting/questions`)).json()) as { readonly items: readonly Row[] };
    expect(items.find(({ name }) => name === 'cohorts')).toMatchObject({
      ...{ time: { column: 'cohort', unit: 'month' }, key: ['cohort', 'month_number', 'currency'] },
      ...{ measures: ['orders', 'total'], groups: [], sql: expect.stringContaining('fact_order') },
      columns: expect.arrayContaining([expect.objectContaining({ name: 'total', isAmount: true })]),
    });
  });

  it.each([
    ['nothing', 404, 'QUESTION_UNKNOWN'],
    ['days_of_supply?from=2026-10-01', 422, 'PARAMETER_REFUSED'],
    ['sales?sku=MUG', 422, 'PARAMETER_REFUSED'],
    ['sales?from=2026-10-02&to=2026-10-01', 422, 'PARAMETER_REFUSED'],
    ['sales?cursor=x', 422, 'CURSOR_INVALID'],
    ['cohorts/figures?measure=units', 422, 'PARAMETER_REFUSED'],
    ['sales/figures?measure=total&by=sku', 422, 'PARAMETER_REFUSED'],
    ['sales/figures?measure=rank', 422, 'REQUEST_INVALID'],
  ])('%s is refused: %i %s', async (path, status, code) => {
    expect(await ask(path)).toMatchObject({ status, body: { code } });
  });
});
