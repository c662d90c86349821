// Lints the house, and tests the rules that guard it: plants one violation of each, lints everything, and demands that every one of them is found, and
// nothing besides. A rule that passes its violation is worse than none, because everybody trusts it.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const long = `export const long = (n: number): number => {\n${'  n += 1;\n'.repeat(41)}  return n;\n};\n`;
const branchy = `export const branchy = (n: number): number => {\n${Array.from({ length: 9 }, (_, i) => `  if (n === ${i}) return ${i};\n`).join('')}  return n;\n};\n`;

const violations = [
  {
    rule: 'contracts import no package',
    folder: 'libs/contracts/src',
    code: `export { Client } from 'pg';\n`,
    found: 'import no package at all',
  },
  {
    rule: 'the kernel imports no package',
    folder: 'libs/eventsourcing/src',
    code: `export { Topics } from '@cartage/contracts';\n`,
    found: 'import no package at all',
  },
  {
    rule: 'adapters know no Nest',
    folder: 'libs/views/src',
    code: `export { Module } from '@nestjs/common';\n`,
    found: 'Adapters know no Nest',
  },
  {
    rule: 'adapters know no kit',
    folder: 'libs/event-store/src',
    code: `export { idFor } from '@cartage/service-kit';\n`,
    found: 'A project tagged with "type:adapter"',
  },
  {
    rule: 'services never import services',
    folder: 'services/order/src/app',
    code: `export { inventoryService } from '../../../inventory/src/inventory.module';\n`,
    found: 'Projects cannot be imported by a relative or absolute path',
  },
  {
    rule: 'libraries are imported by name',
    folder: 'services/order/src/edge',
    code: `export { fold } from '../../../../libs/eventsourcing/src/decider';\n`,
    found: 'Projects cannot be imported by a relative or absolute path',
  },
  {
    rule: 'domain knows no framework',
    folder: 'services/inventory/src/domain',
    code: `export { Module } from '@nestjs/common';\n`,
    found: 'domain/ imports contracts and eventsourcing only',
  },
  {
    rule: 'domain knows no node module',
    folder: 'services/payment-verification/src/domain',
    code: `export { randomUUID } from 'node:crypto';\n`,
    found: 'domain/ imports contracts and eventsourcing only',
  },
  {
    rule: 'domain knows no clock',
    folder: 'services/shipping/src/domain',
    code: `export const now = (): number => Date.now();\n`,
    found: 'domain/ knows no clock',
  },
  {
    rule: 'domain is not random',
    folder: 'services/returns/src/domain',
    code: `export const any = (): number => Math.random();\n`,
    found: 'domain/ is not random',
  },
  {
    rule: 'adapters are given the time',
    folder: 'libs/messaging/src',
    name: 'zz-planted-time.ts',
    code: `export const now = (): Date => new Date();\n`,
    found: 'come through ports below the edge',
  },
  {
    rule: 'app sets no timer',
    folder: 'services/order/src/app',
    name: 'zz-planted-timer.ts',
    code: `export { setTimeout as pause } from 'node:timers/promises';\n`,
    found: 'come through ports below the edge',
  },
  {
    rule: 'app makes no ids',
    folder: 'services/returns/src/app',
    name: 'zz-planted-id.ts',
    code: `import { randomUUID } from 'node:crypto';\nexport const id = (): string => randomUUID();\n`,
    found: 'come through ports below the edge',
  },
  {
    rule: 'parts of a DTO may not be missing',
    folder: 'services/order/src/edge',
    name: 'zz-planted-part.ts',
    code: `export { ValidateNested } from 'class-validator';\n`,
    found: 'A part of a DTO is @Nested',
  },
  {
    rule: 'app knows no framework',
    folder: 'services/returns/src/app',
    code: `export { Injectable } from '@nestjs/common';\n`,
    found: 'app/ knows ports',
  },
  {
    rule: 'app knows no edge',
    folder: 'services/fulfillment-routing/src/app',
    code: `export * from '../edge/anything';\n`,
    found: 'app/ knows ports',
  },
  { rule: 'functions are short', folder: 'libs/messaging/src', code: long, found: 'too many lines (4' },
  { rule: 'functions have few branches', folder: 'libs/service-kit/src', code: branchy, found: 'has a complexity of' },
  {
    rule: 'nothing is any',
    folder: 'libs/testkit/src',
    code: `export const anything = (x: any): unknown => x;\n`,
    found: 'Unexpected any',
  },
  {
    rule: 'nothing prints',
    folder: 'services/embedded/src',
    code: `export const shout = (): void => console.log('x');\n`,
    found: 'Unexpected console statement',
  },
  {
    rule: 'settings are read in one place',
    folder: 'services/order/src/app',
    name: 'zz-planted-env.ts',
    code: `export const home = process.env['HOME'];\n`,
    found: 'process.env is read in the kit',
  },
  {
    rule: 'errors are known by their shape',
    folder: 'libs/messaging/src',
    name: 'zz-planted-error.ts',
    code: `export const isError = (thrown: unknown): boolean => thrown instanceof Error;\n`,
    found: 'false for errors of another realm',
  },
  {
    rule: 'errors are known by their shape in domain/, too',
    folder: 'services/order/src/domain',
    code: `export const isFar = (thrown: unknown): boolean => thrown instanceof RangeError;\n`,
    found: 'false for errors of another realm',
  },
  {
    rule: 'e2e knows no service',
    folder: 'e2e',
    code: `export { orderService } from '../services/order/src/order.module';\n`,
    found: 'Projects cannot be imported by a relative or absolute path',
  },
];

const planted = violations.map(({ folder, code, name = 'zz-planted.ts' }) => ({ file: join(folder, name), code }));
const twice = planted.filter(({ file }, i) => planted.findIndex((each) => each.file === file) < i);
if (twice.length > 0) throw new Error(`Planted over another: ${twice.map(({ file }) => file).join(', ')}. Give it a name of its own.`);
const projectOf = (file) => {
  const project = join(dirname(file), 'project.json');
  return existsSync(project) ? JSON.parse(readFileSync(project, 'utf8')).name : projectOf(dirname(file));
};
const uproot = () => planted.forEach(({ file }) => rmSync(file, { force: true }));
process.on('SIGINT', () => (uproot(), process.exit(130)));
process.on('SIGTERM', () => (uproot(), process.exit(143)));

let printed = '';
try {
  planted.forEach(({ file, code }) => writeFileSync(file, code));
  const { stdout, stderr } = spawnSync('npx', ['nx', 'run-many', '-t', 'lint', '--skip-nx-cache', '--output-style=static'], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  printed = stdout + stderr;
} finally {
  uproot();
}

// Each file's findings stand below its path; a finding elsewhere must not count for a planted one.
// eslint-disable-next-line no-control-regex -- terminal colours
const plain = printed.replace(/\u001b\[[0-9;]*m/g, '');
const parts = plain.split(/^(?=\/)/m).filter((part) => part.startsWith('/'));
const isOf = (file) => (part) => part.split('\n')[0].endsWith(file);
const passed = violations.filter(({ found }, i) => parts.find(isOf(planted[i].file))?.includes(found));
for (const violation of violations) console.log(`${passed.includes(violation) ? '✓' : '✗'} ${violation.rule}`);

// What is found in files that nobody planted is a fault of the house; so is a project that fails although nothing was planted in it (its lint itself broke).
const faults = parts.filter((part) => !planted.some(({ file }) => isOf(file)(part)));
const projectsWithPlants = new Set(planted.map(({ file }) => projectOf(file)));
const broken = [...plain.matchAll(/^\s*- (\S+):lint$/gm)]
  .map(([, project]) => project)
  .filter((project) => !projectsWithPlants.has(project));
for (const fault of faults) console.log(`\n${fault.trimEnd()}`);
for (const project of broken) console.log(`\nlint of ${project} failed`);
const wrong = violations.length - passed.length + faults.length + broken.length;
console.log(`checks: ${passed.length} passed, ${wrong} failed`);
process.exit(wrong === 0 ? 0 : 1);
