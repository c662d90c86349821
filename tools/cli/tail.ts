import { CartageRefused, follow, type EventType, type StreamedEvent } from '@cartage/client';
import { messageOf } from '@cartage/eventsourcing';
import { cartageAt, parsed, Trouble, type CartageAt } from '../client/client';
import type { Done } from '../client/program';
import { askingOptions, askingUsage } from './asking';
import type { Terminal } from './command';

export const usage = `Usage: cartage tail [--order <orderId>] [--channel <channel>] [--type OrderPlaced]…
  --from <position>   goes on behind an event; 0 is the beginning of everything, and without it from now on
  --until-now         ends when everything that is there was told
${askingUsage}`;

const options = {
  order: { type: 'string' },
  channel: { type: 'string' },
  type: { type: 'string', multiple: true, default: [] as string[] },
  from: { type: 'string' },
  'until-now': { type: 'boolean', default: false },
  ...askingOptions,
} as const;

/** Ends with what cannot be had, and how to have it. */
const explained = (error: unknown): unknown => {
  if (!(error instanceof CartageRefused)) return error;
  const isOff = error.status === 404 && error.code === 'PATH_UNKNOWN';
  const fix = isOff
    ? ' The service subscriptions is off there: start it with SUBSCRIPTIONS_ENABLED=true, or ask the one that runs by --url.'
    : '';
  return new Trouble(`${error.message}${fix}`, { cause: error, status: error.status });
};

/** Whoever begins has to know that nobody is there; whoever follows already waits. */
const lost =
  (at: CartageAt, note: Terminal['note']) =>
  (error: unknown, wasConnected: boolean): void => {
    if (wasConnected) return note('The connection is lost; trying again, from where it was.');
    if (error instanceof CartageRefused) throw error;
    throw new Trouble(
      `Nobody answers at ${at.url}: ${messageOf(error)}. Start Cartage (\`npm start\`), or say where it runs: --url http://<host>:<port>.`,
    );
  };

const TYPE_WIDTH = 28;

/** `09:00:01.250  OrderPlaced  <order> 1  web`: the number is that in the journal of the order. */
const lineOf = ({ time, type, orderid, sequence, subject, topic, channel, position }: StreamedEvent): string => {
  const of = orderid === undefined ? `${subject} (${topic})` : `${orderid} ${sequence ?? ''}`;
  return [`${position}`.padStart(7), time, type.padEnd(TYPE_WIDTH), of.trim(), channel].filter((part) => part !== undefined).join('  ');
};

/** Says each event until it is ended, or everything was told. */
export const run = async (args: readonly string[], { say, note }: Terminal): Promise<Done> => {
  const { values, positionals } = parsed(args, options, usage);
  if (positionals.length > 0) throw new Trouble(`What is ${positionals.join(' ')}?\n${usage}`);
  const { order, channel, type, from, 'until-now': untilNow, json } = values;
  const at = cartageAt(values);
  const following = {
    ...(order === undefined ? {} : { orderId: order }),
    ...(channel === undefined ? {} : { channel }),
    ...(from === undefined ? {} : { after: from }),
    // One that is not known here is refused, or told by nobody, by the Cartage that is asked.
    types: type as readonly EventType[],
    untilNow,
    onLost: lost(at, note),
  };
  try {
    for await (const event of follow(at, following)) say(json ? JSON.stringify(event) : lineOf(event));
    return { text: '', code: 0 };
  } catch (error) {
    throw explained(error);
  }
};
