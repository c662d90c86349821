import { fold, Refused } from '@cartage/eventsourcing';
import type { OrderEvent } from './events';
import type { Fact } from './facts';
import { order, type OrderCommand } from './order';
import { id, placed, recording } from './order.fixture';
import type { PlacedOrder } from './state';

/** What happens to an order: what others tell, and what it is asked. */
export type Step = Fact | OrderCommand;

const asked: ReadonlySet<string> = new Set<OrderCommand['type']>([
  'MeetDeadline',
  'CancelOrder',
  'ApplyHold',
  'ReleaseHold',
  'ResolveShortage',
  'ResolveLostParcels',
  'AddPayments',
  'EditOrder',
  'RedirectOrder',
  'ResendDigital',
]);

const isCommand = (step: Step): step is OrderCommand => asked.has(step.type);

/** Each step has ids of its own for what comes of it. */
export const commandOf = (step: Step, n: number): OrderCommand => (isCommand(step) ? step : recording(step, id(900 + 10 * n)));

/** The history that these steps leave behind, each once. */
export const historyFrom = (begin: readonly OrderEvent[], steps: readonly Step[]): readonly OrderEvent[] =>
  steps.reduce<readonly OrderEvent[]>((events, step, n) => [...events, ...order.decide(commandOf(step, n), fold(order, events))], begin);

export const history = (...steps: readonly Step[]): readonly OrderEvent[] => historyFrom([placed], steps);

export const stateOf = (events: readonly OrderEvent[]): PlacedOrder => {
  const state = fold(order, events);
  if (!state) throw new Error('It was placed.');
  return state;
};

export const stateAfter = (...steps: readonly Step[]): PlacedOrder => stateOf(history(...steps));

/** What a request calls what comes of it: under one name it is done once. */
const nameOf = (step: Step): string | undefined => {
  if (step.type === 'CancelOrder') return step.data.cancellationId;
  if (step.type === 'EditOrder') return step.data.editId;
  if (step.type === 'AddPayments') return step.data.payments[0]?.paymentId;
  return step.type === 'ApplyHold' ? step.data.holdId : undefined;
};

const isRepeat = (step: Step, i: number, steps: readonly Step[]): boolean =>
  nameOf(step) !== undefined && steps.slice(0, i).some((earlier) => nameOf(earlier) === nameOf(step));

/** The same, where what is refused leaves nothing behind, and a request that is repeated is the one that was made. */
export const attempted = (steps: readonly Step[], begin: readonly OrderEvent[] = [placed]): readonly OrderEvent[] =>
  steps.reduce<readonly OrderEvent[]>((events, step, n) => {
    if (isRepeat(step, n, steps)) return events;
    try {
      return [...events, ...order.decide(commandOf(step, n), fold(order, events))];
    } catch (error) {
      if (error instanceof Refused) return events;
      throw error;
    }
  }, begin);

/** Each conversation in its order, and among the others as these numbers say: topics and people do not wait for each other. */
export const amongEachOther =
  <Told extends Step>(...conversations: readonly (readonly Told[])[]) =>
  (choices: readonly number[]): readonly Told[] => {
    const rest = conversations.map((steps) => [...steps]);
    const next = (choice: number): readonly Told[] => {
      const open = rest.filter((steps) => steps.length > 0);
      const step = open[choice % Math.max(1, open.length)]?.shift();
      return step ? [step] : [];
    };
    return [...choices.flatMap(next), ...rest.flat()];
  };
