import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { usage } from './models';

const specsIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.spec.ts'))
    .map((file) => join(folder, file));

/** Specs of services that hold a card to what every card promises. */
const heldCards = (): readonly string[] =>
  readdirSync('services', { withFileTypes: true })
    .filter((each) => each.isDirectory())
    .flatMap(({ name }) => specsIn(join('services', name, 'src')))
    .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/modelCardContract\('([^']+)'/g)].map(([, name = '']) => name));

describe('cartage models', () => {
  it('shows no card that is not held to data, span, error, drift and what it must not be used for', () => {
    const shown = /cartage models \[([^\]]+)\]/.exec(usage)?.[1]?.split('|') ?? [];
    expect(shown.length).toBeGreaterThan(4);
    expect(heldCards().toSorted()).toEqual(shown.toSorted());
  });
});
