import { changeSince, HEIGHT, heightOf, pathOf, pictureIn, picturesOf, WIDTH, type Figure } from './drawing';

const figure = (at: string | null, value: number, more: Partial<Figure> = {}): Figure => ({
  at,
  group: null,
  currency: null,
  value,
  ...more,
});

describe('pictures of figures', () => {
  it('never have two currencies on one axis', () => {
    const pictures = picturesOf([
      figure('2026-10-01', 5, { currency: 'EUR' }),
      figure('2026-10-01', 700, { currency: 'JPY' }),
      figure('2026-10-02', 900, { currency: 'JPY' }),
    ]);
    expect(pictures.map(({ currency, most, total }) => [currency, most, total])).toEqual([
      ['JPY', 900, 1_600],
      ['EUR', 5, 5],
    ]);
  });

  it('have a line for each group, whose points stand where their time is', () => {
    const [picture] = picturesOf([
      figure('2026-10-01', 4, { group: 'web' }),
      figure('2026-10-11', 8, { group: 'web' }),
      figure('2026-10-06', 2, { group: 'shop' }),
    ]);
    expect(picture?.lines.map(({ name, total, points }) => [name, total, points.map(({ along }) => along)])).toEqual([
      ['web', 12, [0, 1]],
      ['shop', 2, [0.5]],
    ]);
  });

  it('begin at zero, or below it where something is', () => {
    const [picture] = picturesOf([figure('2026-10-01', 30), figure('2026-10-02', -10)]);
    if (!picture) throw new Error('There is none.');
    expect([-10, 0, 30].map((value) => heightOf(picture, value))).toEqual([0, HEIGHT / 4, HEIGHT]);
    const [line] = picture.lines;
    if (!line) throw new Error('There is none.');
    expect(pathOf(picture, line, false)).toBe(`M0.0 0.0L${WIDTH}.0 ${HEIGHT}.0`);
    expect(pathOf(picture, line, true)).toBe(`M${WIDTH}.0 0.0L0.0 ${HEIGHT}.0`);
  });

  it('are empty where nothing is in their currency', () =>
    expect(pictureIn([figure('2026-10-01', 5, { currency: 'EUR' })], 'GBP')).toMatchObject({ currency: 'GBP', lines: [], total: 0 }));

  it('without a time are one point each', () => {
    const [picture] = picturesOf([figure(null, 3, { group: 'LDN' }), figure(null, 0, { group: 'MUC' })]);
    expect(picture?.lines.map(({ name, total }) => [name, total])).toEqual([
      ['LDN', 3],
      ['MUC', 0],
    ]);
  });
});

it('a change is a part of what was before, and none where nothing was', () =>
  expect([changeSince(15, 10), changeSince(5, 10), changeSince(-5, -10), changeSince(5, 0)]).toEqual([0.5, -0.5, 0.5, undefined]));
