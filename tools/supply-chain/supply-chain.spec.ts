import { auditOf } from './audit';
import { isAllowed, licenceList, licensed, stale } from './licences';
import { lockedPackages } from './lock';
import { gapsIn, only } from './sbom';

const locked = (more: object = {}) => ({ name: 'thing', version: '1.0.0', licence: 'MIT', dev: false, isInstalled: true, ...more });

describe('licences', () => {
  it.each(['MIT', '(MIT OR EUPL-1.1+)', 'Apache-2.0 AND MIT', '(BSD-3-Clause AND Apache-2.0)', 'MIT AND OFL-1.1'])(
    '%s is allowed',
    (text) => expect(isAllowed(text)).toBe(true),
  );

  it.each(['GPL-3.0-only', 'MIT AND GPL-3.0-only', 'SEE LICENSE IN LICENSE', 'UNLICENSED', 'mit', '', '((MIT OR ISC) AND GPL-2.0)'])(
    '%j is not',
    (text) => expect(isAllowed(text)).toBe(false),
  );

  it('that ask for changes to their own files to be shown are for tools only', () => {
    expect(licensed(locked({ licence: 'MPL-2.0', dev: true })).isFine).toBe(true);
    expect(licensed(locked({ licence: 'MPL-2.0' })).isFine).toBe(false);
  });

  it('that nobody names are refused', () =>
    expect(licensed(locked({ licence: undefined }))).toMatchObject({ isFine: false, shown: 'none' }));

  it('that a person has read count for that version only', () => {
    expect(licensed(locked({ name: 'png-js', version: '2.0.0', licence: undefined })).isFine).toBe(true);
    expect(licensed(locked({ name: 'png-js', version: '2.0.1', licence: undefined })).isFine).toBe(false);
    expect(stale([locked()])).toEqual(['png-js@2.0.0', 'slick@1.12.2']);
  });

  it('of every package of the lock file are allowed, and none is left out', () => {
    const packages = lockedPackages('.').map(licensed);
    expect(packages.length).toBeGreaterThan(1_000);
    expect(packages.filter(({ isFine }) => !isFine)).toEqual([]);
    expect(licenceList(packages).trimEnd().split('\n')).toHaveLength(packages.length + 1);
  });
});

describe('a bill of materials', () => {
  const component = (name: string, more: object = { purl: `pkg:npm/${name}@1`, hashes: [{}] }) => ({
    ...{ 'bom-ref': `${name}@1`, name, version: '1' },
    ...more,
  });
  const sbom = {
    ...{ bomFormat: 'CycloneDX', specVersion: '1.5', metadata: { component: { 'bom-ref': 'root', name: 'cartage', version: '1' } } },
    components: [component('pg'), component('jest')],
    dependencies: [{ ref: 'root', dependsOn: ['pg@1', 'jest@1'] }, { ref: 'jest@1', dependsOn: ['pg@1'] }, { ref: 'pg@1' }],
  };

  it('is whole when it names what is needed', () => expect(gapsIn(sbom, new Set(['pg@1', 'jest@1']))).toEqual([]));

  it('keeps what runs, even what tools need, too', () =>
    expect(only(sbom, new Set(['pg@1']))).toMatchObject({
      components: [{ name: 'pg' }],
      dependencies: [{ ref: 'root', dependsOn: ['pg@1'] }, { ref: 'pg@1' }],
    }));

  it('is not whole when something is missing, or cannot be told for sure', () =>
    expect(gapsIn({ ...sbom, components: [component('thing', {})] }, new Set(['pg@1']))).toEqual([
      'pg@1 is not in it',
      'thing has no address or no hash',
    ]));
});

describe('the audit', () => {
  const one = (severity: 'low' | 'high') => ({ vulnerabilities: { thing: { name: 'thing', severity, range: '<2' } } });

  it('passes when nothing is known, or nothing grave', () => {
    expect(auditOf({ vulnerabilities: {} })).toEqual({ outcome: 'passed', lines: [] });
    expect(auditOf(one('low'))).toEqual({ outcome: 'passed', lines: ['low: thing <2'] });
  });

  it('fails for what is grave', () => expect(auditOf(one('high')).outcome).toBe('failed'));

  it.each([{ message: '405 Method Not Allowed' }, {}])('never passes where the registry does not audit: %j', (report) =>
    expect(auditOf(report)).toMatchObject({ outcome: 'not run', lines: [expect.stringContaining('Not run')] }),
  );
});
