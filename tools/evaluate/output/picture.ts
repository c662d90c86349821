import type { Drift, JudgedMethod, Judgement, Measure, TradeOff } from '../judgement';
import { figure, measureOf } from './table';

const WIDTH = 900;
const LEFT = 290;
const RIGHT = 110;
const ROW = 30;
const CHART = 170;
const TRADE_OFF = 320;
const colours = ['#8a8f98', '#b0a18f', '#5b6b7f', '#c46a1b', '#1f6f8b', '#6b4c9a', '#3b7d3b'];

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const place = (value: number): string => value.toFixed(1);

interface TextOptions {
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly bold?: boolean;
  readonly colour?: string;
}

const text = (x: number, y: number, words: string, { anchor = 'start', bold = false, colour = '#222' }: TextOptions = {}): string =>
  `<text x="${place(x)}" y="${place(y)}" text-anchor="${anchor}" fill="${colour}"${bold ? ' font-weight="600"' : ''}>${escaped(words)}</text>`;

/** From what is shown to where it is drawn. */
const scale = (values: readonly number[], from: number, to: number): ((value: number) => number) => {
  const finite = values.filter(Number.isFinite);
  const [least, most] = [Math.min(...finite), Math.max(...finite)];
  return (value) => (most > least ? from + ((value - least) / (most - least)) * (to - from) : (from + to) / 2);
};

const colourOf = (n: number): string => colours[n % colours.length] ?? '#222';

/** A dot for each method, and the interval around it. */
const dots = (methods: readonly JudgedMethod[], { key, digits }: Measure): readonly string[] => {
  const figures = methods.map(({ figures: each }) => each[key] ?? { value: Number.NaN });
  const x = scale(
    figures.flatMap(({ value, low, high }) => [value, low ?? value, high ?? value]),
    LEFT,
    WIDTH - RIGHT,
  );
  return methods.flatMap(({ name, isBaseline }, n) => {
    const { value, low = value, high = value } = figures[n] ?? { value: Number.NaN };
    if (!Number.isFinite(value)) return [];
    const y = 70 + n * ROW;
    return [
      text(LEFT - 14, y + 4, name, { anchor: 'end', bold: !isBaseline }),
      `<line x1="${place(x(low))}" x2="${place(x(high))}" y1="${y}" y2="${y}" stroke="${colourOf(n)}" stroke-width="3"/>`,
      `<circle cx="${place(x(value))}" cy="${y}" r="6" fill="${colourOf(n)}"/>`,
      text(WIDTH - RIGHT + 14, y + 4, figure(value, digits)),
    ];
  });
};

/** A line for each method, over periods. */
const lines = ({ measure, periods, byMethod }: Drift, judgement: Judgement, top: number): readonly string[] => {
  const { label, digits } = measureOf(judgement, measure);
  const values = Object.values(byMethod).flat().filter(Number.isFinite);
  const x = (n: number): number => LEFT + (periods.length < 2 ? 0.5 : n / (periods.length - 1)) * (WIDTH - RIGHT - LEFT);
  const y = scale(values, top + CHART - 40, top + 20);
  const ends = [Math.min(...values), Math.max(...values)].map((value) =>
    text(LEFT - 14, y(value) + 4, figure(value, digits), { anchor: 'end' }),
  );
  const drawn = Object.entries(byMethod).map(([name, each]) => {
    const colour = colourOf(judgement.methods.findIndex((method) => method.name === name));
    const points = each.flatMap((value, n) => (Number.isFinite(value) ? [`${place(x(n))},${place(y(value))}`] : []));
    const marks = points.map((point) => `<circle cx="${point.split(',')[0]}" cy="${point.split(',')[1]}" r="3" fill="${colour}"/>`);
    return `<polyline points="${points.join(' ')}" fill="none" stroke="${colour}" stroke-width="2"/>${marks.join('')}`;
  });
  const every = Math.max(1, Math.ceil(periods.length / 6));
  const named = periods.flatMap((period, n) =>
    n % every === 0 ? [text(x(n), top + CHART - 14, period, { anchor: 'middle', colour: '#555' })] : [],
  );
  return [text(20, top, `${label} over time`, { bold: true }), ...ends, ...drawn, ...named];
};

/** A line for each method, of what it pays for what it gives. */
const curves = ({ title, x: across, y: up, byMethod }: TradeOff, { methods }: Judgement, top: number): readonly string[] => {
  const points = Object.values(byMethod).flat();
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const x = scale(xs, LEFT, WIDTH - RIGHT);
  const y = scale(ys, top + TRADE_OFF - 60, top + 30);
  const drawn = Object.entries(byMethod).map(([name, each]) => {
    const colour = colourOf(methods.findIndex((method) => method.name === name));
    const line = each.map((point) => `${place(x(point.x))},${place(y(point.y))}`).join(' ');
    return `<polyline points="${line}" fill="none" stroke="${colour}" stroke-width="2"/>`;
  });
  const ends = [Math.min(...xs), Math.max(...xs)].map((value) =>
    text(x(value), top + TRADE_OFF - 36, String(Number(value.toPrecision(3))), { anchor: 'middle', colour: '#555' }),
  );
  const heights = [Math.min(...ys), Math.max(...ys)].map((value) =>
    text(LEFT - 14, y(value) + 4, String(Number(value.toPrecision(3))), { anchor: 'end' }),
  );
  const below = text((LEFT + WIDTH - RIGHT) / 2, top + TRADE_OFF - 36, across, { anchor: 'middle', colour: '#555' });
  return [text(20, top, `${title}: ${up}`, { bold: true }), ...heights, ...drawn, ...ends, below];
};

/** An SVG without scripts, fonts or links: the headline measure of each method with its interval, and how it went over time. */
export const pictureOf = (title: string, judgement: Judgement): string => {
  const headline = measureOf(judgement, judgement.headline);
  const drift = judgement.drift.filter(({ periods }) => periods.length > 0);
  const first = 90 + judgement.methods.length * ROW;
  const below = first + (judgement.tradeOff ? TRADE_OFF : 0);
  const height = below + drift.length * CHART;
  const wish = typeof headline.better === 'number' ? `${headline.better} is right` : `${headline.better} is better`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" font-family="sans-serif" font-size="13" role="img">`,
    `<title>${escaped(`${title}: ${headline.label} by method`)}</title>`,
    `<rect width="${WIDTH}" height="${height}" fill="#fff"/>`,
    text(20, 30, `${title}: ${headline.label}, ${wish}; the bar is the 95 % interval`, { bold: true }),
    ...dots(judgement.methods, headline),
    ...(judgement.tradeOff ? curves(judgement.tradeOff, judgement, first + 10) : []),
    ...drift.flatMap((each, n) => lines(each, judgement, below + n * CHART + 10)),
    '</svg>',
    '',
  ].join('\n');
};
