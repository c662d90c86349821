import type { Risk } from '@cartage/contracts';
import { RiskAnswerWrong, type RiskAnswer, type RiskCase, type RiskProvider } from './risk-provider';

export interface RiskDeskNeeds {
  readonly provider: RiskProvider;
  /** How long an order waits for its score. */
  readonly timeoutMs: number;
  readonly now: () => Date;
  readonly onAway: (orderId: string, error: unknown) => void;
}

class TooLate extends Error {}

/** So many silences in a row, and it is not asked for a while: orders are not to queue up behind somebody who is away. */
const SILENCES = 3;
const PAUSE_MS = 15_000;

/** A provider that does not mind its signal is not waited for either. */
const within = async (timeoutMs: number, ask: (signal: AbortSignal) => Promise<RiskAnswer>): Promise<RiskAnswer> => {
  const signal = AbortSignal.timeout(timeoutMs);
  const late = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new TooLate(`No answer within ${timeoutMs} ms.`)), { once: true });
  });
  return Promise.race([ask(signal), late]);
};

const isSound = ({ score, version }: RiskAnswer): boolean => Number.isInteger(score) && score >= 0 && score <= 100 && version !== '';

const awayBy = (error: unknown): NonNullable<Risk['away']> => {
  if (error instanceof TooLate) return 'timeout';
  return error instanceof RiskAnswerWrong ? 'answer-wrong' : 'unreachable';
};

/** Asks for the risk of orders, and always has something to say: a score, or why there is none. What then follows the rules say. */
export class RiskDesk {
  private silences = 0;
  private askAgainAt = 0;

  constructor(private readonly needs: RiskDeskNeeds) {}

  async assess(order: RiskCase): Promise<Risk> {
    const { provider, timeoutMs, now, onAway } = this.needs;
    if (this.isPaused(now().getTime())) return { provider: provider.name, reasons: [], away: 'paused' };
    try {
      const answer = await within(timeoutMs, (signal) => provider.assess(order, signal));
      if (!isSound(answer)) throw new RiskAnswerWrong(`A score of ${answer.score} is none.`);
      this.silences = 0;
      return { provider: provider.name, ...answer };
    } catch (error) {
      this.silences += 1;
      this.askAgainAt = now().getTime() + PAUSE_MS;
      onAway(order.orderId, error);
      return { provider: provider.name, reasons: [], away: awayBy(error) };
    }
  }

  /** After a pause one order asks, and the others hear what comes of it. */
  private isPaused(at: number): boolean {
    if (this.silences < SILENCES) return false;
    if (at < this.askAgainAt) return true;
    this.askAgainAt = at + PAUSE_MS;
    return false;
  }
}
