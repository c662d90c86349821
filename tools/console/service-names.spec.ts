import { readdirSync, readFileSync } from 'node:fs';
import { services } from '@cartage/embedded/services';

/** What the program of the browser says, which is nobody's to import here. */
const said = readFileSync('services/console/web/src/api/service-names.ts', 'utf8');
const [known = '', listening = ''] = said.split('export const listeningServices');
const namesIn = (text: string): readonly string[] => [...text.matchAll(/'([a-z-]+)'/g)].flatMap(([, name]) => name ?? []);

/** Who listens has a file that says so. */
const listens = (name: string): boolean =>
  readdirSync(`services/${name}/src/edge`, { recursive: true }).some((file) => String(file).includes('listener'));

describe('the services that the console knows', () => {
  const names = services.map(({ name }) => name);

  it('are all there are, so that it asks every one how it is', () => expect(namesIn(known)).toEqual(names));

  it('are known to listen to others where they do, so that no dead letter is overlooked', () =>
    expect(namesIn(listening)).toEqual(names.filter((name) => !listens(name))));
});
