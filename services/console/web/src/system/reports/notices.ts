import type { Schemas } from '../../api/client';
import type { Tone } from '../../marks/tones';

export type Notice = NonNullable<Schemas['ReportRun']['notices']>[number];

export const noticeTones: Readonly<Record<Notice['state'], Tone>> = { waiting: 'calm', told: 'good', refused: 'bad' };

const MAIL = 'mailto:';

const read = (address: string): string => {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
};

/** Who is told, as people write it: the address of a mail, or where a webhook goes. */
export const toldTo = ({ to }: Pick<Notice, 'to'>): string => (to.startsWith(MAIL) ? read(to.slice(MAIL.length)) : to);

/** How many of them know already. */
export const toldOf = (notices: readonly Notice[]): number => notices.filter(({ state }) => state === 'told').length;
