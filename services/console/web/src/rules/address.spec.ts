import { readRules } from './address';

describe('the address of rules', () => {
  it('says which version is looked at, and how', () => {
    expect(readRules({ version: '2026-11', view: 'difference' })).toEqual({ version: '2026-11', view: 'difference' });
    expect(readRules({ about: 'pay-link' })).toEqual({ about: 'pay-link' });
    expect(readRules({ version: 7 })).toEqual({ version: '7' });
  });

  it('says nothing by what it cannot be', () => expect(readRules({ version: '<b>', view: 'sideways', about: '!', other: 1 })).toEqual({}));
});
