import { specFor } from '@cartage/eventsourcing';
import { promiseCalendar, promisePolicy, versionOf, type PromisePolicyChanged, type PromiseTermsSold } from './policies';
import { emptyBook, promiseBook, type KnownPlace } from './promise-book';
import type { Revise } from './revising';

const now = '2026-11-23T10:00:00.000Z';
const standard: PromiseTermsSold = {
  timeZone: 'Europe/London',
  cutOff: '14:00',
  processingDays: 1,
  transitDays: { least: 1, most: 2 },
  active: true,
};
const revise = (terms: PromiseTermsSold, ifRevision?: number): Revise<PromiseTermsSold> => ({
  type: 'Revise',
  data: { code: 'standard', terms, ifRevision, by: 'anna', now },
});
const revision = (revision: number, terms: Partial<PromiseTermsSold> = {}, code = 'standard'): PromisePolicyChanged => ({
  type: 'PromisePolicyChanged',
  data: { code, revision, terms: { ...standard, ...terms }, by: 'anna', changedAt: now },
});

describe('a promise policy', () => {
  const { given } = specFor(promisePolicy);

  it('is set, and set anew as another revision; the earlier ones stay', () => {
    given().when(revise(standard)).thenOnce(revision(1));
    given(revision(1))
      .when(revise({ ...standard, cutOff: '15:00' }))
      .thenOnce(revision(2, { cutOff: '15:00' }));
  });
  it('stays as it is when it is set to what it is', () => given(revision(1)).when(revise(standard)).thenNothing());
  it('can be what it was before', () =>
    given(revision(1), revision(2, { cutOff: '15:00' }))
      .when(revise(standard))
      .thenOnce(revision(3)));
  it('is set from the revision that was meant', () => {
    given(revision(1)).when(revise(standard, 0)).thenRefused('VERSION_MISMATCH');
    given(revision(1))
      .when(revise({ ...standard, cutOff: '15:00' }, 1))
      .then(revision(2, { cutOff: '15:00' }));
  });
  it('takes no fewer days at most than at least', () =>
    given()
      .when(revise({ ...standard, transitDays: { least: 3, most: 2 } }))
      .thenRefused('PROMISE_POLICY_INVALID'));
  it('names the country of its postal areas', () =>
    given()
      .when(revise({ ...standard, postalAreas: ['IV'] }))
      .thenRefused('PROMISE_POLICY_INVALID'));
});

describe('a calendar', () => {
  it('is kept in revisions, too', () =>
    specFor(promiseCalendar)
      .given()
      .when({ type: 'Revise', data: { code: 'GB', terms: { weekdays: ['monday'], closedOn: [] }, by: 'anna', now } })
      .thenOnce({
        type: 'PromiseCalendarChanged',
        data: { code: 'GB', revision: 1, terms: { weekdays: ['monday'], closedOn: [] }, by: 'anna', changedAt: now },
      }));
});

const policies = (...each: readonly (readonly [code: string, terms: Partial<PromiseTermsSold>])[]) =>
  promiseBook({ policies: each.map(([code, terms]) => revision(1, terms, code).data), calendars: [], places: [] });
const london = { channel: 'web', service: 'next-day', destination: { country: 'GB', postalArea: 'IV1' } };

describe('the policy of a sale', () => {
  const book = policies(
    ['any', {}],
    ['web', { channel: 'web' }],
    ['web-gb', { channel: 'web', country: 'GB' }],
    ['next-day', { service: 'next-day' }],
    ['web-next-day', { channel: 'web', service: 'next-day' }],
    ['highlands', { country: 'GB', postalAreas: ['IV', 'KW'], service: 'next-day' }],
    ['gone', { channel: 'web', service: 'next-day', country: 'GB', postalAreas: ['IV'], active: false }],
  );

  it.each([
    ['the most specific one', london, 'highlands'],
    ['that of the service before that of the country', { ...london, destination: { country: 'GB', postalArea: 'EC1A' } }, 'web-next-day'],
    ['that of the service before that of the channel', { ...london, channel: 'web', destination: { country: 'FR' } }, 'web-next-day'],
    ['that of the country before that of the channel alone', { channel: 'web', destination: { country: 'GB' } }, 'web-gb'],
    ['the one for all', { channel: 'pos', destination: { country: 'FR' } }, 'any'],
    ['the one for all where nothing is sent', { channel: 'pos' }, 'any'],
  ])('is %s', (_, sale, code) => expect(book.policyFor(sale)?.code).toBe(code));

  it('is its newest revision; what was sold under an earlier one is found by it', () => {
    const kept = promiseBook({ policies: [revision(2, { cutOff: '15:00' }).data, revision(1).data], calendars: [], places: [] });
    expect(kept.policyFor(london)?.revision).toBe(2);
    expect(kept.policyOf(versionOf(revision(1).data))?.terms.cutOff).toBe('14:00');
  });

  it('is none where none speaks of it: nothing is promised', () => {
    expect(policies(['web', { channel: 'web' }]).policyFor({ channel: 'pos' })).toBeUndefined();
    expect(emptyBook.policyFor(london)).toBeUndefined();
  });
});

describe('whose days count', () => {
  const calendar = (code: string, closedOn: string) => ({
    ...{ code, revision: 1, by: 'anna', changedAt: now },
    terms: { weekdays: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'] as const, closedOn: [closedOn] },
  });
  const hours = { opens: '08:00', closes: '17:00' };
  const place: KnownPlace = {
    location: 'NYC-1',
    country: 'US',
    timeZone: 'America/New_York',
    revision: 1,
    calendar: {
      hours: { monday: hours, tuesday: hours, wednesday: hours },
      closedOn: ['2026-11-24'],
      cutOffs: [{ until: '12:00' }, { service: 'next-day', until: '16:00' }],
    },
  };
  const promised = (terms: Partial<PromiseTermsSold>, places: readonly KnownPlace[] = [], location?: string) => {
    const policy = revision(1, terms).data;
    const book = promiseBook({ policies: [policy], places, calendars: [calendar('GB', '2026-11-24'), calendar('US', '2026-11-25')] });
    return book.promise(policy, { ...london, destination: { country: 'GB' } }, { at: now, location });
  };

  it('is said by the calendars that are named', () =>
    expect(promised({ calendar: 'US' })).toMatchObject({
      shipBy: '2026-11-24T23:59:59.999Z',
      deliverBy: '2026-11-27T23:59:59.999Z',
      basis: { policy: 'standard@1', cutOff: '2026-11-23T14:00:00.000Z', processingDays: 1, transitDays: 2, calendar: 'US' },
    }));

  it('is Monday to Friday for a place of which nobody said more, and the country’s days for its carrier', () =>
    expect(promised({})).toMatchObject({ shipBy: '2026-11-24T23:59:59.999Z', deliverBy: '2026-11-27T23:59:59.999Z' }));

  it('is the carrier’s own calendar where it has one', () =>
    expect(promised({ carrierCalendar: 'US' })).toMatchObject({ deliverBy: '2026-11-27T23:59:59.999Z', basis: {} }));

  it('is what the location tells: its days, hours, zone, and its cut-off for the service', () => {
    const told = promised({ processingDays: 0 }, [place], 'NYC-1');
    expect(told).toMatchObject({ shipBy: '2026-11-23T22:00:00.000Z', basis: { cutOff: '2026-11-23T21:00:00.000Z', calendar: 'NYC-1' } });
    expect(promised({ location: 'NYC-1' }, [place])).toMatchObject({ shipBy: '2026-11-25T22:00:00.000Z' });
  });

  it('adds the days that the location needs before goods can leave at all', () => {
    const { processingDays: before } = promised({ location: 'NYC-1' }, [place])?.basis ?? {};
    const made = promised({ location: 'NYC-1' }, [{ ...place, leadDays: 2 }]);
    expect(made).toMatchObject({ shipBy: '2026-12-01T22:00:00.000Z', basis: { processingDays: (before ?? 0) + 2 } });
    expect(promised({}, [{ ...place, leadDays: 2 }])).toMatchObject({ basis: { processingDays: before } });
  });

  it('is the country’s of a location that tells no days', () => {
    const { calendar: _, ...silent } = place;
    expect(promised({ location: 'NYC-1' }, [silent])).toMatchObject({ shipBy: '2026-11-25T04:59:59.999Z', basis: { calendar: 'US' } });
  });
});
