import { fold } from '@cartage/eventsourcing';
import { goldenSamples } from '@cartage/testkit';
import { join } from 'node:path';
import type { ManifestEvent, PickupEvent } from './events';
import { manifest } from './manifest';
import { pickup } from './pickup';
import { publishedDays } from './published';

const samples = goldenSamples<ManifestEvent | PickupEvent>(join(__dirname, 'golden'));
const own = ['PickupRequested', 'PickupRefused', 'PickupEnded'];

describe('the stored events of manifests and pickups', () => {
  it('keep their names for ever', () => expect(samples.types).toEqual([...Object.keys(publishedDays), ...own].toSorted()));

  it('fold for ever', () => {
    const requested = samples.of('PickupRequested');
    const booked = [requested, samples.of('PickupBooked')];
    expect(fold(manifest, [samples.of('ManifestClosed')])).toMatchObject({ status: 'closed', shipments: [{}], reference: 'MAN1' });
    expect(fold(pickup, booked)).toMatchObject({ status: 'booked', confirmation: 'PUP1', instructions: 'Gate 3.' });
    expect(fold(pickup, [...booked, samples.of('PickupCancelled')])).toMatchObject({ status: 'cancelled', reason: { by: 'operator' } });
    expect(fold(pickup, [...booked, samples.of('PickupMissed')])).toMatchObject({ status: 'missed', waiting: 7 });
    expect(fold(pickup, [...booked, samples.of('PickupEnded')])).toMatchObject({ status: 'ended' });
    expect(fold(pickup, [requested, samples.of('PickupRefused')])).toMatchObject({ status: 'refused', reason: { by: 'carrier' } });
  });
});
