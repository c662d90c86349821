import { readdirSync, readFileSync } from 'node:fs';

const readme = readFileSync('libs/client/README.md', 'utf8');
const shown = [...readme.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code]) => code);

describe('the README of the client', () => {
  it('shows the examples as they run, and no other code', () => {
    const examples = readdirSync('libs/client/examples').map((file) => readFileSync(`libs/client/examples/${file}`, 'utf8'));
    expect(shown.toSorted()).toEqual(examples.toSorted());
  });
});
