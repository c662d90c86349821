import { Refusal, type Schemas } from '../../api/client';
import type { Tone } from '../../marks/tones';

export type ServiceHealth = Schemas['ServiceHealth'];

/** A status of a service, or why nothing is known of it. */
export type Standing = ServiceHealth['status'] | 'asking' | 'absent' | 'unreachable';

const tones: Readonly<Record<Standing, Tone>> = {
  ready: 'good',
  starting: 'going',
  stopping: 'going',
  degraded: 'wary',
  unavailable: 'bad',
  unreachable: 'bad',
  absent: 'calm',
  asking: 'calm',
};

export const toneOfStanding = (standing: Standing): Tone => tones[standing];

interface Asked {
  readonly data: ServiceHealth | undefined;
  readonly error: unknown;
}

/** A service that is not composed here answers as nobody; whatever else is not an answer is trouble. */
export const standingOf = ({ data, error }: Asked): Standing => {
  if (error instanceof Refusal && error.status === 404) return 'absent';
  if (error !== null && error !== undefined) return 'unreachable';
  return data?.status ?? 'asking';
};

/** How far the last of its listeners is behind. */
export const behindOf = ({ followers }: Pick<ServiceHealth, 'followers'>): number =>
  followers.reduce((most, { behind }) => Math.max(most, behind), 0);

/** What its parts say that do not work as they should. */
export const troublesOf = ({ checks }: Pick<ServiceHealth, 'checks'>): readonly string[] =>
  Object.entries(checks).flatMap(([part, { ok, error }]) => (ok ? [] : [`${part}: ${error ?? ''}`]));
