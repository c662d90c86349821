import { readdirSync } from 'node:fs';
import { services } from '@cartage/embedded/services';
import { listeningServices, serviceNames } from '../../services/console/web/src/api/service-names';

/** Who listens has a file that says so. */
const listens = (name: string): boolean =>
  readdirSync(`services/${name}/src/edge`, { recursive: true }).some((file) => String(file).includes('listener'));

describe('the services that the console knows', () => {
  const names = services.map(({ name }) => name);

  it('are all there are, so that it asks every one how it is', () => expect([...serviceNames]).toEqual(names));

  it('are known to listen to others where they do, so that no dead letter is overlooked', () =>
    expect([...listeningServices]).toEqual(names.filter(listens)));
});
