import { deciding, evolving, Refused, type Decider, type Named } from '@cartage/eventsourcing';

/** A shipment of a wave, and the tote that its units go into: counted from 1 within the wave. */
export interface Member {
  readonly shipmentId: string;
  readonly tote: number;
}

interface Released {
  readonly waveId: string;
  readonly location: string;
  /** Those that were to be in it. Whether one is, it says itself: it is in one open wave at most. */
  readonly members: readonly Member[];
  readonly releasedAt: string;
}

/** Kept by this service alone; stream `wave-<waveId>`. */
export type WaveEvent =
  | Named<'WaveReleased', Released>
  | Named<'WaveAssigned', { readonly waveId: string; readonly picker: string; readonly assignedAt: string }>
  | Named<'WaveClosed', { readonly waveId: string; readonly closedAt: string }>;

export type WaveCommand =
  | Named<'ReleaseWave', Omit<Released, 'releasedAt'> & { readonly now: string }>
  | Named<'AssignWave', { readonly picker: string; readonly now: string }>
  | Named<'CloseWave', { readonly now: string }>;

/** Work of a location that is picked in one go. */
export interface Wave extends Released {
  readonly picker?: string;
  readonly closedAt?: string;
}

export const unknownWave = (): Refused => new Refused('WAVE_UNKNOWN', 'There is no such wave.', 'unknown');

export const requireWave = (wave: Wave | undefined): Wave => {
  if (!wave) throw unknownWave();
  return wave;
};

export const requireOpen = (wave: Wave | undefined): Wave => {
  const known = requireWave(wave);
  if (known.closedAt !== undefined)
    throw new Refused('WAVE_CLOSED', 'The wave is closed. What was not picked of it can be released again.');
  return known;
};

export const wave: Decider<WaveCommand, Wave | undefined, WaveEvent> = {
  initial: undefined,
  evolve: evolving<Wave | undefined, WaveEvent>({
    WaveReleased: (_, released) => released,
    WaveAssigned: (state, { picker }) => state && { ...state, picker },
    WaveClosed: (state, { closedAt }) => state && { ...state, closedAt },
  }),
  decide: deciding<WaveCommand, Wave | undefined, WaveEvent>({
    ReleaseWave: ({ now, ...released }, state) => (state ? [] : [{ type: 'WaveReleased', data: { ...released, releasedAt: now } }]),
    AssignWave: ({ picker, now }, state) => {
      const { waveId, picker: before } = requireOpen(state);
      return picker === before ? [] : [{ type: 'WaveAssigned', data: { waveId, picker, assignedAt: now } }];
    },
    CloseWave: ({ now }, state) => {
      const { waveId, closedAt } = requireWave(state);
      return closedAt === undefined ? [{ type: 'WaveClosed', data: { waveId, closedAt: now } }] : [];
    },
  }),
};
