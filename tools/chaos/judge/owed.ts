import { Audit, lineOf, type Heard } from '@cartage/audit/domain';
import type { Looked } from './check';
import type { Message } from './messages';

/** Longer than our own programs may take, and shorter than what waits for people and for its time. */
const AHEAD_MS = 10 * 60_000;

/** What should have followed from what stands on the topics, and stands nowhere: whatever is shipped is charged, whatever is due is given back, whatever left is off the books. */
export const owedOf = (messages: readonly Message[], now: Date): Looked => {
  const audit = new Audit();
  // Its type and its data belong together, as the topic says.
  for (const message of messages) audit.hear(message as Message & Heard);
  const found = audit.findings(new Date(now.getTime() + AHEAD_MS), { whose: ['services'] });
  return { of: messages.filter(({ type }) => type === 'OrderPlaced').length, breaches: found.map(lineOf) };
};
