import { chosenIn, spotsOf, surroundingsOf, type Candidate } from './decision';

const candidate = (location: string, latitude: number, longitude: number): Candidate => ({
  location,
  kind: 'warehouse',
  active: true,
  latitude,
  longitude,
  load: 0,
  score: 1,
  available: [1],
  components: { distance: 1, coverage: 1, headroom: 1, split: 0, cost: 0, preference: 0 },
});
const candidates = [candidate('LDN', 51.5, 0), candidate('MAN', 53.5, -2.2)];
const assignments = [{ fulfillmentId: '0198f0c2-7b1e-7c3d-9f2a-000000000001', location: 'LDN', lines: [] }];

describe('a routing decision on a map', () => {
  it('has its candidates, tells those that were chosen, and the destination where it is known', () => {
    const spots = spotsOf({ candidates, assignments, destination: { locatedBy: 'postal-area', latitude: 52, longitude: -1 } });
    expect(spots.map(({ name, at, is }) => [name, at, is])).toEqual([
      ['LDN', [0, 51.5], 'chosen'],
      ['MAN', [-2.2, 53.5], 'candidate'],
      ['', [-1, 52], 'destination'],
    ]);
    expect([...chosenIn({ assignments })]).toEqual(['LDN']);
  });

  it('does not put a destination into the middle of its country', () => {
    const destination = { locatedBy: 'country', latitude: 54, longitude: -2 } as const;
    expect(spotsOf({ candidates, assignments, destination }).some(({ is }) => is === 'destination')).toBe(false);
  });

  it('shows some of what is around, and never beyond the world', () => {
    expect(surroundingsOf([{ name: 'LDN', at: [0, 51.5], is: 'chosen' }])).toEqual([
      [-3, 48.5],
      [3, 54.5],
    ]);
    const [[west], [east]] = surroundingsOf([
      { name: 'A', at: [-179, 0], is: 'chosen' },
      { name: 'B', at: [179, 0], is: 'candidate' },
    ]);
    expect([west, east]).toEqual([-180, 180]);
  });
});
