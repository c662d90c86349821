import type { Figure, Sides } from './fork-sides';

const [WIDTH, LEFT, RIGHT, ROW, BAR] = [900, 380, 120, 40, 13];
const colours = { without: '#8a8f98', with: '#1f6f8b' } as const;

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const shown = (value: number): string => value.toLocaleString('en', { maximumFractionDigits: 2 });

const bar = (value: number, most: number, { y, colour }: { readonly y: number; readonly colour: string }): string => {
  const length = most === 0 ? 0 : (Math.abs(value) / most) * (WIDTH - LEFT - RIGHT);
  return `<rect x="${LEFT}" y="${y}" width="${length.toFixed(1)}" height="${BAR}" fill="${colour}"/>
<text x="${(LEFT + length + 8).toFixed(1)}" y="${y + BAR - 2}" fill="#222">${shown(value)}</text>`;
};

const row = (figure: Figure, y: number): string => {
  const most = Math.max(Math.abs(figure.without), Math.abs(figure.with));
  return [
    `<text x="${LEFT - 14}" y="${y + BAR + 3}" text-anchor="end" fill="#222">${escaped(figure.measure)}</text>`,
    bar(figure.without, most, { y, colour: colours.without }),
    bar(figure.with, most, { y: y + BAR + 2, colour: colours.with }),
  ].join('\n');
};

/** Both sides of each figure as bars, each figure on a scale of its own. */
export const sidesPicture = (all: readonly Sides[]): string => {
  const parts: string[] = [];
  let y = 60;
  for (const { method, figures } of all) {
    if (figures.length === 0) continue;
    parts.push(`<text x="20" y="${y}" font-weight="600" fill="#222">${escaped(method)}</text>`);
    y += 16;
    for (const figure of figures) {
      parts.push(row(figure, y));
      y += ROW;
    }
    y += 24;
  }
  const key = (['without', 'with'] as const).map(
    (side, n) =>
      `<rect x="${LEFT + n * 110}" y="16" width="12" height="12" fill="${colours[side]}"/><text x="${LEFT + n * 110 + 18}" y="27" fill="#222">${side}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y}" font-family="system-ui, sans-serif" font-size="13">
<rect width="${WIDTH}" height="${y}" fill="#fff"/>
${[...key, ...parts].join('\n')}
</svg>
`;
};
