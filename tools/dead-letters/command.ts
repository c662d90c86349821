import { cartageAt, cartageOptions, cartageUsage, parsed, Trouble } from '../client/client';
import type { Done } from '../client/program';
import { table } from '../client/table';
import { apiAt, type DeadLetterApi, type Letter } from './api';

export const usage = `Usage:
  npm run dead-letters -- list [--service order] [--group order.payment] [--state dead|retrying|waiting|dropped]
  npm run dead-letters -- show <id> --service order
  npm run dead-letters -- send <id> --service order
  npm run dead-letters -- drop <id> --service order --reason "why it is not to be taken"
${cartageUsage}`;

const options = {
  service: { type: 'string' },
  group: { type: 'string' },
  state: { type: 'string' },
  reason: { type: 'string' },
  ...cartageOptions,
} as const;

const argumentsOf = (args: readonly string[]) => parsed(args, options, usage);

type Values = ReturnType<typeof argumentsOf>['values'];

interface Invocation {
  readonly api: DeadLetterApi;
  readonly id: string | undefined;
  readonly values: Values;
  /** All that there are, for a list of all. */
  readonly services: readonly string[];
}

const done = (text: string, code = 0): Done => ({ text, code });

const one = ({ id, values, services }: Invocation): { readonly id: string; readonly service: string } => {
  if (id === undefined) throw new Trouble(`Which one? Name its id, as \`npm run dead-letters -- list\` shows it.\n${usage}`);
  if (values.service === undefined) throw new Trouble(`Whose is it? Name the service: --service ${services.join('|')}.`);
  return { id, service: values.service };
};

const row = (service: string, letter: Letter): readonly string[] => [
  service,
  letter.id,
  letter.state,
  letter.group,
  letter.type || 'no event',
  letter.key,
  String(letter.behind),
  letter.error.split('\n', 1)[0] ?? '',
];

const list = async ({ api, values, services }: Invocation): Promise<Done> => {
  const asked = values.service === undefined ? services : [values.service];
  const found = await Promise.all(asked.map(async (service) => (await api.list(service, values)).map((letter) => row(service, letter))));
  const rows = found.flat();
  if (rows.length === 0) return done('There are none.');
  return done(table([['service', 'id', 'state', 'group', 'type', 'key', 'behind', 'error'], ...rows]));
};

const show = async (asked: Invocation): Promise<Done> => {
  const { id, service } = one(asked);
  return done(JSON.stringify(await asked.api.show(service, id), undefined, 2));
};

const send = async (asked: Invocation): Promise<Done> => {
  const { id, service } = one(asked);
  const { behind } = await asked.api.send(service, id);
  const letter = await asked.api.outcome(service, id);
  if (!letter) return done(behind > 0 ? `It was taken; the ${behind} behind it follow.` : 'It was taken.');
  if (letter.state === 'dead') return done(`It is dead again: ${letter.error}\nMend the cause, or drop it.`, 1);
  return done(`It has not been taken yet: is ${service} running, and what does its /health/ready say? It stays to be taken.`, 1);
};

const drop = async (asked: Invocation): Promise<Done> => {
  const { id, service } = one(asked);
  const { reason = '' } = asked.values;
  if (reason.trim() === '') throw new Trouble('Why is it not to be taken? It is kept with the reason: --reason "…".');
  await asked.api.drop(service, id, reason);
  return done('It is dropped, and kept with the reason; what was behind it goes on.');
};

const commands: Readonly<Record<string, (asked: Invocation) => Promise<Done>>> = { list, show, send, drop };

/** Runs one command against a running Cartage. Throws `Trouble` for what a person can mend. */
export const runCommand = async (args: readonly string[], services: readonly string[], open = apiAt): Promise<Done> => {
  const { values, positionals } = argumentsOf(args);
  const [name = '', id] = positionals;
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new Trouble(name === '' ? usage : `There is no command ${name}.\n${usage}`);
  return command({ api: open(cartageAt(values)), id, values, services });
};
