import { asyncApiOf, contracts, nameOf, schemaOf, subjects } from '@cartage/contracts';
import { Parser } from '@asyncapi/parser';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { readFileSync } from 'node:fs';
import { generatedFiles } from './generated';
import { breaksSince, releasesIn } from './releases';
import { breakingChanges, goldenOf } from './schemas';

const ajv = addFormats(new Ajv2020({ strict: true, allErrors: true }));

describe('the public contracts', () => {
  it('break nothing that was published', () => expect(breakingChanges()).toEqual([]));

  it('break nothing of the last release', () => expect(breaksSince(releasesIn())).toEqual([]));

  it.each([...generatedFiles()])('%s is up to date (else: npm run contracts)', (file, content) =>
    expect(readFileSync(file, 'utf8')).toBe(content),
  );

  it.each(contracts.map((contract) => [nameOf(contract), contract] as const))(
    '%s has a golden sample that its schema accepts',
    (_, contract) => {
      const accepts = ajv.compile(schemaOf(contract));
      expect([accepts(goldenOf(contract)), accepts.errors]).toEqual([true, null]);
    },
  );

  it('say what they are about by fields of their own', () => {
    const missing = contracts.flatMap((contract) => {
      const forms: Readonly<Record<string, string>> = subjects[contract.topic];
      const named = contract.subjects.flatMap((kind) => [...(forms[kind] ?? '').replace(/\[.*]/, '').matchAll(/<(\w+)>/g)]);
      return named
        .map(([, field = '']) => field)
        .filter((field) => !(field in (goldenOf(contract) as object)))
        .map((field) => `${contract.type}: ${field}`);
    });
    expect(missing).toEqual([]);
  });

  it('name each version of each event once', () => expect(new Set(contracts.map(nameOf)).size).toBe(contracts.length));

  it('are a valid AsyncAPI 3 document', async () => {
    const { diagnostics } = await new Parser().parse(JSON.stringify(asyncApiOf(contracts, goldenOf)));
    expect(diagnostics.filter(({ severity }) => severity === 0).map(({ message, path }) => `${path.join('.')}: ${message}`)).toEqual([]);
  }, 30_000);
});
