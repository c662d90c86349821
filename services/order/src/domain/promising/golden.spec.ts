import { fold } from '@cartage/eventsourcing';
import { goldenSamples } from '@cartage/testkit';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promiseCalendar, promisePolicy, versionOf, type PromiseCalendar, type PromisePolicy, type PromiseTermsEvent } from './policies';
import { promiseBook } from './promise-book';
import { publishedPromiseTerms } from './published';

const folder = join(__dirname, 'golden');
const golden = <Data>(type: string): Data => JSON.parse(readFileSync(join(folder, `${type}.v1.json`), 'utf8')) as Data;

describe('stored events of what promises are made from', () => {
  const policy = golden<PromisePolicy>('PromisePolicyChanged');
  const calendar = golden<PromiseCalendar>('PromiseCalendarChanged');

  it('keep their names for ever', () =>
    expect(readdirSync(folder)).toEqual(['PromiseCalendarChanged.v1.json', 'PromisePolicyChanged.v1.json']));

  it('are told of: which revision holds, and whether anything is sold under it; what it says and who set it stays here', () => {
    const samples = goldenSamples<PromiseTermsEvent>(folder);
    const { code, revision, changedAt } = policy;
    const stored = samples.of('PromisePolicyChanged');
    const off = { ...stored, data: { ...stored.data, terms: { ...policy.terms, active: false } } };
    expect([stored, off].map((each) => publishedPromiseTerms.PromisePolicyChanged?.(each))).toEqual(
      [true, false].map((active) => ({ type: 'PromisePolicyChanged', data: { code, revision, active, changedAt } })),
    );
    expect(publishedPromiseTerms.PromiseCalendarChanged?.(samples.of('PromiseCalendarChanged'))).toEqual({
      type: 'PromiseCalendarChanged',
      data: { code: 'GB', revision: 2, changedAt: calendar.changedAt },
    });
  });

  it('fold, and promise what they promised', () => {
    expect(fold(promisePolicy, [{ type: 'PromisePolicyChanged', data: policy }])).toEqual([policy]);
    expect(fold(promiseCalendar, [{ type: 'PromiseCalendarChanged', data: calendar }])).toEqual([calendar]);
    const sale = { channel: 'web', service: 'standard', destination: { country: 'GB', postalArea: 'IV1' } };
    const book = promiseBook({ policies: [policy], calendars: [calendar], places: [] });
    expect(book.policyFor(sale)).toEqual(book.policyOf(versionOf(policy)));
    expect(book.promise(policy, sale, { at: '2026-12-23T15:00:00.000Z' })).toMatchObject({ deliverBy: '2026-12-31T23:59:59.999Z' });
  });
});
