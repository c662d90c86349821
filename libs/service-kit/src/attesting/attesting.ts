import { attestNews, checkAttestations, type AttestedLog, type Attestation, type Break, type SigningKey } from '@cartage/event-store';
import type { Readings } from '../metrics/gauges';
import type { Kit, Parts } from '../service';
import { sweeping } from '../forgetting/sweep';

export interface AttestingNeeds extends Pick<Kit, 'clock' | 'log' | 'now'> {
  readonly service: string;
  readonly attested: AttestedLog;
  readonly signingKey: () => Promise<SigningKey>;
  readonly everyMs?: number;
}

/** An attestation holds what happened meanwhile. */
const EVERY_MS = 300_000;
/** Old attestations that are looked at again at a time: over days, all of them. */
const CHECKED_AT_ONCE = 5;

/** Goes round the attestations of a log and keeps which of them do not hold. */
class Rounds {
  private broken: readonly Break[] = [];
  private last: Attestation | undefined;

  constructor(
    private readonly attested: AttestedLog,
    private readonly log: Kit['log'],
  ) {}

  get breaks(): number {
    return new Set(this.broken.map(({ first }) => first)).size;
  }

  async next({ verifying }: SigningKey): Promise<void> {
    const { last: after } = this;
    const from = after?.first ?? 0;
    const checked = await checkAttestations(this.attested, [verifying], { ...(after ? { after } : {}), limit: CHECKED_AT_ONCE });
    this.last = checked.attestations < CHECKED_AT_ONCE ? undefined : checked.last;
    const upTo = this.last?.first ?? Infinity;
    for (const each of checked.breaks)
      this.log.error({ break: each }, 'the log is not what was signed for: see docs/how-to/prove-the-log.md');
    this.broken = [...this.broken.filter(({ first }) => first <= from || first > upTo), ...checked.breaks];
  }
}

/**
 * Signs for what is new in a log, and looks at old attestations again, a few each time. Each attestation is a line in the process's log, too: kept elsewhere, those
 * lines tell on whoever has both the database and the key.
 */
export const attesting = ({
  service,
  attested,
  signingKey,
  everyMs = EVERY_MS,
  ...needs
}: AttestingNeeds): Required<Pick<Parts, 'start' | 'stop'>> & { readonly readings: () => Promise<Readings> } => {
  const rounds = new Rounds(attested, needs.log);
  const sweep = async (_: string, stopping: AbortSignal): Promise<void> => {
    const key = await signingKey();
    const made = await attestNews(attested, { key, now: needs.now }, stopping);
    if (made) needs.log.info({ attestation: made }, 'the log is attested');
    await rounds.next(key);
  };
  return {
    ...sweeping(sweep, { clock: needs.clock, log: needs.log, everyMs, trouble: 'the log cannot be attested' }),
    readings: async () => {
      const { since } = await attested.unattested();
      const age = since === undefined ? 0 : Math.max(0, (needs.now().getTime() - Date.parse(since)) / 1_000);
      const labels = { service };
      return { logUnattested: [{ labels, value: age }], logBroken: [{ labels, value: rounds.breaks }] };
    },
  };
};
