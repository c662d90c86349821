import type { Schemas } from '../../api/client';
import type { Tone } from '../../marks/tones';
import { wordsOf } from '../webhooks/endpoint';

export type Replay = Schemas['Replay'];

export const replayTones: Readonly<Record<Replay['status'], Tone>> = { running: 'going', complete: 'good', cancelled: 'calm' };

/** What is filled in of a replay. */
export interface ReplayDraft {
  readonly endpointId: string;
  /** As a field for a time has them, in the reader's zone; empty: without an end. */
  readonly from: string;
  readonly to: string;
  readonly types: string;
  readonly rate: number | undefined;
  readonly note: string;
}

type ReplayBody = Schemas['ReplayDto'];

const instantOf = (local: string): string | undefined => (local === '' ? undefined : new Date(local).toISOString());

/** What is asked for; what is left out is as the endpoint has it. */
export const bodyOfReplay = ({ endpointId, from, to, types, rate, note }: ReplayDraft): ReplayBody => {
  const [since, until, type] = [instantOf(from), instantOf(to), wordsOf(types)];
  return {
    endpointId,
    ...(since === undefined ? {} : { from: since }),
    ...(until === undefined ? {} : { to: until }),
    ...(type === undefined ? {} : { type }),
    ...(rate === undefined ? {} : { rate }),
    ...(note.trim() === '' ? {} : { note }),
  };
};
