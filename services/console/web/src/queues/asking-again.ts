import { withNewsOf, type Topic } from '../live/live';

/** What no event tells: what wakes by itself, for example. */
const BY_THE_CLOCK_MS = 60_000;

interface Pace {
  /** However much happens: a list is looked at, and counting costs more. */
  readonly atMostEveryMs: number;
  /** Where no event tells what changes. */
  readonly everyMs: number;
}

/** When what waits is asked for again: when something happened that can change it, else by the clock. Where the stream of events is not there, everything on the screen is asked for again anyway. */
export const askingAgain = ({ hears }: { readonly hears?: readonly Topic[] | undefined }, { atMostEveryMs, everyMs }: Pace) =>
  hears ? { meta: withNewsOf(hears, atMostEveryMs), everyMs: BY_THE_CLOCK_MS } : { meta: {}, everyMs };
