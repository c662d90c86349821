import { pseudonymsOf } from './pseudonyms';

/** Says who was hashed, one after the other. */
const asking = () => {
  const hashed: string[] = [];
  const hashOf = async (kind: string, value: string): Promise<string> => {
    hashed.push(value);
    return `${kind} ${value}`;
  };
  return { hashed, hashOf };
};

describe('pseudonyms of customers', () => {
  it('are a keyed hash, made once for those who come again and again', async () => {
    const { hashed, hashOf } = asking();
    const pseudonymOf = pseudonymsOf({ hashOf }, 2);
    expect([await pseudonymOf('ada'), await pseudonymOf('ada')]).toEqual(['reporting-customer ada', 'reporting-customer ada']);
    expect(hashed).toEqual(['ada']);
  });

  it('are remembered of so many, those that came last: whoever comes after others is made anew', async () => {
    const { hashed, hashOf } = asking();
    const pseudonymOf = pseudonymsOf({ hashOf }, 2);
    for (const customer of ['ada', 'ben', 'ada', 'cho', 'ada', 'ben', 'cho']) await pseudonymOf(customer);
    expect(hashed).toEqual(['ada', 'ben', 'cho', 'ben', 'cho']);
  });

  it('that could not be made are asked for again', async () => {
    const { hashed, hashOf } = asking();
    let away = true;
    const pseudonymOf = pseudonymsOf({ hashOf: (kind, value) => (away ? Promise.reject(new Error('away')) : hashOf(kind, value)) }, 2);
    await expect(pseudonymOf('ada')).rejects.toThrow('away');
    away = false;
    expect([await pseudonymOf('ada'), hashed]).toEqual(['reporting-customer ada', ['ada']]);
  });
});
