import { setTimeout as pause } from 'node:timers/promises';
import { parsed, cartageAt, Trouble, type CartageAt, type Shown } from '../client/client';
import type { Done } from '../client/program';
import { table } from '../client/table';
import { asJson, askingOptions, askingUsage } from './asking';
import { rebuilt, servicesNamed, viewsAt, type ViewOf } from './services';

export const usage = `Usage: cartage rebuild list [--service order]
       cartage rebuild <view> [--service order] [--compare] [--patience <seconds>]
  Makes a view anew from the log, beside the table that serves, and puts it in its place once it is full.
  --compare    says whether it is, row for row, what it was
  --patience   waits so long for it to be done, 600 seconds if absent; it goes on without you
${askingUsage}`;

const options = {
  service: { type: 'string' },
  compare: { type: 'boolean', default: false },
  patience: { type: 'string', default: '600' },
  ...askingOptions,
} as const;

const argumentsOf = (args: readonly string[]) => parsed(args, options, usage);

const stateOf = ({ error, rebuilding, filling, behind }: Shown): string => {
  if (error !== undefined) return 'fails';
  if (rebuilding === true) return 'is made anew';
  if (filling === true) return 'is being filled';
  return behind === true ? 'behind' : 'current';
};

const alikeOf = ({ rebuiltAlike }: Shown): string => (rebuiltAlike === undefined ? '' : rebuiltAlike === true ? 'yes' : 'NO');

const rowOf = ({ service, view, shown }: ViewOf): readonly string[] => [
  ...[service, view, stateOf(shown)],
  ...[String(shown['shownUntil'] ?? ''), String(shown['rebuiltAt'] ?? ''), alikeOf(shown), String(shown['error'] ?? '')],
];

const head = ['service', 'view', 'state', 'shows what is from', 'made anew at', 'alike', 'why it fails'];

/** Names of views differ between services, but nothing says that they must. */
const viewNamed = (views: readonly ViewOf[], name: string): ViewOf => {
  const [found, ...others] = views.filter(({ view }) => view === name);
  if (!found) throw new Trouble(`There is no view ${name}. \`cartage rebuild list\` shows all that there are.`);
  if (others.length > 0) throw new Trouble(`Several services have a view ${name}: name one of them by --service.`);
  return found;
};

const saying = ({ rebuilding, rebuiltAlike }: Shown, { name, compare }: { readonly name: string; readonly compare: boolean }): string => {
  if (rebuilding === true) return `${name} is not done yet and goes on: look at it by \`cartage rebuild list\`.`;
  if (!compare) return `${name} is made anew.`;
  if (rebuiltAlike === undefined) return `${name} is made anew, and could not be compared: the table that served stood still.`;
  return rebuiltAlike === true
    ? `${name} is made anew, and is row for row what it was.`
    : `${name} is made anew, and it was NOT what the log says.`;
};

const patienceIn = (seconds: string): number => {
  if (/^\d{1,5}$/.test(seconds)) return Number(seconds) * 1_000;
  throw new Trouble(`--patience is a number of seconds, not ${seconds}.\n${usage}`);
};

interface Rebuilding {
  readonly at: CartageAt;
  readonly views: readonly ViewOf[];
  readonly values: ReturnType<typeof argumentsOf>['values'];
}

const listed = ({ views, values }: Rebuilding): Done => {
  const shown = views.map(({ service, shown: view }) => ({ service, ...view }));
  return { text: values.json ? asJson(shown) : table([head, ...views.map(rowOf)]), code: 0 };
};

const made = async (name: string, { at, views, values }: Rebuilding): Promise<Done> => {
  const view = viewNamed(views, name);
  const wanted = { compare: values.compare, patienceMs: patienceIn(values.patience), pause };
  const shown = await rebuilt(at, view, wanted);
  const isWrong = shown['rebuilding'] === true || (values.compare && shown['rebuiltAlike'] === false);
  const line = saying(shown, { name: `${view.service} ${view.view}`, compare: values.compare });
  return { text: values.json ? asJson(shown) : line, code: isWrong ? 1 : 0 };
};

export const run = async (args: readonly string[]): Promise<Done> => {
  const { values, positionals } = argumentsOf(args);
  const [name, ...others] = positionals;
  if (name === undefined) throw new Trouble(`Which view? Name one, or \`list\`.\n${usage}`);
  if (others.length > 0) throw new Trouble(`One at a time, not ${positionals.join(' ')}.\n${usage}`);
  const at = cartageAt(values);
  const rebuilding = { at, values, views: await viewsAt(at, servicesNamed(values.service, usage)) };
  return name === 'list' ? listed(rebuilding) : made(name, rebuilding);
};
