import type { Message } from './messages';

const SHOWN = 12;

/** Events that stand on the topics under an id of another one, and subjects that are not counted 1, 2, 3 … as they came. */
export const brokenSequences = (messages: readonly Message[]): readonly string[] => {
  const ids = new Map<string, Message>();
  const bySubject = new Map<string, number[]>();
  const twice: string[] = [];
  for (const message of messages) {
    if (ids.has(message.id)) twice.push(`${message.topic}: two events have the id ${message.id} (${message.type})`);
    ids.set(message.id, message);
    const subject = `${message.topic} ${message.subject}`;
    const found = bySubject.get(subject) ?? [];
    found.push(message.sequence);
    bySubject.set(subject, found);
  }
  const gaps = [...bySubject]
    .filter(([, found]) => found.some((sequence, i) => sequence !== i + 1))
    .map(([subject, found]) => `${subject} is counted ${found.slice(0, SHOWN).join(', ')}${found.length > SHOWN ? ', …' : ''}`);
  return [...twice, ...gaps];
};
