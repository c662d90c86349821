import { followings, onces } from './rules';

const names = [...followings, ...onces].map(({ name }) => name);

describe('the rules', () => {
  it('have names of their own, which open findings are kept by', () => expect(new Set(names).size).toBe(names.length));

  it('say what they expect as a sentence', () =>
    expect([...followings, ...onces].filter(({ says }) => !/^[A-Z].+\.$/.test(says))).toEqual([]));

  it('are each brought about by an event, and met by one', () =>
    expect(followings.filter(({ after, comes }) => Object.keys(after).length === 0 || Object.keys(comes).length === 0)).toEqual([]));
});
