import { fold } from '@cartage/eventsourcing';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { driftTolerance, type DriftToleranceChanged } from './drift';
import { publishedAlerts } from './published';
import { watch, type WatchEvent } from './watch';

const folder = join(__dirname, 'golden');
const golden = (type: string): unknown => JSON.parse(readFileSync(join(folder, `${type}.v1.json`), 'utf8'));
const ofWatches = ['ReorderPointChanged', 'AlertThresholdChanged'];

describe('stored events of what is watched', () => {
  it('keep their names for ever; of alerts all are published', () =>
    expect(readdirSync(folder).map((file) => file.replace('.v1.json', ''))).toEqual(
      [...ofWatches, 'DriftToleranceChanged', ...Object.keys(publishedAlerts)].toSorted(),
    ));

  it('fold into what is watched of a SKU', () =>
    expect(
      fold(
        watch,
        ofWatches.map((type) => ({ type, data: golden(type) }) as WatchEvent),
      ),
    ).toEqual({ reorderPoints: new Map([['LDN-1', { reorderPoint: 5, orderUpTo: 20 }]]), atpBelow: new Map([['web', 5]]) }));

  it('fold into what may be different of a category', () =>
    expect(
      fold(driftTolerance, [{ type: 'DriftToleranceChanged', data: golden('DriftToleranceChanged') } as DriftToleranceChanged]),
    ).toEqual({
      tolerance: { units: 5, percent: 2 },
    }));
});
