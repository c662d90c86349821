import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Named } from '@cartage/eventsourcing';
import { goldenSamples } from './golden';

type Moved = Named<'Moved', { readonly to: string }>;

describe('golden samples', () => {
  const folder = mkdtempSync(join(tmpdir(), 'golden-'));
  const upcasters = { Moved: [(data: unknown) => ({ to: (data as { readonly place: string }).place })] };
  beforeAll(() => {
    writeFileSync(join(folder, 'Moved.v1.json'), '{"place":"York"}');
    writeFileSync(join(folder, 'Moved.v2.json'), '{"to":"Lyon"}');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('of every shape are read as the newest', () => {
    const golden = goldenSamples<Moved>(folder, upcasters);
    expect(golden.types).toEqual(['Moved']);
    expect(golden.all('Moved').map(({ data }) => data)).toEqual([{ to: 'York' }, { to: 'Lyon' }]);
    expect(golden.of('Moved').data).toEqual({ to: 'Lyon' });
  });

  it('are demanded for every version, and no version may lose its upcaster', () => {
    const lines = [upcasters.Moved[0] ?? String, (data: unknown) => data];
    expect(() => goldenSamples(folder, { Moved: lines })).toThrow('Moved.v3.json');
    expect(() => goldenSamples(folder, { ...upcasters, Sent: [] })).toThrow('Sent.v1.json');
    expect(() => goldenSamples(folder)).toThrow('Moved.v2.json');
  });
});
