import { readdirSync } from 'node:fs';
import { services } from '@cartage/embedded/services';
import { letterServices } from '../../services/console/web/src/queues/letter-services';

/** Who listens has a file that says so. */
const listens = (name: string): boolean =>
  readdirSync(`services/${name}/src/edge`, { recursive: true }).some((file) => String(file).includes('listener'));

it('the console looks for dead letters with every service that listens to others', () =>
  expect([...letterServices].sort()).toEqual(
    services
      .map(({ name }) => name)
      .filter(listens)
      .sort(),
  ));
