import { readFileSync } from 'node:fs';
import { plannedServices } from '../distributed/plan';
import { entranceConf } from './entrance-conf';

describe('the entrance before the services of compose', () => {
  const conf = entranceConf(plannedServices);

  it('is what is in the repository (npm run reference)', () => expect(readFileSync('deploy/compose/entrance.conf', 'utf8')).toBe(conf));

  it('leads each path to the service that answers it, and operators to each service by its name', () => {
    const target = (path: string): string | undefined =>
      [...conf.matchAll(/location ~ (\S+) \{ set \$behind http:\/\/([\w-]+):3000;/g)].find(([, pattern = '']) =>
        new RegExp(pattern).test(path),
      )?.[2];
    expect(['/orders', '/orders/7', '/stream', '/console/orders/7'].map(target)).toEqual(['order', 'order', 'subscriptions', 'console']);
    expect(target('/operations/returns/dead-letters')).toBe('returns');
    expect(['/ordersmore', '/nothing', '/operations/nobody'].map(target)).toEqual([undefined, undefined, undefined]);
  });
});
