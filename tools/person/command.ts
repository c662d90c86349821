import { setTimeout as pause } from 'node:timers/promises';
import { cartageAt, cartageOptions, cartageUsage, parsed, Trouble, type Shown } from '../client/client';
import type { Done } from '../client/program';
import { apiAt, newKey, type PersonApi, type PersonNamed } from './api';

export const usage = `Usage:
  npm run person -- export --email ada@example.org > ada.json
  npm run person -- erase --customer c-17 --reason "Ticket 4711" [--wait-for-orders]
  npm run person -- certificate <erasureId>
Who: --customer <id>, --email <address>, --phone <number> [--country GB]; all that are given are of the same person
The same request again: --key <any text>
${cartageUsage}`;

const options = {
  customer: { type: 'string' },
  email: { type: 'string' },
  phone: { type: 'string' },
  country: { type: 'string' },
  reason: { type: 'string' },
  key: { type: 'string' },
  'wait-for-orders': { type: 'boolean', default: false },
  ...cartageOptions,
} as const;

const argumentsOf = (args: readonly string[]) => parsed(args, options, usage);

type Values = ReturnType<typeof argumentsOf>['values'];

interface Invocation {
  readonly api: PersonApi;
  readonly id: string | undefined;
  readonly values: Values;
  readonly waits: Waits;
}

/** How often it is looked whether all services have answered, and how long in between. */
export interface Waits {
  readonly tries: number;
  readonly everyMs: number;
}

const personIn = ({ customer, email, phone, country }: Values): PersonNamed => {
  if (customer === undefined && email === undefined && phone === undefined)
    throw new Trouble(`Who? Say --customer, --email or --phone.\n${usage}`);
  return { customerId: customer, email, phone, country };
};

const json = (shown: Shown): string => JSON.stringify(shown, undefined, 2);
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const exported = async ({ api, values }: Invocation): Promise<Done> => {
  const all = await api.export(personIn(values));
  const missing = listOf(all['missing']);
  if (missing.length === 0) return { text: json(all), note: `${listOf(all['items']).length} items.`, code: 0 };
  return { text: json(all), note: `It is not all: ${missing.join(', ')} could not be asked. Run it again.`, code: 1 };
};

/** The certificate, once no service is missing; or as it stands when it took too long. */
const settled = async (api: PersonApi, first: Shown, { tries, everyMs }: Waits): Promise<Shown> => {
  let certificate = first;
  for (let left = tries; left > 0 && certificate['status'] === 'asked'; left -= 1) {
    await pause(everyMs);
    certificate = await api.certificate(String(certificate['erasureId']));
  }
  return certificate;
};

const noteOf = (certificate: Shown): string => {
  const id = String(certificate['erasureId']);
  if (certificate['status'] === 'erased') return `Erased. Keep the certificate; \`npm run person -- certificate ${id}\` shows it again.`;
  if (certificate['status'] === 'waiting')
    return `It waits for ${listOf(certificate['waitsFor']).length} orders that are under way. Erasure ${id}.`;
  return `Not over: ${listOf(certificate['missing']).join(', ')} have not answered yet. Look again: \`npm run person -- certificate ${id}\`.`;
};

const shown = (certificate: Shown): Done => ({
  text: json(certificate),
  note: noteOf(certificate),
  code: ['erased', 'waiting'].includes(String(certificate['status'])) ? 0 : 1,
});

const erase = async ({ api, values, waits }: Invocation): Promise<Done> => {
  const { reason, key = newKey(), 'wait-for-orders': wait } = values;
  const wish = { ...personIn(values), reason, ...(wait ? { whenOpen: 'wait' as const } : {}) };
  return shown(await settled(api, await api.erase(wish, key), waits));
};

const certificate = async ({ api, id }: Invocation): Promise<Done> => {
  if (id === undefined) throw new Trouble(`Which one? Name the erasure.\n${usage}`);
  return shown(await api.certificate(id));
};

const commands: Readonly<Record<string, (asked: Invocation) => Promise<Done>>> = { export: exported, erase, certificate };

const usual = { open: apiAt, waits: { tries: 120, everyMs: 500 } };

/** Runs one command against a running Cartage. Throws `Trouble` for what a person can mend. */
export const runCommand = async (args: readonly string[], { open, waits }: typeof usual = usual): Promise<Done> => {
  const { values, positionals } = argumentsOf(args);
  const [name = '', id] = positionals;
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new Trouble(name === '' ? usage : `There is no command ${name}.\n${usage}`);
  return command({ api: open(cartageAt(values)), id, values, waits });
};
