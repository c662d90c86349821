import { servicesFor, usualServices } from './composed';

const loaded: string[] = [];
const seen = (name: string): object => {
  loaded.push(name);
  return jest.requireActual<object>(name);
};
jest.mock('@cartage/audit', () => seen('@cartage/audit'));
jest.mock('@cartage/reporting', () => seen('@cartage/reporting'));
jest.mock('@cartage/subscriptions', () => seen('@cartage/subscriptions'));
jest.mock('typeorm', () => seen('typeorm'));

const OFF = { AUDIT_ENABLED: false, REPORTING_ENABLED: false, SUBSCRIPTIONS_ENABLED: false };

describe('what one process composes', () => {
  it('is nothing that was not switched on, which is not even loaded; nor is TypeORM, before there is a migration to run', async () => {
    expect(await servicesFor(OFF)).toEqual(usualServices);
    expect(loaded).toEqual([]);
  });

  it('is also what was switched on, before the console', async () => {
    const names = (await servicesFor({ ...OFF, SUBSCRIPTIONS_ENABLED: true })).map(({ name }) => name);
    expect(names.slice(-2)).toEqual(['subscriptions', 'console']);
    expect(loaded).toEqual(['@cartage/subscriptions']);
  });
});
