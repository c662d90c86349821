import { specFor } from '@cartage/eventsourcing';
import type { LocationChanged } from './events';
import { location, locationIn, type ChangeLocation } from './location';
import { type LocationProfile } from './location-profile';

const now = '2026-11-23T09:15:30.000Z';
const profile: LocationProfile = {
  name: 'London',
  kind: 'warehouse',
  country: 'GB',
  latitude: 51.5,
  longitude: -0.14,
  active: true,
  calendar: { timeZone: 'Europe/London', hours: { monday: { opens: '08:00', closes: '18:00' } }, closedOn: ['2026-12-25'] },
};
const change = (more: Partial<LocationProfile> = {}): ChangeLocation => ({
  type: 'ChangeLocation',
  data: { code: 'LDN', profile: { ...profile, ...more }, now },
});
const changed = (revision: number, more: Partial<LocationProfile> = {}): LocationChanged => ({
  type: 'LocationChanged',
  data: { ...profile, ...more, location: 'LDN', revision, changedAt: now },
});
const { given } = specFor(location);

describe('a location', () => {
  it('is opened once', () => given().when(change()).thenOnce(changed(1)));
  it('changes with a new revision', () =>
    given(changed(1))
      .when(change({ dailyCapacity: 20 }))
      .thenOnce(changed(2, { dailyCapacity: 20 })));
  it('stays as it is when nothing is new, whatever the order of its fields', () =>
    given(changed(1))
      .when(
        change({
          calendar: { closedOn: ['2026-12-25'], hours: { monday: { closes: '18:00', opens: '08:00' } }, timeZone: 'Europe/London' },
        }),
      )
      .thenNothing());
  it('can forget what was said before', () =>
    given(changed(1, { dailyCapacity: 20 }))
      .when(change())
      .thenOnce(changed(2)));
  it('is read back as it was told', () => expect(locationIn(changed(3))).toEqual({ ...profile, code: 'LDN', revision: 3 }));
});
