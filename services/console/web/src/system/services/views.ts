import type { Schemas } from '../../api/client';
import type { Tone } from '../../marks/tones';

export type View = Schemas['View'];
export type ViewState = 'failing' | 'rebuilding' | 'filling' | 'behind' | 'fresh';

/** What matters most of a view. */
export const viewStateOf = ({
  error,
  rebuilding,
  filling,
  behind,
}: Pick<View, 'error' | 'rebuilding' | 'filling' | 'behind'>): ViewState => {
  if (error !== undefined) return 'failing';
  if (rebuilding) return 'rebuilding';
  if (filling) return 'filling';
  return behind ? 'behind' : 'fresh';
};

export const viewTones: Readonly<Record<ViewState, Tone>> = {
  failing: 'bad',
  rebuilding: 'going',
  filling: 'going',
  behind: 'calm',
  fresh: 'good',
};
