import { existsSync } from 'node:fs';
import { services } from '@cartage/embedded/services';
import { commonSettings } from '@cartage/service-kit';
import { compose, composedServices } from './compose.fixture';

const knownOf = (name: string): readonly string[] =>
  Object.keys({ ...commonSettings(0), ...services.find((service) => service.name === name)?.settings });

describe('docker-compose.yml', () => {
  it('runs every service, and no other', () => expect(composedServices.map(([name]) => name)).toEqual(services.map(({ name }) => name)));

  it('publishes every port on the loopback only, because nothing in front checks callers', () => {
    const ports = Object.values(compose.services).flatMap((service) => service.ports);
    expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
  });

  it('keeps data in volumes that it names', () => {
    const used = Object.values(compose.services).flatMap(({ volumes = [] }) => volumes.map((each) => each.split(':')[0] ?? ''));
    expect(used.filter((name) => !name.startsWith('./')).toSorted()).toEqual(Object.keys(compose.volumes).toSorted());
    for (const file of used.filter((name) => name.startsWith('./'))) expect(existsSync(file)).toBe(true);
  });

  it.each(composedServices)('builds %s from its own main, and gives it settings that it knows', (name, { build, environment }) => {
    expect(build?.args.SERVICE).toBe(name);
    expect(existsSync(build?.dockerfile ?? '') && existsSync(`services/${name}/src/main.ts`)).toBe(true);
    expect(Object.keys(environment).filter((setting) => !knownOf(name).includes(setting))).toEqual([]);
  });

  it.each(composedServices)('publishes %s on the port that it has when it runs alone', (name, { ports }) => {
    expect(ports).toEqual([`127.0.0.1:${services.find((each) => each.name === name)?.port}:3000`]);
  });

  it('has one address for all of them, beside them', () => {
    const { profiles, ports } = compose.services['entrance'] ?? { profiles: [], ports: [] };
    expect({ profiles, ports }).toEqual({ profiles: ['services'], ports: ['127.0.0.1:3000:80'] });
    expect(composedServices.every(([, each]) => each.profiles.includes('services'))).toBe(true);
  });

  it('gives KurrentDB only to services that can use it', () => {
    const given = composedServices.filter(([, { environment }]) => 'EVENT_STORE_URL' in environment).map(([name]) => name);
    expect(given).toEqual(services.filter(({ mayUseKurrentDb }) => mayUseKurrentDb).map(({ name }) => name));
  });
});
