import { cloudEventOf } from './cloud-event';
import type { Entry } from './journaling';

/** Why a stream ends although nobody closed it; `expired`: so long the token was good. */
export type StreamEnd = 'slow' | 'stopping' | 'complete' | 'expired';

/** An entry as a server-sent event: its id is where to go on. JSON has no line breaks of its own. */
export const sseOf = (entry: Entry): string =>
  `id: ${entry.position}\nevent: ${entry.fact.type}\ndata: ${JSON.stringify(cloudEventOf(entry))}\n\n`;

/** Where it begins, so that a client that loses its connection before anything happened misses nothing; and how soon it comes again, in milliseconds. */
export const sseBeginning = (position: number): string => `id: ${position}\nretry: 2000\n\n`;

/** So that whoever is between notices nothing, and a dead connection is noticed. The id moves on, though nothing was of interest. */
export const sseHeartbeat = (position: number): string => `id: ${position}\n: nothing new\n\n`;

/** The last thing that is said. With the same `Last-Event-ID` it goes on where it was. */
export const sseEnd = (reason: StreamEnd, position: number): string =>
  `event: end\ndata: ${JSON.stringify({ reason, lastEventId: String(position) })}\n\n`;
