import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { carrierContract } from './carrier.contract';
import { carriersOf, policyIn } from './index';
import { rateTableOf } from './rate-table';
import { consignment, native } from './carrier.fixture';
import { tableRateCarrier } from './table-rate';
import { carrierSettings } from '../shipping.fixture';

const table = rateTableOf(`service,country,postal_prefix,up_to_grams,price,currency,days
standard,GB,,2000,350,GBP,3
express,GB,,2000,990,GBP,1`);
const carrier = tableRateCarrier({ table, secret: 'shared' });

carrierContract('table-rate', () => ({
  carrier,
  consignment,
  refused: { ...consignment, parcels: [{ parcelId: '1', weightGrams: 2_001, lines: [] }] },
  webhook: (updates) => {
    const rawBody = Buffer.from(JSON.stringify({ scans: updates.map(native) }));
    return { rawBody, signature: `sha256=${createHmac('sha256', 'shared').update(rawBody).digest('hex')}` };
  },
}));

describe('the carriers', () => {
  it('are refused at the start where one is named that is not set up', () => {
    const carriers = carriersOf(carrierSettings);
    expect(() => policyIn({ ...carrierSettings, CARRIERS: 'simulated, table-rate' }, carriers)).toThrow(
      'CARRIERS: table-rate is not set up. There are: simulated.',
    );
    expect(() => policyIn({ ...carrierSettings, CARRIERS: ' ' }, carriers)).toThrow(/^CARRIERS/);
  });

  it('are added by what the how-to says, and nothing else: an adapter, a line in the table, its settings, a spec', () => {
    const source = join(__dirname, '../..');
    const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
    const naming = files.filter((file) => /table-rate|tableRate/.test(readFileSync(join(source, file), 'utf8')));
    expect(naming.sort()).toEqual([
      'config.ts',
      'edge/carriers/index.ts',
      'edge/carriers/table-rate.spec.ts',
      'edge/carriers/table-rate.ts',
    ]);
    const howTo = readFileSync(join(source, '../../../docs/how-to/add-a-carrier.md'), 'utf8');
    for (const step of ['edge/carriers/<name>.ts', 'edge/carriers/index.ts', 'src/config.ts', 'carrier.contract.ts'])
      expect(howTo).toContain(step);
  });
});
